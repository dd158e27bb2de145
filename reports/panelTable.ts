import type { NamedEquation, NamedIndirect, PanelAnalysis } from "../models/estimators/analyzePanel.ts";
import {
  COEFFICIENT_TITLES,
  COEFFICIENT_TITLES_WITH_DF,
  coefficientCells,
  coefficientCellsWithDf,
  table,
  value,
  WIDTH,
} from "./analysisCells.ts";
import { clustersLine, estimatorTitle } from "./analysisClusters.ts";
import { missingSection } from "./analysisMissing.ts";
import { randomTable } from "./analysisModels.ts";
import type { AnalysisSource } from "./analysisTable.ts";
import { testsTable } from "./analysisTests.ts";
import { formatCount, formatPercent, formatShare } from "./format.ts";
import { panelNotes } from "./panelNotes.ts";
import { wrapLines } from "./textTable.ts";

/** A cross-lagged panel for the terminal: every equation, wave by wave, and the indirect effects across time. */
export function panelTable(analysis: PanelAnalysis, source: AnalysisSource): string {
  const { waves, n, imputation } = analysis;
  return [
    heading(analysis),
    ...(imputation === null ? [] : [missingSection(n, imputation)]),
    ...waves.slice(1).map((_, index) => waveSection(analysis, index + 2)),
    ...analysis.indirect.map((one) => indirectSection(one, analysis)),
    panelNotes(analysis, source)
      .map((line) => wrapLines(line, WIDTH))
      .join("\n"),
  ].join("\n\n");
}

function heading({ waves, covariates, n, level, estimator, method, clusters }: PanelAnalysis): string {
  const title = estimatorTitle(estimator, method && { method }, clusters);
  return [
    `Cross-lagged panel, ${formatCount(waves.length)} waves: each variable on all variables a wave earlier`,
    ...waves.map((wave, index) => `  Wave ${index + 1}: ${wave.join(", ")}`),
    ...(covariates.length > 0 ? [`  Covariates: ${covariates.join(", ")}`] : []),
    `  n: ${formatCount(n)}; ${formatPercent(level)} confidence intervals`,
    ...(clusters === null ? [] : [`  Clusters: ${clustersLine(clusters)}`]),
    ...(clusters === null && estimator === "ols" ? [] : [`  Estimator: ${title}`]),
  ].join("\n");
}

/** Titles and cells of coefficients: degrees of freedom where every coefficient has its own. */
function coefficientColumns({ estimator, imputation }: PanelAnalysis) {
  return estimator === "ols" && imputation === null
    ? { titles: COEFFICIENT_TITLES, cells: coefficientCells }
    : { titles: COEFFICIENT_TITLES_WITH_DF, cells: coefficientCellsWithDf };
}

function waveSection(analysis: PanelAnalysis, wave: number): string {
  const own = analysis.equations.filter((equation) => equation.wave === wave);
  const texts = own.map((equation) => equationText(equation, analysis));
  return [`Wave ${wave} on wave ${wave - 1}`, texts.join("\n\n")].join("\n");
}

function equationText(equation: NamedEquation, analysis: PanelAnalysis): string {
  if ("failure" in equation) return `  ${equation.response}: not estimated; ${equation.failure}`;
  const { response, coefficients, df, rSquared, mixed } = equation;
  const { titles, cells } = coefficientColumns(analysis);
  const rows = coefficients.map((coefficient) => [`${coefficient.name} → ${response}`, ...cells(coefficient)]);
  const isOrdinary = titles === COEFFICIENT_TITLES;
  const fit = isOrdinary ? `R² ${value(rSquared)}, df ${formatCount(df)}` : `R² ${value(rSquared)}`;
  const summary = mixed === null ? `  ${response}: ${fit}` : `  ${response}\n${randomTable(mixed)}\n`;
  return [summary, table(["", "coeff", ...titles], rows, 1)].join("\n");
}

function indirectSection(one: NamedIndirect, analysis: PanelAnalysis): string {
  const title = `Indirect effect ${one.through.join(" → ")}`;
  if ("failure" in one) return `${title}\n  not estimated; ${one.failure}`;
  const { estimate, paths, tests, bFrom } = one;
  const [x, m, y] = one.through;
  const { titles, cells } = coefficientColumns(analysis);
  const rows = [
    [`a: ${x} → ${m}`, ...cells(paths.a)],
    [`b: ${bFrom} → ${y}`, ...cells(paths.b)],
    ["indirect ab", value(estimate)],
  ];
  const own = [title, table(["", "effect", ...titles], rows, 1)];
  if (Object.keys(tests).length > 0)
    own.push("", `At α = ${formatShare(1 - analysis.level)}, two-sided`, testsTable(tests));
  return own.join("\n");
}
