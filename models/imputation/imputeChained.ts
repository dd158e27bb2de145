import { chiSquareQuantile } from "../../sim/numerics/chiSquare.ts";
import { type Key, streamOf, uniformAt } from "../../sim/random/address.ts";
import { fillNormals, fillUniforms } from "../../sim/random/fill.ts";
import type { Clusters } from "../estimators/cluster/clusters.ts";
import { WHAT } from "../what.ts";
import { type Gram, gramOf, type Rows, replaceValue } from "./gram.ts";
import { drawLinear, predict } from "./linearDraw.ts";
import { drawLogistic, logistic } from "./logisticDraw.ts";
import { matchDonors } from "./matchDonors.ts";
import type {
  DroppedPredictor,
  ImputationFailure,
  ImputationMethod,
  ImputationOptions,
  IncompleteColumn,
} from "./types.ts";

/** A study ready to be imputed. */
export type ImputationTask = {
  readonly ok: true;
  readonly n: number;
  readonly columns: readonly PreparedColumn[];
  /** null: rows are independent. */
  readonly clusters: Clusters | null;
};

type PreparedColumn = {
  readonly values: Float64Array;
  readonly method: ImputationMethod;
  /** Rows with and without a value. */
  readonly observed: Int32Array;
  readonly missing: Int32Array;
  /** Mean and standard deviation of the observed values; 0 and 1 for a logistic column, which keeps its 0s and 1s. */
  readonly origin: number;
  readonly unit: number;
};

export type Imputation = {
  readonly ok: true;
  /** completed[j][column]: data set j, columns of length n without missing values. Complete columns are the ones given. */
  readonly completed: readonly (readonly Float64Array[])[];
  /** Missing values of each column. */
  readonly nMissing: readonly number[];
  /** Predictors that had to be left out in some round. */
  readonly dropped: readonly DroppedPredictor[];
};

/**
 * Multiple imputation by chained equations: missing values start as observed ones drawn at random; then, round by round,
 * each incomplete column is regressed on all others where it is observed, and its missing values are drawn anew from the
 * posterior predictive distribution.
 *
 * Draws are addressed by data set, round, column and row: data set j is the same whatever m is, however many workers share
 * the work, and a round is the same however many follow. The columns' order is the order of imputation.
 *
 * Clusters are not part of the model: with much variance between teams, imputed values are alike across teams too little.
 *
 * @param columns every column that any analysis of the imputed data uses, the outcome included; at least two
 * @param key     key of the replication; uses the streams `imputation…`
 * @returns completed data sets; or why there are none, naming the column
 * @source  van Buuren & Groothuis-Oudshoorn (2011), doi:10.18637/jss.v045.i03; White, Royston & Wood (2011), doi:10.1002/sim.4067
 */
export function imputeChained(
  columns: readonly IncompleteColumn[],
  clusters: Clusters | null,
  options: ImputationOptions,
  key: Key,
): Imputation | ImputationFailure {
  const task = prepareImputation(columns, clusters);
  if (!task.ok) return task;
  const sets = Array.from({ length: options.imputations }, (_, index) => imputeOnce(task, options, key, index));
  const dropped = new Map<number, DroppedPredictor>();
  for (const pair of sets.flatMap((set) => set.dropped))
    dropped.set(pair.column * columns.length + pair.predictor, pair);
  return {
    ok: true,
    completed: sets.map((set) => set.columns),
    nMissing: task.columns.map(({ missing }) => missing.length),
    dropped: [...dropped.values()],
  };
}

/** Checks the columns, and settles how each is imputed. */
export function prepareImputation(
  columns: readonly IncompleteColumn[],
  clusters: Clusters | null,
): ImputationTask | ImputationFailure {
  const n = columns[0].values.length;
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const prepared: PreparedColumn[] = [];
  for (const [column, { values, method: asked }] of columns.entries()) {
    const observed = rows.filter((row) => !Number.isNaN(values[row]));
    const missing = rows.filter((row) => Number.isNaN(values[row]));
    if (observed.length === 0) return { ok: false, kind: "allMissing", column };
    if (observed.every((row) => values[row] === values[observed[0]])) return { ok: false, kind: "constant", column };
    const isBinary = observed.every((row) => values[row] === 0 || values[row] === 1);
    const method = asked ?? (isBinary ? "logistic" : "normal");
    if (method === "logistic" && !isBinary) return { ok: false, kind: "notBinary", column };
    const needed = columns.length + 1;
    if (missing.length > 0 && observed.length < needed)
      return { ok: false, kind: "tooFewObserved", column, observed: observed.length, needed };
    prepared.push({ values, method, observed, missing, ...scaleOf(values, observed, method) });
  }
  return { ok: true, n, columns: prepared, clusters };
}

