import type { Analysis, IndirectTests } from "../models/estimators/analyze.ts";
import type { Coefficient, RegressionTable } from "../models/estimators/regressionTable.ts";
import type { Interval } from "../models/estimators/types.ts";
import type { TestName } from "../models/scenario/types.ts";
import { correctedBootstrapNote } from "./correctedBootstrapNote.ts";
import {
  decimalsFor,
  formatCount,
  formatFixed,
  formatNumber,
  formatPercent,
  formatRate,
  formatShare,
} from "./format.ts";
import { TEST_STYLES } from "./testNames.ts";
import { textTable, wrapLines } from "./textTable.ts";

const WIDTH = 88;

/** Where the data came from and what was left out of them. */
export type AnalysisSource = {
  readonly file: string;
  readonly seed: string;
  readonly version: string;
  /** Rows of the file, rows left out for missing values, and missing values per column that has any. */
  readonly missing: {
    readonly nRows: number;
    readonly nDropped: number;
    readonly byColumn: Readonly<Record<string, number>>;
  };
};

/**
 * A mediation analysis for the terminal, in the order that users of PROCESS (model 4) know: the regressions of M, of Y
 * on X and M, and of Y on X; total, direct and indirect effect; every test of the indirect effect; effect sizes.
 */
export function analysisTable(analysis: Analysis, source: AnalysisSource): string {
  const { models } = analysis;
  return [
    heading(analysis),
    regressionSection(`Mediator: ${models.m.response}`, models.m),
    regressionSection(`Outcome: ${models.y.response}`, models.y),
    regressionSection(`Outcome without the mediator (total effect): ${models.total.response}`, models.total),
    effectsSection(analysis),
    testsSection(analysis),
    effectSizeSection(analysis),
    notes(analysis, source),
  ].join("\n\n");
}

/** "12 of 311 rows left out (listwise): missing in age 7, qol 5"; null when no row was. */
export function missingNote({ nRows, nDropped, byColumn }: AnalysisSource["missing"]): string | null {
  if (nDropped === 0) return null;
  const counts = Object.entries(byColumn).map(([column, count]) => `${column} ${formatCount(count)}`);
  return (
    `${formatCount(nDropped)} of ${formatCount(nRows)} rows left out (listwise): ` +
    `missing values in ${counts.join(", ")}`
  );
}

function heading({ x, m, y, covariates, n }: Analysis): string {
  const lines = [
    "Simple mediation, X → M → Y (PROCESS model 4)",
    `  X: ${x}`,
    `  M: ${m}`,
    `  Y: ${y}`,
    ...(covariates.length > 0 ? [`  Covariates: ${covariates.join(", ")}`] : []),
    `  n: ${formatCount(n)}`,
  ];
  return lines.join("\n");
}

function regressionSection(title: string, model: RegressionTable): string {
  const summary = table(
    ["R", "R²", "adj. R²", "MSE", "F", "df1", "df2", "p"],
    [
      [
        value(model.r),
        value(model.rSquared),
        value(model.adjustedRSquared),
        value(model.mse),
        value(model.f),
        String(model.df1),
        formatCount(model.df2),
        pValue(model.p),
      ],
    ],
  );
  const rows = model.coefficients.map((coefficient) => [coefficient.name, ...coefficientCells(coefficient)]);
  return [title, summary, "", table(["", "coeff", "se", "t", "p", "LLCI", "ULCI"], rows, 1)].join("\n");
}

function effectsSection({ paths, indirect, x, m, y, level }: Analysis): string {
  const rows = [
    ["total c", ...coefficientCells(paths.c)],
    ["direct c′", ...coefficientCells(paths.cPrime)],
  ];
  const { bootstrap, tests } = indirect;
  const ci = (tests.percentileBootstrap ?? tests.biasCorrectedBootstrap ?? tests.bcaBootstrap)?.ci ?? null;
  const indirectTable =
    bootstrap === null
      ? table(["", "effect"], [["indirect ab", value(indirect.estimate)]], 1)
      : table(
          ["", "effect", "BootSE", "BootLLCI", "BootULCI"],
          [["indirect ab", value(indirect.estimate), value(bootstrap.se), ...intervalCells(ci)]],
          1,
        );
  return [
    `Effects of ${x} on ${y}, ${formatPercent(level)} confidence intervals`,
    table(["", "effect", "se", "t", "p", "LLCI", "ULCI"], rows, 1),
    "",
    `Indirect effect of ${x} on ${y} through ${m}`,
    indirectTable,
  ].join("\n");
}

