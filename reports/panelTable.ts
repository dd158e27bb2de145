import type { NamedEquation, NamedIndirect, PanelAnalysis } from "../models/estimators/analyzePanel.ts";
import { COEFFICIENT_TITLES, coefficientCells, table, value, WIDTH } from "./analysisCells.ts";
import { missingNote } from "./analysisMissing.ts";
import type { AnalysisSource } from "./analysisTable.ts";
import { testsTable } from "./analysisTests.ts";
import { formatCount, formatFixed, formatPercent, formatShare } from "./format.ts";
import { wrapLines } from "./textTable.ts";

/** A cross-lagged panel for the terminal: every equation, wave by wave, and the indirect effects across time. */
export function panelTable(analysis: PanelAnalysis, source: AnalysisSource): string {
  const { waves, covariates, n, level } = analysis;
  const heading = [
    `Cross-lagged panel, ${formatCount(waves.length)} waves: each variable on all variables a wave earlier`,
    ...waves.map((wave, index) => `  Wave ${index + 1}: ${wave.join(", ")}`),
    ...(covariates.length > 0 ? [`  Covariates: ${covariates.join(", ")}`] : []),
    `  n: ${formatCount(n)}; ${formatPercent(level)} confidence intervals`,
  ].join("\n");
  const sections = waves.slice(1).map((_, index) => waveSection(analysis, index + 2));
  const indirect = analysis.indirect.map((one) => indirectSection(one, level));
  return [heading, ...sections, ...indirect, notes(analysis, source)].join("\n\n");
}

function waveSection({ equations }: PanelAnalysis, wave: number): string {
  const own = equations.filter((equation) => equation.wave === wave);
  return [`Wave ${wave} on wave ${wave - 1}`, own.map(equationText).join("\n\n")].join("\n");
}

function equationText(equation: NamedEquation): string {
  if ("failure" in equation) return `  ${equation.response}: not estimated; ${equation.failure}`;
  const { response, coefficients, df, rSquared } = equation;
  const rows = coefficients.map((coefficient) => [
    `${coefficient.name} → ${response}`,
    ...coefficientCells(coefficient),
  ]);
  const fit = `  ${response}: R² ${value(rSquared)}, df ${formatCount(df)}`;
  return [fit, table(["", "coeff", ...COEFFICIENT_TITLES], rows, 1)].join("\n");
}

function indirectSection(one: NamedIndirect, level: number): string {
  const title = `Indirect effect ${one.through.join(" → ")}`;
  if ("failure" in one) return `${title}\n  not estimated; ${one.failure}`;
  const { estimate, paths, tests, bFrom } = one;
  const [x, m, y] = one.through;
  const rows = [
    [`a: ${x} → ${m}`, ...coefficientCells(paths.a)],
    [`b: ${bFrom} → ${y}`, ...coefficientCells(paths.b)],
    ["indirect ab", value(estimate)],
  ];
  const own = [title, table(["", "effect", ...COEFFICIENT_TITLES], rows, 1)];
  if (Object.keys(tests).length > 0) own.push("", `At α = ${formatShare(1 - level)}, two-sided`, testsTable(tests));
  return own.join("\n");
}

function notes({ n, indirect }: PanelAnalysis, { file, seed, version, missing }: AnalysisSource): string {
  const lines = [missingNote(missing, { imputation: null })];
  for (const one of indirect) {
    if (one.design === "halfLongitudinal" && !("failure" in one))
      lines.push(
        "Two waves: both paths are of the same interval (half-longitudinal), which is an indirect effect only if paths stay " +
          `the same from one interval to the next. The estimates of a and b correlate ${formatFixed(one.correlation, 4)}; ` +
          "the tests take this as 0.",
      );
  }
  const drawn = indirect.find((one) => !("failure" in one) && one.tests.monteCarlo !== undefined);
  if (drawn && !("failure" in drawn))
    lines.push(
      `Monte Carlo: ${formatCount(drawn.tests.monteCarlo?.nDraws ?? 0)} draws. ` +
        "MCSE: Monte-Carlo standard error of a limit; more draws make it smaller.",
    );
  lines.push(`Data: ${file}, n = ${formatCount(n)}. Seed "${seed}", caseload ${version}.`);
  return lines
    .filter((line) => line !== null)
    .map((line) => wrapLines(line, WIDTH))
    .join("\n");
}
