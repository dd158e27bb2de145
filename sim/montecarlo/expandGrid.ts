/** One axis of a grid: a name and its values, in order. */
export type GridAxis = { readonly name: string; readonly values: readonly number[] };

/**
 * Every combination of the values of the axes (the Cartesian product), like nested loops written in the order of the
 * axes: the last axis varies fastest.
 *
 * @param axes distinct names, each with one or more values; no axes give one empty combination
 * @returns ∏ values.length records with the keys in the order of the axes
 * @throws RangeError if a name is given twice
 * @example expandGrid([{ name: "a", values: [1, 2] }, { name: "n", values: [10, 20] }])
 *   // → [{ a: 1, n: 10 }, { a: 1, n: 20 }, { a: 2, n: 10 }, { a: 2, n: 20 }]
 */
export function expandGrid(axes: readonly GridAxis[]): Readonly<Record<string, number>>[] {
  if (new Set(axes.map((axis) => axis.name)).size !== axes.length) {
    throw new RangeError(`grid axes must have distinct names, got ${axes.map((axis) => axis.name).join(", ")}`);
  }
  let combinations: Record<string, number>[] = [{}];
  for (const { name, values } of axes) {
    combinations = combinations.flatMap((combination) => values.map((value) => ({ ...combination, [name]: value })));
  }
  return combinations;
}