/** One completed data set, by its index (from 0). */
export function imputeOnce(
  { n, columns }: ImputationTask,
  { iterations, donors = 5 }: ImputationOptions,
  key: Key,
  index: number,
): { readonly columns: Float64Array[]; readonly dropped: DroppedPredictor[] } {
  const own = streamOf(streamOf(key, WHAT.imputation), index);
  const p = columns.length;
  const completed = columns.map(({ values, missing }) => (missing.length === 0 ? values : values.slice()));
  const rows: Rows = { n, p, values: new Float64Array(n * p) };
  const standardized = (column: number, value: number) => (value - columns[column].origin) / columns[column].unit;
  for (const [column, { values, observed, missing }] of columns.entries()) {
    const start = uniforms(own, WHAT.imputationStart, column, missing);
    for (const [i, row] of missing.entries())
      completed[column][row] = values[observed[Math.floor(start[i] * observed.length)]];
    for (let row = 0; row < n; row++) rows.values[row * p + column] = standardized(column, completed[column][row]);
  }
  const gram = gramOf(
    rows,
    Int32Array.from({ length: n }, (_, row) => row),
  );
  const dropped: DroppedPredictor[] = [];
  for (let iteration = 0; iteration < iterations; iteration++)
    for (const [column, prepared] of columns.entries()) {
      const { missing } = prepared;
      if (missing.length === 0) continue;
      const drawn = drawColumn(rows, gram, prepared, column, donors, own, iteration);
      for (let i = 0; i < missing.length; i++) {
        completed[column][missing[i]] = drawn.values[i];
        replaceValue(rows, gram, missing[i], column, standardized(column, drawn.values[i]));
      }
      for (const predictor of drawn.dropped) dropped.push({ column, predictor });
    }
  return { columns: completed, dropped };
}

/** New values for the missing ones of a column, in its own units. */
function drawColumn(
  rows: Rows,
  gram: Gram,
  { values, method, observed, missing, origin, unit }: PreparedColumn,
  column: number,
  donors: number,
  key: Key,
  iteration: number,
): { readonly values: Float64Array; readonly dropped: readonly number[] } {
  const when = iteration * rows.p + column;
  const normals = new Float64Array(rows.p);
  fillNormals(normals, key, WHAT.imputationCoefficients, when);
  if (method === "logistic") {
    const { predictors, drawnCoefficients, dropped } = drawLogistic(rows, column, observed, normals);
    const [intercept, slopes] = [drawnCoefficients[0], drawnCoefficients.subarray(1)];
    const u = uniforms(key, WHAT.imputationValues, when, missing);
    const drawn = predict(rows, missing, predictors, intercept, slopes).map((eta, i) => (u[i] < logistic(eta) ? 1 : 0));
    return { values: drawn, dropped };
  }
  const chiSquare = (df: number) => chiSquareQuantile(uniformAt(key, 0, WHAT.imputationVariance, when), df);
  const draw = drawLinear(rows, gram, column, missing, { chiSquare, normals });
  const { predictors, drawnIntercept, drawnCoefficients, dropped } = draw;
  const predictions = predict(rows, missing, predictors, drawnIntercept, drawnCoefficients);
  if (method === "normal") {
    const residuals = new Float64Array(missing.length);
    fillNormals(residuals, key, WHAT.imputationValues, when, new Uint32Array(missing));
    const drawn = predictions.map((prediction, i) => origin + unit * (prediction + draw.drawnSigma * residuals[i]));
    return { values: drawn, dropped };
  }
  const ofObserved = predict(rows, observed, predictors, draw.intercept, draw.coefficients);
  // Observed and missing rows are different people: one stream serves the order of ties and the choice of donors.
  const order = uniforms(key, WHAT.imputationValues, when, observed);
  const choice = uniforms(key, WHAT.imputationValues, when, missing);
  const matched = matchDonors(ofObserved, order, predictions, choice, donors);
  return { values: Float64Array.from(matched, (donor) => values[observed[donor]]), dropped };
}

function uniforms(key: Key, what: number, when: number, ids: Int32Array): Float64Array {
  const out = new Float64Array(ids.length);
  fillUniforms(out, key, what, when, new Uint32Array(ids));
  return out;
}

function scaleOf(values: Float64Array, observed: Int32Array, method: ImputationMethod) {
  if (method === "logistic") return { origin: 0, unit: 1 };
  let mean = 0;
  for (const row of observed) mean += values[row] / observed.length;
  let squares = 0;
  for (const row of observed) squares += (values[row] - mean) * (values[row] - mean);
  return { origin: mean, unit: Math.sqrt(squares / (observed.length - 1)) };
}
