import { expect, it } from "vitest";
import { expandGrid } from "../../sim/montecarlo/expandGrid.ts";

it("the last axis varies fastest, keys in the order of the axes", () => {
  const grid = expandGrid([
    { name: "a", values: [1, 2] },
    { name: "n", values: [10, 20] },
  ]);
  expect(grid).toEqual([
    { a: 1, n: 10 },
    { a: 1, n: 20 },
    { a: 2, n: 10 },
    { a: 2, n: 20 },
  ]);
  expect(Object.keys(grid[0])).toEqual(["a", "n"]);
});

it("no axes give one empty combination, an empty axis none", () => {
  expect(expandGrid([])).toEqual([{}]);
  expect(expandGrid([{ name: "a", values: [] }])).toEqual([]);
});

it("a name given twice is an error", () => {
  const axis = { name: "a", values: [1] };
  expect(() => expandGrid([axis, axis])).toThrow(RangeError);
});
