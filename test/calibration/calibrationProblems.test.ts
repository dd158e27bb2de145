import { expect, it } from "vitest";
import { calibrationProblems } from "../../models/calibration/calibrationProblems.ts";
import { studyParameters } from "../../models/study/parameters.ts";

it("a study that measures what Roebuck 2021 did has no problems; others are told what is missing", () => {
  expect(calibrationProblems(studyParameters())).toEqual([]);
  const shorter = studyParameters({
    instruments: { rprs: { months: [4.5] }, qoli: { months: [0, 9] } },
    audits: { months: [0, 12, 24] },
  });
  expect(calibrationProblems(shorter)).toEqual([
    "the published study measured rprs13_5, qoli18, this one does not; add them to study.instruments.*.months",
    "the published study audited fidelity at 36 months, this one does not; add them to study.audits.months",
  ]);
});
