import type { StudyData } from "../estimators/types.ts";

/**
 * The cases without any missing value (listwise deletion).
 *
 * @param study columns of equal length n, NaN where a value is missing
 * @returns the study of the complete cases, in their order, and how many were left out
 */
export function completeCases({ n, x, m, y, covariates }: StudyData): StudyData & { readonly nDropped: number } {
  const columns = [x, m, y, ...covariates];
  const kept = Int32Array.from({ length: n }, (_, i) => i).filter((i) => columns.every((c) => !Number.isNaN(c[i])));
  const [xs, ms, ys, ...rest] = columns.map((column) => {
    const values = new Float64Array(kept.length);
    for (let i = 0; i < kept.length; i++) values[i] = column[kept[i]];
    return values;
  });
  return { n: kept.length, x: xs, m: ms, y: ys, covariates: rest, nDropped: n - kept.length };
}
