import type { Clients } from "../service/world.ts";
import type { CodebookEntry, Column } from "./columns.ts";
import type { TruthAtInterviews } from "./interviews.ts";
import type { Candidate } from "./sampling.ts";

type FixedVariable = CodebookEntry & {
  readonly value: (clients: Clients, row: number, truth: TruthAtInterviews) => number;
};

function fixed(
  name: string,
  label: string,
  unit: string,
  range: CodebookEntry["range"],
  value: FixedVariable["value"],
): FixedVariable {
  return { name, label, unit, range, missing: "never", value };
}

const flag = (name: string, label: string, value: FixedVariable["value"]) => fixed(name, label, "0/1", [0, 1], value);

/** What is known of every client from the records at enrolment; names as statistics programs take them. */
const FIXED_VARIABLES: readonly FixedVariable[] = [
  fixed("id", "Client", "identity", null, (c, row) => c.identity[row]),
  fixed("team", "Team", "number", null, (c, row) => c.team[row] + 1),
  fixed("site", "Agency", "number", null, (c, row, { agency }) => agency[c.team[row]] + 1),
  fixed("age", "Age", "years", [18, 90], (c, row) => c.age[row]),
  flag("woman", "Woman", (c, row) => c.woman[row]),
  flag("basicEd", "High school or less", (c, row) => c.basicEducation[row]),
  flag("employed", "Employed", (c, row) => c.employed[row]),
  flag("housed", "Stably housed at entry", (c, row) => c.housedAtEntry[row]),
  fixed("ace", "Adverse childhood experiences", "experiences", [0, 10], (c, row) => c.adverseExperiences[row]),
  flag("longHosp", "6 months or more in hospital in 5 years", (c, row) => c.longHospitalisation[row]),
  fixed(
    "diagnos",
    "Diagnosis: 0 schizophrenia, 1 bipolar, 2 borderline, 3 other",
    "code",
    [0, 3],
    (c, row) => c.diagnosis[row],
  ),
  flag("substanc", "Substance use", (c, row) => c.substanceUse[row]),
];

/** Names of the fixed columns, in order. */
export function fixedNames(): string[] {
  return FIXED_VARIABLES.map(({ name }) => name);
}

/** @param names which columns; all if left out. Where none has a name, all, so that a message can list them */
export function fixedColumns(
  clients: Clients,
  truth: TruthAtInterviews,
  sample: readonly Candidate[],
  names: readonly string[] = fixedNames(),
): Column[] {
  const asked = FIXED_VARIABLES.filter(({ name }) => names.includes(name));
  return (asked.length > 0 ? asked : FIXED_VARIABLES).map(({ value, ...entry }) => ({
    ...entry,
    values: Float64Array.from(sample, ({ row }) => value(clients, row, truth)),
  }));
}
