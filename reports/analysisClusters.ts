import type {
  Analysis,
  ClusterCounts,
  ClusterSummary,
  EstimatorName,
  MixedParts,
} from "../models/estimators/analysis/types.ts";
import type { Coefficient } from "../models/estimators/regressionTable.ts";
import { COEFFICIENT_TITLES_WITH_DF, coefficientCellsWithDf, dfCell, table, value } from "./analysisCells.ts";
import { formatCount, formatFixed, joinWords } from "./format.ts";

/** Below this a Satterthwaite t test cannot be trusted (Tipton 2015, doi:10.1037/met0000011). */
const FEW_DF = 4;

/** How paths and errors were had, for people. */
export function estimatorTitle(
  estimator: EstimatorName,
  mixed: Pick<MixedParts, "method"> | null,
  clusters: ClusterCounts | null,
): string {
  switch (estimator) {
    case "ols":
      return "ordinary regression";
    case "hc0":
    case "hc1":
    case "hc2":
    case "hc3":
    case "hc4":
      return `ordinary regression, heteroskedasticity-robust errors (${estimator.toUpperCase()})`;
    case "cr0":
    case "cr1":
      return `ordinary regression, cluster-robust errors (${estimator.toUpperCase()}, df: clusters − 1)`;
    case "cr1s":
      return "ordinary regression, cluster-robust errors (CR1S, as Stata's, df: clusters − 1)";
    case "cr2":
      return "ordinary regression, cluster-robust errors (CR2, Satterthwaite df)";
    case "mixed": {
      const managers = clusters?.managers ? ` and ${clusters.managers.column} in it` : "";
      return `mixed models (${mixed?.method}; intercepts for ${clusters?.column}${managers}; Satterthwaite df)`;
    }
    case "withinBetween":
      return "2-1-1 model, team means and deviations from them";
  }
}

/** "team, 14 clusters of 13 to 34 clients (median 22)", "team, 8 clusters of 10 clients" */
export function clustersLine({ column, n, sizes: { min, median, max }, managers }: ClusterCounts): string {
  const within = managers === null ? "" : `; ${managers.column} within them, ${formatCount(managers.n)}`;
  const sizes = min === max ? `${min} clients` : `${min} to ${max} clients (median ${median})`;
  return `${column}, ${formatCount(n)} clusters of ${sizes}${within}`;
}

/** How much of M and Y lies between clusters, by two methods; and what that costs. */
export function clusterSection({ clusters, m, y }: Analysis): string[] {
  if (clusters === null) return [];
  const { icc, column } = clusters;
  const row = (name: string, { anova, reml, designEffect }: ClusterSummary["icc"]["m"]) => [
    name,
    formatFixed(anova, 4),
    reml === null ? "–" : formatFixed(reml, 4),
    formatFixed(designEffect, 3),
  ];
  return [
    [
      `Variance between values of ${column}`,
      table(["", "ICC(1), ANOVA", "ICC(1), REML", "design effect"], [row(m, icc.m), row(y, icc.y)], 1),
    ].join("\n"),
  ];
}

/** The paths as estimated, and what ordinary regression would have said of each. */
export function ordinarySection({ paths, ordinary, x, m, y }: Analysis): string[] {
  if (ordinary === null) return [];
  const pair = (title: string, own: Coefficient, naive: Coefficient) => [
    [title, ...coefficientCellsWithDf(own)],
    ["  ordinary regression", ...coefficientCellsWithDf(naive)],
  ];
  const rows = [
    ...pair(`a: ${x} → ${m}`, paths.a, ordinary.paths.a),
    ...pair(`b: ${m} → ${y}`, paths.b, ordinary.paths.b),
    ...pair("c′: direct", paths.cPrime, ordinary.paths.cPrime),
    ...pair("c: total", paths.c, ordinary.paths.c),
  ];
  return [
    [
      "Paths, and what ordinary regression would have said",
      table(["", "effect", ...COEFFICIENT_TITLES_WITH_DF], rows, 1),
    ].join("\n"),
  ];
}

/** What a reader must know of the clusters: small df, singular fits, tests that take no notice of clusters. */
export function clusterNotes({ estimator, paths, clusters, mixed, indirect, ordinary, m, y }: Analysis): string[] {
  const notes: string[] = [];
  const unnoticed = unnoticedClustersNote(estimator, clusters);
  if (unnoticed !== null) notes.push(unnoticed);
  else if (clusters !== null && ordinary !== null)
    notes.push(
      `Ordinary regression takes the ${formatCount(clusters.n)} clusters' clients for strangers to each other; ` +
        "its rows are there for comparison only.",
    );
  const few =
    estimator === "ols"
      ? null
      : fewDfNote([
          ["a", paths.a],
          ["b", paths.b],
        ]);
  if (few !== null) notes.push(few);
  const names = { m, y };
  const singular = mixed === null ? [] : (["m", "y"] as const).filter((model) => mixed[model].singular);
  if (singular.length > 0) notes.push(singularNote(singular.map((model) => names[model])));
  const bootstrap = indirect.tests.clusterBootstrap;
  if (bootstrap !== undefined) {
    const degenerate =
      bootstrap.nDegenerate > 0 ? `; ${formatCount(bootstrap.nDegenerate)} were singular and are left out` : "";
    const ofWhich = estimator === "mixed" ? " of ordinary regression's ab" : "";
    notes.push(
      `Cluster bootstrap: ${formatCount(bootstrap.nResamples)} resamples of whole clusters${ofWhich}${degenerate}; ` +
        `se ${value(bootstrap.se)}. With few clusters its limits are too narrow: at a = 0, b = .6, residual ICC .05 ` +
        "it finds an effect that is not there in 8.2 % of studies with 14 teams of 22 at α = .05.",
    );
  }
  if (indirect.bootstrap !== null && clusters !== null)
    notes.push("Bootstraps of cases resample clients one by one and take no notice of clusters.");
  return notes;
}

/** That the errors are those of independent clients though clusters are known; null where they are not. */
export function unnoticedClustersNote(estimator: EstimatorName, clusters: ClusterCounts | null): string | null {
  const isUnnoticed = clusters !== null && (estimator === "ols" || estimator.startsWith("hc"));
  return isUnnoticed ? "The errors take no notice of the clusters; --estimator cr2 does." : null;
}

/** Which of the named paths have too few degrees of freedom; null where none has. */
export function fewDfNote(paths: readonly (readonly [name: string, path: Coefficient])[]): string | null {
  const few = paths.filter(([, { df }]) => df < FEW_DF).map(([name, { df }]) => `${name} (${dfCell(df)})`);
  if (few.length === 0) return null;
  return `Few degrees of freedom for ${joinWords(few)}: below ${FEW_DF} a t test cannot be trusted.`;
}

/** @param responses of the mixed models with a variance of 0, at least one */
export function singularNote(responses: readonly string[]): string {
  return `Singular fit for ${joinWords(responses)}: a variance is estimated as 0; paths and errors stand.`;
}
