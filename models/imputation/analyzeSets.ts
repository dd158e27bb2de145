import type { Key } from "../../sim/random/address.ts";
import type { Grouping, ImputedValues } from "../estimators/analysis/types.ts";
import { asColumn } from "./asColumn.ts";
import { imputeOnce } from "./imputeOnce.ts";
import { prepareImputation } from "./prepareImputation.ts";
import { describeImputationFailure, type DroppedPredictor } from "./types.ts";

/** How missing values are drawn: data sets m ≥ 2, rounds ≥ 1, and the method of columns with other values than 0 and 1. */
export type ImputedAnalysis = {
  readonly imputations: number;
  readonly iterations: number;
  readonly method: "normal" | "pmm";
};

/** Every column of an analysis, all of one length. */
export type NamedColumns = {
  /** NaN where a value is missing. */
  readonly columns: readonly Float64Array[];
  readonly names: readonly string[];
  /** Of the clients: columns are imputed with a random intercept for each; null where they are not known. */
  readonly grouping: Pick<Grouping, "name" | "clusters"> | null;
  /** Whether means of the other columns by cluster are predictors too. */
  readonly teamMeans: boolean;
};

/** One analysis of each completed data set, and what was imputed. */
export type AnalyzedSets<Result> = {
  readonly ok: true;
  readonly results: readonly Result[];
  readonly imputation: ImputedValues;
};

/**
 * Imputes the columns by chained equations and analyses each completed data set by itself. Columns of 0 and 1 are imputed by
 * logistic regression.
 *
 * @param key     key of the analysis
 * @param analyze the analysis of one completed data set, or why there is none
 * @returns the analyses in the order of the data sets; or the first failure in words
 */
export function analyzeSets<Result>(
  { columns, names, grouping, teamMeans }: NamedColumns,
  { imputations, iterations, method }: ImputedAnalysis,
  key: Key,
  analyze: (completed: readonly Float64Array[]) => Result | { readonly ok: false; readonly because: string },
): AnalyzedSets<Result> | { readonly ok: false; readonly because: string } {
  const incomplete = columns.map((values) => asColumn(values, method));
  const task = prepareImputation(incomplete, grouping?.clusters ?? null, { teamMeans });
  if (!task.ok) return { ok: false, because: describeImputationFailure(task, names) };
  const results: Result[] = [];
  const dropped = new Set<string>();
  for (let index = 0; index < imputations; index++) {
    const set = imputeOnce(task, { iterations }, key, index);
    for (const pair of set.dropped) dropped.add(describeDropped(pair, names));
    const result = analyze(set.columns);
    if (isFailure(result)) return { ok: false, because: `imputed data set ${index + 1}: ${result.because}` };
    results.push(result);
  }
  const nMissing = names.map((name, column): [string, number] => [name, task.columns[column].missing.length]);
  const isComplete = columns[0].map((_, row) => (columns.some((column) => Number.isNaN(column[row])) ? 0 : 1));
  const imputation = {
    method,
    imputations,
    iterations,
    nComplete: isComplete.reduce((sum, one) => sum + one, 0),
    missing: Object.fromEntries(nMissing.filter(([, count]) => count > 0)),
    clusters: grouping && {
      column: grouping.name,
      teamMeans,
      without: names.filter((_, at) => {
        const { method: how, missing } = task.columns[at];
        return how === "logistic" && missing.length > 0;
      }),
    },
    dropped: [...dropped],
  };
  return { ok: true, results, imputation };
}

function describeDropped({ column, predictor }: DroppedPredictor, names: readonly string[]): string {
  return `${names[predictor]} (of ${names[column]})`;
}

function isFailure(result: unknown): result is { readonly ok: false; readonly because: string } {
  return typeof result === "object" && result !== null && "ok" in result && result.ok === false;
}
