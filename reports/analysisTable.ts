import type { Analysis } from "../models/estimators/analysis/types.ts";
import type { TestName } from "../models/scenario/types.ts";
import {
  COEFFICIENT_TITLES,
  COEFFICIENT_TITLES_WITH_DF,
  coefficientCells,
  coefficientCellsWithDf,
  intervalCells,
  table,
  value,
  WIDTH,
} from "./analysisCells.ts";
import { clusterNotes, clusterSection, clustersLine, estimatorTitle, ordinarySection } from "./analysisClusters.ts";
import { imputationNotes, imputationSection, type MissingCounts, missingNote } from "./analysisMissing.ts";
import { modelSections } from "./analysisModels.ts";
import { testsTable } from "./analysisTests.ts";
import { correctedBootstrapNote } from "./correctedBootstrapNote.ts";
import { formatCount, formatPercent, formatShare } from "./format.ts";
import { type ReciprocalStep, reciprocalSection } from "./reciprocalSection.ts";
import { wrapLines } from "./textTable.ts";

/** Where the data came from and what was left out of them. */
export type AnalysisSource = {
  readonly file: string;
  readonly seed: string;
  readonly version: string;
  readonly missing: MissingCounts;
};

/**
 * A mediation analysis for the terminal, in the order that users of PROCESS (model 4) know: the regressions of M, of Y
 * on X and M, and of Y on X; total, direct and indirect effect; every test of the indirect effect; effect sizes. Where the
 * estimator is not ordinary regression, what that would have said stands beside it.
 */
export function analysisTable(
  analysis: Analysis,
  source: AnalysisSource,
  reciprocal: ReciprocalStep | null = null,
): string {
  return [
    heading(analysis),
    ...imputationSection(analysis),
    ...clusterSection(analysis),
    ...modelSections(analysis),
    effectsSection(analysis),
    ...ordinarySection(analysis),
    ...testsSections(analysis),
    effectSizeSection(analysis),
    ...(reciprocal === null ? [] : [reciprocalSection(reciprocal, analysis.clusters !== null)]),
    notes(analysis, source),
  ].join("\n\n");
}

function heading({ x, m, y, covariates, n, clusters, estimator, mixed }: Analysis): string {
  const lines = [
    "Simple mediation, X → M → Y (PROCESS model 4)",
    `  X: ${x}`,
    `  M: ${m}`,
    `  Y: ${y}`,
    ...(covariates.length > 0 ? [`  Covariates: ${covariates.join(", ")}`] : []),
    `  n: ${formatCount(n)}`,
    ...(clusters === null ? [] : [`  Clusters: ${clustersLine(clusters)}`]),
    ...(clusters === null && estimator === "ols" ? [] : [`  Estimator: ${estimatorTitle(estimator, mixed, clusters)}`]),
  ];
  return lines.join("\n");
}

function effectsSection({ paths, indirect, estimator, imputation, x, m, y, level }: Analysis): string {
  const isOrdinary = estimator === "ols" && imputation === null;
  const cells = isOrdinary ? coefficientCells : coefficientCellsWithDf;
  const titles = isOrdinary ? COEFFICIENT_TITLES : COEFFICIENT_TITLES_WITH_DF;
  const rows = [
    ["total c", ...cells(paths.c)],
    ["direct c′", ...cells(paths.cPrime)],
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
    table(["", "effect", ...titles], rows, 1),
    "",
    `Indirect effect of ${x} on ${y} through ${m}`,
    indirectTable,
  ].join("\n");
}

/** The tests, and those that ordinary regression's paths would have fed. */
function testsSections({ indirect, ordinary, level }: Analysis): string[] {
  const title = `Tests of the indirect effect at α = ${formatShare(1 - level)}, two-sided`;
  const own = `${title}\n${testsTable(indirect.tests)}`;
  if (ordinary === null || Object.keys(ordinary.tests).length === 0) return [own];
  return [own, `What ordinary regression would have said of the indirect effect\n${testsTable(ordinary.tests)}`];
}

function effectSizeSection({ effectSizes: sizes, estimator }: Analysis): string {
  const hasOwnSlopes = estimator === "mixed" || estimator === "withinBetween";
  const ofWhich = hasOwnSlopes ? " (ordinary regression)" : "";
  const rows = [
    ["indirect, partially standardized (ab / sd Y)", value(sizes.partiallyStandardized)],
    ["indirect, completely standardized", value(sizes.completelyStandardized)],
    ["a standardized", value(sizes.aStandardized)],
    ["b standardized", value(sizes.bStandardized)],
    ["c′ standardized", value(sizes.cPrimeStandardized)],
    ["c standardized", value(sizes.cStandardized)],
    [`partial r of X and M${ofWhich}`, value(sizes.partialRA)],
    [`partial r of M and Y${ofWhich}`, value(sizes.partialRB)],
    ["ab / c (proportion mediated)", value(sizes.proportionMediated)],
    ["ab / c′", value(sizes.ratioIndirectToDirect)],
    ["upsilon", value(sizes.upsilon)],
  ];
  return ["Effect sizes", table(["", "value"], rows, 1)].join("\n");
}

function notes(analysis: Analysis, { file, seed, version, missing }: AnalysisSource): string {
  const { n, indirect } = analysis;
  const { bootstrap, tests } = indirect;
  const lines = [missingNote(missing, analysis), ...imputationNotes(analysis), ...clusterNotes(analysis)];
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
  if (bootstrap !== null || tests.monteCarlo || tests.clusterBootstrap) {
    lines.push("MCSE: Monte-Carlo standard error of a limit; more resamples or draws make it smaller.");
  }
  lines.push(correctedBootstrapNote(Object.keys(tests) as TestName[]));
  lines.push(`Data: ${file}, n = ${formatCount(n)}. Seed "${seed}", caseload ${version}.`);
  return lines
    .filter((line) => line !== null)
    .map((line) => wrapLines(line, WIDTH))
    .join("\n");
}
