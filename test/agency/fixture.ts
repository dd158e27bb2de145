import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
  AGENCY_COLUMN_NAMES,
  AGENCY_COLUMNS,
  type AgencyColumn,
  type AgencyColumnName,
  type AgencyTeam,
  MOST_PER_SEAT,
} from "../../models/agency/columns.ts";
import type { ServiceScenario } from "../../models/scenario/types.ts";
import { anyScenarioOf } from "../scenario/parse.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "scenarios");

/** A bundled scenario that another one extends. */
export const findBase = async (name: string) => ({
  text: readFileSync(join(FOLDER, `${name}.yaml`), "utf8"),
  fileName: `${name}.yaml`,
});

/** A service by its text. */
export async function serviceOf(text: string): Promise<ServiceScenario> {
  const scenario = await anyScenarioOf(text, { fileName: "my-agency.yaml", findBase });
  if (scenario.generator !== "service") throw new Error("a service was expected");
  return scenario;
}

/** The bundled scenario that an agency's extends. */
export async function program(): Promise<ServiceScenario> {
  return serviceOf((await findBase("smcm-program")).text);
}

/** A team with an ordinary number in every column that is needed, and none in the others. */
export function team(numbers: Partial<AgencyTeam> = {}): AgencyTeam {
  const cells = AGENCY_COLUMN_NAMES.map((name) => {
    const { needed, example } = AGENCY_COLUMNS[name];
    return [name, needed ? example[0] : Number.NaN];
  });
  return { ...(Object.fromEntries(cells) as Record<AgencyColumnName, number>), team: "North", ...numbers };
}

/** Any team that the reader takes, with at least one case manager: numbers at and between the limits, or empty cells. */
export const anyTeam: fc.Arbitrary<AgencyTeam> = fc
  .record(
    Object.fromEntries(
      AGENCY_COLUMN_NAMES.map((name) => {
        const { kind, least, most, needed }: AgencyColumn = AGENCY_COLUMNS[name];
        const usual = Math.min(most, least + 30);
        const between = (high: number) =>
          kind === "count" ? fc.integer({ min: least, max: high }) : fc.double({ min: least, max: high, noNaN: true });
        const number = fc.oneof(between(usual), between(most), fc.constantFrom<number>(least, most));
        return [name, needed ? number : fc.oneof(number, fc.constant(Number.NaN))];
      }),
    ) as Record<AgencyColumnName, fc.Arbitrary<number>>,
  )
  .map((numbers) => ({
    ...numbers,
    team: "one",
    vacancies: Math.min(numbers.vacancies, numbers.seats - 1),
    clients: Math.min(numbers.clients, MOST_PER_SEAT * numbers.seats),
  }));
