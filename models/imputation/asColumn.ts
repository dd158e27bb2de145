import type { IncompleteColumn } from "./types.ts";

/** A column with its method: `pmm` is for columns with other values than 0 and 1, which are always imputed by logistic regression. */
export function asColumn(values: Float64Array, method: "normal" | "pmm"): IncompleteColumn {
  const isBinary = values.every((value) => Number.isNaN(value) || value === 0 || value === 1);
  return method === "pmm" && !isBinary ? { values, method: "predictiveMeanMatching" } : { values };
}
