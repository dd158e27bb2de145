import type { Analysis, ImputedValues, PathName } from "../models/estimators/analysis/types.ts";
import { table } from "./analysisCells.ts";
import { formatCount, formatPercent, joinWords } from "./format.ts";

/** Rows of the file, rows left out for missing values, and missing values per column that has any. */
export type MissingCounts = {
  readonly nRows: number;
  readonly nDropped: number;
  readonly byColumn: Readonly<Record<string, number>>;
};

/** "12 of 311 rows left out (listwise): missing values in age 7, qol 5"; null when no row was. */
export function missingNote(
  { nRows, nDropped, byColumn }: MissingCounts,
  { imputation }: { readonly imputation: ImputedValues | null },
): string | null {
  if (nDropped === 0) return null;
  const left = Object.entries(byColumn).filter(([column]) => !(column in (imputation?.missing ?? {})));
  const counts = left.map(([column, count]) => `${column} ${formatCount(count)}`);
  const how = imputation === null ? " (listwise)" : "";
  return `${formatCount(nDropped)} of ${formatCount(nRows)} rows left out${how}: missing values in ${counts.join(", ")}`;
}

/** Missing values by column, and what they cost each path. */
export function imputationSection({ n, imputation }: Analysis): string[] {
  if (imputation === null) return [];
  const counts = missingSection(n, imputation);
  if (Object.keys(imputation.missing).length === 0) return [counts];
  const { fractionMissing } = imputation;
  const symbols: readonly [PathName, string][] = [
    ["a", "a"],
    ["b", "b"],
    ["cPrime", "c′"],
    ["c", "c"],
  ];
  return [
    counts,
    [
      "Information lost to missing values",
      table(
        symbols.map(([, symbol]) => symbol),
        [symbols.map(([path]) => percent(fractionMissing[path]))],
      ),
    ].join("\n"),
  ];
}

/** Missing values by column. */
export function missingSection(n: number, { missing, nComplete }: ImputedValues): string {
  const columns = Object.entries(missing);
  if (columns.length === 0) return `Missing values: none; ${formatCount(n)} cases are complete`;
  const incomplete = `${formatCount(n - nComplete)} of ${formatCount(n)} cases have a missing value`;
  const rows = columns.map(([column, count]) => [column, formatCount(count), percent(count / n)]);
  return [`Missing values: ${incomplete}`, table(["", "imputed", "of cases"], rows, 1)].join("\n");
}

/** How values were imputed and paths pooled. */
export function imputationNotes({ imputation }: { readonly imputation: ImputedValues | null }): string[] {
  if (imputation === null) return [];
  const { imputations, iterations, method, clusters, dropped } = imputation;
  const drawn = method === "pmm" ? "predictive mean matching" : "normal linear regression";
  const notes = [
    `Multiple imputation by chained equations: ${formatCount(imputations)} data sets of ${formatCount(iterations)} ` +
      `iterations; columns of 0 and 1 by logistic regression, others by ${drawn}. Coefficients are pooled by Rubin's ` +
      "rules with the df of Barnard and Rubin; tests of ab are fed by the pooled paths; R² and standard deviations are means.",
  ];
  if (clusters !== null) {
    const { column, teamMeans, without } = clusters;
    const means = teamMeans ? `, and means by ${column} of the other columns among the predictors` : "";
    const isLogistic = without.length > 0 ? `; ${joinWords(without)}, of 0 and 1, without regard to ${column}` : "";
    notes.push(`The imputation has a random intercept for each ${column}${means}${isLogistic}.`);
  }
  if (dropped.length > 0)
    notes.push(`Left out when imputing, as constant or a combination of others: ${joinWords(dropped)}.`);
  return notes;
}

/** One decimal. */
export function percent(share: number): string {
  return formatPercent(Math.round(share * 1000) / 1000);
}
