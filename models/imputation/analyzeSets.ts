import type { ImputedValues } from "../estimators/analysis/types.ts";
import type { Key } from "../../sim/random/address.ts";
import { imputeOnce, prepareImputation } from "./imputeChained.ts";
import { describeImputationFailure, type DroppedPredictor, type IncompleteColumn } from "./types.ts";

/** How missing values are drawn: data sets m ≥ 2, rounds ≥ 1, and the method of columns with other values than 0 and 1. */
export type ImputedAnalysis = {
  readonly imputations: number;
  readonly iterations: number;
  readonly method: "normal" | "pmm";
};

/** One analysis of each completed data set, and what was imputed. */
export type AnalyzedSets<Result> = {
  readonly ok: true;
  readonly results: readonly Result[];
  readonly imputation: ImputedValues;
};

/**
 * Imputes the columns by chained equations and analyses each completed data set by itself. Columns of 0 and 1 are imputed by
 * logistic regression; clusters are no part of it.
 *
 * @param columns every column of the analysis, NaN where a value is missing
 * @param names   of the columns
 * @param key     key of the analysis
 * @param analyze the analysis of one completed data set, or why there is none
 * @returns the analyses in the order of the data sets; or the first failure in words
 */
export function analyzeSets<Result>(
  columns: readonly Float64Array[],
  names: readonly string[],
  { imputations, iterations, method }: ImputedAnalysis,
  key: Key,
  analyze: (completed: readonly Float64Array[]) => Result | { readonly ok: false; readonly because: string },
): AnalyzedSets<Result> | { readonly ok: false; readonly because: string } {
  const task = prepareImputation(columns.map((values) => asColumn(values, method)));
  if (!task.ok) return { ok: false, because: describeImputationFailure(task, names) };
  const results: Result[] = [];
  const dropped = new Set<string>();
  for (let index = 0; index < imputations; index++) {
    const set = imputeOnce(task, { imputations, iterations }, key, index);
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
    dropped: [...dropped],
  };
  return { ok: true, results, imputation };
}

/** Left to itself, a column of 0 and 1 is logistic and any other normal. */
function asColumn(values: Float64Array, method: "normal" | "pmm"): IncompleteColumn {
  const isBinary = values.every((value) => Number.isNaN(value) || value === 0 || value === 1);
  return method === "pmm" && !isBinary ? { values, method: "predictiveMeanMatching" } : { values };
}

function describeDropped({ column, predictor }: DroppedPredictor, names: readonly string[]): string {
  return `${names[predictor]} (of ${names[column]})`;
}

function isFailure(result: unknown): result is { readonly ok: false; readonly because: string } {
  return typeof result === "object" && result !== null && "ok" in result && result.ok === false;
}
