import { monthsInName } from "./occasion.ts";
import type { StudyParameters } from "./parameters.ts";
import { fixedNames } from "./fixedColumns.ts";
import { waveEntries } from "./waveVariables.ts";

/** The columns of a study's wide data, in order, without simulating it. */
export function wideColumnNames(study: StudyParameters): string[] {
  const { months } = study.interviews;
  const ofWaves = waveEntries(study).flatMap(({ name, months: given }) =>
    months.filter((month) => given.includes(month)).map((month) => name + monthsInName(month)),
  );
  return [...fixedNames(), ...ofWaves];
}
