import { type Key, streamOf } from "../../sim/random/address.ts";
import { WHAT } from "../what.ts";
import { drawColumn, uniforms, type Working } from "./drawColumn.ts";
import { gramOf, replaceValue } from "./gram.ts";
import type { ImputationTask } from "./prepareImputation.ts";
import { teamStateOf } from "./teams.ts";
import type { DroppedPredictor, ImputationOptions } from "./types.ts";

/** One completed data set, by its index (from 0). Columns without missing values are the ones given. */
export function imputeOnce(
  task: ImputationTask,
  { iterations, donors = 5 }: Pick<ImputationOptions, "iterations" | "donors">,
  key: Key,
  index: number,
): { readonly columns: Float64Array[]; readonly dropped: DroppedPredictor[] } {
  const { columns } = task;
  const own = streamOf(streamOf(key, WHAT.imputation), index);
  const completed = columns.map(({ values, missing }) => (missing.length === 0 ? values : values.slice()));
  for (const [column, { values, observed, missing }] of columns.entries()) {
    const start = uniforms(own, WHAT.imputationStart, column, missing);
    for (let i = 0; i < missing.length; i++)
      completed[column][missing[i]] = values[observed[Math.floor(start[i] * observed.length)]];
  }
  const working = workingOf(task, completed);
  const dropped: DroppedPredictor[] = [];
  for (let round = 0; round < iterations; round++)
    for (const [column, prepared] of columns.entries()) {
      const { missing, origin, unit } = prepared;
      if (missing.length === 0) continue;
      const drawn = drawColumn(working, prepared, column, donors, own, round);
      for (let i = 0; i < missing.length; i++) {
        completed[column][missing[i]] = drawn.values[i];
        replaceValue(working, missing[i], column, (drawn.values[i] - origin) / unit);
      }
      for (const predictor of drawn.dropped) dropped.push({ column, predictor });
    }
  return { columns: completed, dropped };
}

function workingOf({ n, columns, clusters, withMeans }: ImputationTask, completed: readonly Float64Array[]): Working {
  const p = columns.length;
  const rows = { n, p, values: new Float64Array(n * p) };
  for (let column = 0; column < p; column++) {
    const { origin, unit } = columns[column];
    for (let row = 0; row < n; row++) rows.values[row * p + column] = (completed[column][row] - origin) / unit;
  }
  const everyRow = Int32Array.from({ length: n }, (_, row) => row);
  return { rows, gram: gramOf(rows, everyRow), teams: clusters && teamStateOf(rows, clusters), withMeans };
}
