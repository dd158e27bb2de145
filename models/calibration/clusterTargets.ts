import { band, near, RESULTS, scaleAt } from "./targetKinds.ts";
import type { Target } from "./targetTypes.ts";

/** Differences between teams and case managers, what changes and what is missing. */
export const CLUSTER_TARGETS: readonly Target[] = [
  ...(
    [
      ["rprs4_5", "low"],
      ["rprs13_5", "high"],
      ["qoli9", "low"],
      ["qoli18", "high"],
      ["pgi9", "low"],
      ["pgi18", "high"],
      ["ths9", "low"],
      ["ths18", "low"],
      ["mcas9", "high"],
      ["mcas18", "high"],
    ] as const
  ).map(([name, side]) =>
    band("B", side === "low" ? [0.02, 0.05] : [0.05, 0.12], {
      name: `icc.${name}`,
      label: `ICC by team of ${scaleAt(name)}`,
      unit: "share",
      source: "Roebuck 2021, Methods",
      note:
        side === "low"
          ? "all lie in .02 to .12; this one is not among those above .05"
          : "all lie in .02 to .12; this one is among those above .05",
    }),
  ),
  band(
    "B",
    [0.03, 0.17],
    {
      name: "managerShare",
      label: "Case managers' share of RPRS variance",
      unit: "share",
      source: "Kondrat & Early 2010",
      note: "ICC(1) by case manager at the interview, team differences included; mean of 4.5 and 13.5 months",
    },
    0.11,
  ),
  band(
    "B",
    [0.15, 0.45],
    {
      name: "managerChange",
      label: "Clients with a change of case manager in 12 months",
      unit: "share",
      source: "Fukui 2020",
    },
    0.24,
  ),
  near("B", 0.116, 0.02, {
    name: "missing",
    label: "Scale scores missing",
    unit: "share",
    source: "Roebuck 2021, Methods",
    note: "the study with nonresponse and dropout; all other statistics are of the values before",
  }),
];

/** What only needs the right sign or shape. */
export const SHAPE_TARGETS: readonly Target[] = [
  band("C", [0.6, 0.95], {
    name: "aRejects.4_5",
    label: "Replicates in which a at 4.5 months has p < .05",
    unit: "share",
    source: "derived: virtual trials at a standardised a of .165",
    note: "about .80; below it where a is smaller",
  }),
  band("C", [0.055, 0.085], {
    name: "aSpread.4_5",
    statistic: "aStandardized.4_5",
    over: "sd",
    label: "SD over replicates of the standardised a, 4.5 months",
    unit: "SD/SD",
    source: "derived: virtual trials",
    note: ".065 to .075 at a residual ICC of .02 to .05",
  }),
  band("C", [30, 33], {
    name: "fidelity36.median",
    label: "Median audit at 36 months",
    unit: "points",
    source: RESULTS,
    note: "the teams that remained were approaching or had reached 32",
  }),
  band("C", [18, 28], {
    name: "fidelity36.lowest",
    label: "Lowest audit at 36 months",
    unit: "points",
    source: "derived: curves of fidelity fitted to Table 2",
    note: "most teams at 30 to 33, one clearly below",
  }),
];
