import type { RateName } from "../models/decisionNames.ts";
import type { EffectAnswer, SampleSizeAnswer } from "../models/sampleSize/answer.ts";
import { correctedBootstrapNote } from "./correctedBootstrapNote.ts";
import { formatCount, formatNumber, formatPercent, formatRate } from "./format.ts";
import { styleOf } from "./testNames.ts";
import { type TextColumn, textTable, wrapLines } from "./textTable.ts";

const WIDTH = 88;

/** For clients in teams, where no estimator was asked for that knows of them. */
export const NAIVE_NOTE = wrapLines(
  "Ordinary regression and the bootstrap of clients take clients of a team as independent: with teams they find effects that are " +
    "not there too often, and ask for too few clients. Add estimators that know of teams: --set 'analysis.estimators=[cr2, mixed]'",
  WIDTH,
);

/** The answer of `sample-size` for one series. */
export type SampleSizeResult = {
  /** What sets the series apart; absent or "" when there is only one. */
  readonly label?: string;
  readonly target: number;
  readonly tests: Readonly<Partial<Record<RateName, SampleSizeAnswer>>>;
};

/** The answer of `sample-size --detect` for one series. */
export type EffectResult = {
  readonly label?: string;
  readonly target: number;
  readonly n: number;
  /** The sought paths in words: "a = b", "a", "b". */
  readonly sought: string;
  readonly tests: Readonly<Partial<Record<RateName, EffectAnswer>>>;
};

const COLUMN = {
  test: { title: "test", align: "left" },
  n: { title: "N", align: "right" },
  teams: { title: "teams", align: "right" },
  a: { title: "a", align: "right" },
  b: { title: "b", align: "right" },
  power: { title: "power", align: "right" },
  powerAtN: { title: "power at N", align: "right" },
  how: { title: "how it was found", align: "left" },
} as const satisfies Readonly<Record<string, TextColumn>>;

/** The sample sizes for the terminal: per series a line for each test, in plain words. */
export function sampleSizeTable(results: readonly SampleSizeResult[]): string {
  const hasTeams = results.some(({ tests }) => Object.values(tests).some(({ teams }) => teams !== undefined));
  const columns = [COLUMN.test, ...(hasTeams ? [COLUMN.teams] : []), COLUMN.n, COLUMN.powerAtN, COLUMN.how];
  const sections = results.map(({ label, target, tests }) =>
    section(
      label,
      `smallest number of ${hasTeams ? "teams" : "clients (N)"} for ${formatPercent(target)} power to detect ab`,
      columns,
      tests,
      (answer) => [
        ...(hasTeams ? [answer.teams === undefined ? "–" : formatCount(answer.teams)] : []),
        answer.n === null ? "–" : formatCount(answer.n),
        powerCell(answer),
        howFound(answer, "N between", formatCount),
      ],
    ),
  );
  return withNote(sections, results, "N");
}

/** The smallest detectable effects for the terminal. */
export function effectTable(results: readonly EffectResult[]): string {
  const columns = [COLUMN.test, COLUMN.a, COLUMN.b, COLUMN.power, COLUMN.how];
  const sections = results.map(({ label, target, n, sought, tests }) =>
    section(
      label,
      `smallest ${sought} that ${formatCount(n)} clients detect with ${formatPercent(target)} power`,
      columns,
      tests,
      (answer) => [
        ...[answer.a, answer.b].map((path) => (path === null ? "–" : formatNumber(path, 4))),
        powerCell(answer),
        howFound(answer, "between", (size) => formatNumber(size, 3)),
      ],
    ),
  );
  return withNote(sections, results, "the effect");
}

type Answer = { readonly power: number | null; readonly exact: boolean; readonly ci: readonly [number, number] | null };

function section<One extends Answer & { readonly reason?: string }>(
  label: string | undefined,
  title: string,
  columns: readonly TextColumn[],
  tests: Readonly<Partial<Record<RateName, One>>>,
  cells: (answer: One) => readonly string[],
): string {
  const answers = Object.entries(tests) as [RateName, One][];
  const found = answers.filter(([, answer]) => answer.reason === undefined);
  const rows = found.map(([test, answer]) => [styleOf(test).name, ...cells(answer)]);
  const reasons = answers.flatMap(([test, { reason }]) =>
    reason === undefined ? [] : [wrapLines(`${styleOf(test).name}: none; ${reason}`, WIDTH)],
  );
  const of = label === undefined || label === "" ? "" : `${label}: `;
  return [`${of}${title}`, ...(rows.length > 0 ? [textTable(columns, rows)] : []), ...reasons].join("\n");
}

function powerCell({ power, exact }: Answer): string {
  return power === null ? "–" : formatRate(power, exact ? 4 : 3);
}

function howFound({ exact, ci }: Answer, what: string, format: (value: number) => string): string {
  if (exact) return "exact calculation";
  return ci === null ? "simulation" : `simulation; ${what} ${format(ci[0])} and ${format(ci[1])}`;
}

function withNote(
  sections: readonly string[],
  results: readonly { readonly tests: Readonly<Partial<Record<RateName, Answer>>> }[],
  what: string,
): string {
  const simulated = results.some((result) => Object.values(result.tests).some((answer) => answer.ci !== null));
  const note = wrapLines(
    `An interval of ${what} holds the true smallest one with 95 % confidence; more replications narrow it.`,
    WIDTH,
  );
  const corrected = correctedBootstrapNote(results.flatMap((result) => Object.keys(result.tests) as RateName[]));
  return [...sections, ...(simulated ? [note] : []), ...(corrected === null ? [] : [wrapLines(corrected, WIDTH)])].join(
    "\n\n",
  );
}
