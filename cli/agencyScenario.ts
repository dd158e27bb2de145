import type { AgencyValue } from "../models/agency/agencyValues.ts";
import { valueAt } from "../models/registry/registry.ts";
import { type ServiceParameters, parameterEntries } from "../models/service/parameters.ts";
import { nameFrom } from "./starterScenario.ts";

/** What a table of teams may tell of: where it does not, the value is an assumption. */
const ASKED = [
  "staffing.vacancy",
  "events.leaving.perYear",
  "events.graduation.perYear",
  "fidelity.start",
  "fidelity.startSd",
  "fidelity.training.supervisionHours",
];
/** What no table of teams tells, and a program manager should look at first. */
const NOT_ASKED = [
  "referrals.initialTenure",
  "staffing.turnover.teamLogSd",
  "staffing.turnover.monitoring.hazardRatio",
  "staffing.handOver",
  "contacts.perMonth",
  "contacts.hoursPerContact",
  "contacts.travelHours",
  "contacts.directShare",
  "fidelity.asymptote",
  "fidelity.rise",
  "fidelity.training.months",
  "fidelity.monitoring.months",
];

/**
 * The file that `scenarios init --from` writes: what a table of teams tells, every value with its source and how it was
 * reckoned; the rest is that of smcm-program, listed in a comment.
 *
 * @param stem   the written file's name without its ending
 * @param file   the table's name
 * @param values what the table tells
 * @param base   the service of smcm-program
 */
export function agencyScenario(
  stem: string,
  file: string,
  values: readonly AgencyValue[],
  base: ServiceParameters,
): string {
  const name = nameFrom(stem);
  const table = file.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");
  const nTeams = values.find(({ path }) => path === "teams.count")!.value;
  return `# A case management service after its own numbers, those of ${table}.
# Check it:    caseload scenarios check ${name}.yaml
# Play it out: caseload simulate ${name}.yaml --out out/${name}
#
# Every value has its source, and above it how it is reckoned. A range is what chance leaves open in the counts of one
# year (95 %; exact, Poisson). The teams of the model are alike but for luck: values are means over teams. On day 0 all
# seats are filled, by people who know the work. Exits and graduations are reckoned per client of today.

name: ${name}
title: ${JSON.stringify(`Our service, after ${table}`)}
extends: smcm-program
seed: ${name}            # any text; the same seed gives the same numbers on every machine

service:
${section(
  values.map((value) => ({ ...value, source: `${table}: ${value.source}`, keys: value.path.split(".") })),
  1,
).join("\n")}

  # Assumptions: what ${table} does not tell is as in smcm-program. Among it:
${assumptions(values, base).join("\n")}
  # and all about clients, alliance and outcomes: caseload scenarios show ${name}.yaml lists every value with its source.

study:
  sampling: { scheme: all }    # everyone admitted while the study enrols

power:
  grid:
    teams.count: [${nTeams}]
`;
}

type Placed = AgencyValue & { readonly keys: readonly string[] };

/** Lines of YAML; values that begin with the same key stand in one section, in the order of the first. */
function section(values: readonly Placed[], depth: number): string[] {
  const indent = "  ".repeat(depth);
  return [...new Set(values.map(({ keys }) => keys[0]))].flatMap((key) => {
    const below = values.filter(({ keys }) => keys[0] === key);
    const [{ keys, formula, value, range, source }] = below;
    if (keys.length > 1)
      return [
        `${indent}${key}:`,
        ...section(
          below.map((one) => ({ ...one, keys: one.keys.slice(1) })),
          depth + 1,
        ),
      ];
    const parts = [
      `value: ${JSON.stringify(value)}`,
      ...(range ? [`range: ${JSON.stringify(range)}`] : []),
      `source: ${JSON.stringify(source)}`,
    ];
    return [`${indent}# ${formula}`, `${indent}${key}: { ${parts.join(", ")} }`];
  });
}

function assumptions(values: readonly AgencyValue[], base: ServiceParameters): string[] {
  const told = new Set(values.map(({ path }) => path));
  const shown = new Set([...ASKED, ...NOT_ASKED].filter((path) => !told.has(path)));
  return parameterEntries()
    .filter(({ path }) => shown.has(path))
    .map(({ path, parameter }) => {
      const unit = "unit" in parameter && parameter.unit !== "1" ? ` ${parameter.unit}` : "";
      return `  #   ${path}: ${valueAt(base, path)}${unit} (${parameter.description})`;
    });
}