function testsSection({ indirect, level }: Analysis): string {
  const names = Object.keys(indirect.tests) as (keyof IndirectTests & TestName)[];
  const rows = names.map((name) => {
    const test = indirect.tests[name] as Readonly<Record<string, unknown>>;
    const number = (field: string) => (typeof test[field] === "number" ? (test[field] as number) : null);
    const p = number("p");
    return [
      TEST_STYLES[name].name,
      value(number("se")),
      value(number("z")),
      p === null ? "" : pValue(p),
      ...intervalCells((test.ci as Interval | null | undefined) ?? null),
      ...mcseCells((test.mcse as Interval | null | undefined) ?? null),
      test.significant ? "yes" : "no",
    ];
  });
  const columns = ["", "se", "z", "p", "LLCI", "ULCI", "MCSE(LL)", "MCSE(UL)", "ab ≠ 0"];
  return [`Tests of the indirect effect at α = ${formatShare(1 - level)}, two-sided`, table(columns, rows, 1)].join(
    "\n",
  );
}

function effectSizeSection({ effectSizes: sizes }: Analysis): string {
  const rows = [
    ["indirect, partially standardized (ab / sd Y)", value(sizes.partiallyStandardized)],
    ["indirect, completely standardized", value(sizes.completelyStandardized)],
    ["a standardized", value(sizes.aStandardized)],
    ["b standardized", value(sizes.bStandardized)],
    ["c′ standardized", value(sizes.cPrimeStandardized)],
    ["c standardized", value(sizes.cStandardized)],
    ["partial r of X and M", value(sizes.partialRA)],
    ["partial r of M and Y", value(sizes.partialRB)],
    ["ab / c (proportion mediated)", value(sizes.proportionMediated)],
    ["ab / c′", value(sizes.ratioIndirectToDirect)],
    ["upsilon", value(sizes.upsilon)],
  ];
  return ["Effect sizes", table(["", "value"], rows, 1)].join("\n");
}

function notes({ n, indirect }: Analysis, { file, seed, version, missing }: AnalysisSource): string {
  const { bootstrap, tests } = indirect;
  const lines = [missingNote(missing)];
  if (bootstrap !== null) {
    const degenerate =
      bootstrap.nDegenerate > 0 ? `; ${formatCount(bootstrap.nDegenerate)} were singular and are left out` : "";
    const which = tests.percentileBootstrap ? "percentile" : tests.biasCorrectedBootstrap ? "bias-corrected" : "BCa";
    lines.push(
      `Bootstrap: ${formatCount(bootstrap.nResamples)} resamples of cases${degenerate}. ` +
        `BootLLCI and BootULCI are ${which} limits.`,
    );
  }
  if (tests.monteCarlo) lines.push(`Monte Carlo: ${formatCount(tests.monteCarlo.nDraws)} draws.`);
  if (bootstrap !== null || tests.monteCarlo) {
    lines.push("MCSE: Monte-Carlo standard error of a limit; more resamples or draws make it smaller.");
  }
  lines.push(correctedBootstrapNote(Object.keys(tests) as TestName[]));
  lines.push(`Data: ${file}, n = ${formatCount(n)}. Seed "${seed}", caseload ${version}.`);
  return lines
    .filter((line) => line !== null)
    .map((line) => wrapLines(line, WIDTH))
    .join("\n");
}

function coefficientCells({ estimate, se, t, p, ci }: Coefficient): string[] {
  const text = printerFor(se);
  return [text(estimate), text(se), formatFixed(t, 4), pValue(p), ...ci.map(text)];
}

function intervalCells(interval: Interval | null): string[] {
  return interval === null ? ["", ""] : interval.map(printerFor((interval[1] - interval[0]) / 4));
}

/** Two figures: a Monte-Carlo standard error is itself an estimate. */
function mcseCells(mcse: Interval | null): string[] {
  return mcse === null ? ["", ""] : mcse.map((error) => formatNumber(error, 2));
}

/**
 * Prints numbers whose size of interest is `scale` (a standard error): four decimals, as PROCESS does, or as many as
 * show three figures of the scale; with an exponent where these would be more than eight, or the number is huge.
 */
function printerFor(scale: number): (number: number) => string {
  const decimals = Math.max(4, decimalsFor(scale, 3));
  return (number) => {
    if (!Number.isFinite(number)) return "–";
    if (decimals > 8 || Math.abs(number) >= 1e6) return number.toExponential(3).replaceAll("-", "−");
    return formatFixed(number, decimals);
  };
}

function value(number: number | null): string {
  return number === null ? "" : printerFor(Math.abs(number))(number);
}

function pValue(p: number): string {
  return p < 0.00005 ? "<.0001" : formatRate(p, 4);
}

/** Indented table; the first `nText` columns are names, the rest numbers. */
function table(titles: readonly string[], rows: readonly (readonly string[])[], nText = 0): string {
  const columns = titles.map((title, index) => ({
    title,
    align: index < nText ? ("left" as const) : ("right" as const),
  }));
  return textTable(columns, rows)
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
