import { OUTCOMES } from "../service/outcomeParameters.ts";
import type { Pattern } from "./targetTypes.ts";

/** Patterns that no parameter is ever fitted to: whether the model is right about what it was not told. */
export const HELD_OUT: readonly Pattern[] = [
  ...OUTCOMES.flatMap((outcome) =>
    ["9", "18"].map(
      (months): Pattern => ({
        name: `totalMixedRejects.${outcome}${months}`,
        label: `Mixed models that find a total effect of fidelity on ${outcome.toUpperCase()}, ${months} months`,
        statistic: `totalMixedRejects.${outcome}${months}`,
        over: "mean",
        unit: "share",
        published: null,
        interval: [0, 0.15],
        source: "Latimer 2020, the same cohort: none found in any outcome",
        note:
          "mixed model with a random intercept for team, at .05: Latimer 2020 used mixed models; least squares, which takes clients as " +
          "independent, finds .11 to .23 at .05 (1,000 studies of roebuck-2021)",
      }),
    ),
  ),
  {
    name: "r.hospital",
    label: "RPRS at 13.5 months with days in hospital by 18 months",
    statistic: "r.hospital",
    over: "mean",
    unit: "r",
    published: 0,
    interval: [-0.05, 0.05],
    source: "Neale 1995: neither rating of alliance is related to it",
    note: "clients who have a case manager at 18 months: days are counted in service",
  },
  {
    name: "r.severity",
    label: "RPRS at 4.5 months with functioning at entry (MCAS)",
    statistic: "r.severity",
    over: "mean",
    unit: "r",
    published: 0,
    interval: [-0.15, 0.15],
    source: "Neale 1995: alliance unrelated to what was known before treatment",
  },
  {
    name: "r.foretelling",
    label: "RPRS at 2 months with RPRS at 14 months",
    statistic: "r.foretelling",
    over: "mean",
    unit: "r",
    published: null,
    interval: [0.15, 0.9],
    source: "Klinkenberg 1998: alliance at month 2 foretells month 14",
  },
  {
    name: "turnoverSlope",
    label: "Change of fidelity in 24 months per 100 % of staff leaving",
    statistic: "turnoverSlope",
    over: "mean",
    unit: "points",
    published: -4,
    interval: [-12, 0],
    source: "Woltmann 2008: −.005 of a 1–5 score per per cent",
    note: "held to its sign",
  },
  {
    name: "selectedLift",
    label: "RPRS of clients whom case managers chose, above the rest",
    statistic: "selectedLift",
    over: "mean",
    unit: "SD",
    published: 1.2,
    interval: [0.5, 1.5],
    source: "Roebuck, Aubry & Manoni-Millar 2021: 20 clients recruited by case managers",
    note: "about +1 SD; part of the published lift may be desirability, which the model does not have",
  },
];
