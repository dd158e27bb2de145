import type { Interval } from "../models/estimators/types.ts";
import type { TestName } from "../models/scenario/types.ts";
import { formatCount, formatPercent, formatRate } from "./format.ts";
import { TEST_STYLES } from "./testNames.ts";
import { type TextColumn, textTable, wrapLines } from "./textTable.ts";

/** The answer of `sample-size` for one series. */
export type SampleSizeResult = {
  /** What sets the series apart; absent or "" when there is only one. */
  readonly label?: string;
  readonly target: number;
  readonly tests: Readonly<Partial<Record<TestName, SampleSizeAnswer>>>;
};

/** Smallest N whose power reaches the target; for a simulated test, with the interval of N that the Monte-Carlo error leaves. */
export type SampleSizeAnswer = {
  readonly n: number;
  readonly power: number;
  readonly exact: boolean;
  readonly ci: Interval | null;
};

/** The sample sizes for the terminal: per series a line for each test, in plain words. */
export function sampleSizeTable(results: readonly SampleSizeResult[]): string {
  const columns: TextColumn[] = [
    { title: "test", align: "left" },
    { title: "N", align: "right" },
    { title: "power at N", align: "right" },
    { title: "how it was found", align: "left" },
  ];
  const sections = results.map(({ label, target, tests }) => {
    const rows = Object.entries(tests).map(([test, answer]) => [
      TEST_STYLES[test as TestName].name,
      formatCount(answer.n),
      formatRate(answer.power, answer.exact ? 4 : 3),
      howFound(answer),
    ]);
    const of = label === undefined || label === "" ? "" : `${label}: `;
    return `${of}smallest number of clients (N) for ${formatPercent(target)} power to detect ab\n${textTable(columns, rows)}`;
  });
  const simulated = results.some((result) => Object.values(result.tests).some((answer) => !answer.exact));
  const note = wrapLines(
    "An interval of N holds the true smallest N with 95 % confidence; more replications narrow it.",
    88,
  );
  return [...sections, ...(simulated ? [note] : [])].join("\n\n");
}

function howFound({ exact, ci }: SampleSizeAnswer): string {
  if (exact) return "exact calculation";
  return ci === null ? "simulation" : `simulation; N between ${formatCount(ci[0])} and ${formatCount(ci[1])}`;
}
