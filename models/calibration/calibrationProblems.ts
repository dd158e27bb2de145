import type { StudyParameters } from "../study/parameters.ts";
import { wideColumnNames } from "../study/columnNames.ts";
import { NEEDED_AUDITS, NEEDED_COLUMNS } from "./statistics.ts";

/** Why a study cannot be held against Roebuck 2021: what that study measured and this one does not; empty if it can. */
export function calibrationProblems(study: StudyParameters): string[] {
  const measured = wideColumnNames(study);
  const columns = NEEDED_COLUMNS.filter((name) => !measured.includes(name));
  const audits = NEEDED_AUDITS.filter((months) => !study.audits.months.includes(months));
  return [
    ...(columns.length > 0
      ? [
          `the published study measured ${columns.join(", ")}, this one does not; add them to study.instruments.*.months`,
        ]
      : []),
    ...(audits.length > 0
      ? [
          `the published study audited fidelity at ${audits.join(", ")} months, this one does not; add them to study.audits.months`,
        ]
      : []),
  ];
}
