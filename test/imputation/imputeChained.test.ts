// Are completed data sets the same however they are made, and what is said where they cannot be?
import { describe, expect, it } from "vitest";
import { clustersOf } from "../../models/estimators/cluster/clusters.ts";
import { imputeChained } from "../../models/imputation/imputeChained.ts";
import { imputeOnce } from "../../models/imputation/imputeOnce.ts";
import { prepareImputation } from "../../models/imputation/prepareImputation.ts";
import { describeImputationFailure, type IncompleteColumn } from "../../models/imputation/types.ts";
import { keyOf, normalAt } from "../../sim/random/address.ts";

const n = 60;
const key = keyOf("impute", 0);
const complete = (what: number) => Float64Array.from({ length: n }, (_, i) => normalAt(key, i, what, 0));
/** Blanks every k-th value, from `first` on. */
const without = (values: Float64Array, k: number, first = 0) =>
  values.map((value, i) => (i % k === first ? Number.NaN : value));

const x = complete(1);
const m = complete(2).map((e, i) => 0.6 * x[i] + e);
const y = complete(3).map((e, i) => 0.5 * m[i] + e);
const group = complete(4).map((z) => (z > 0.2 ? 1 : 0));
const columns: IncompleteColumn[] = [
  { values: x },
  { values: without(m, 4) },
  { values: without(y, 5, 1), method: "predictiveMeanMatching" },
  { values: without(group, 6, 2) },
];
const options = { imputations: 4, iterations: 3 };

describe("imputeChained", () => {
  const result = imputeChained(columns, null, options, key);
  if (!result.ok) throw new Error(result.kind);

  it("completes every column, changes no observed value, keeps 0/1 columns 0/1", () => {
    expect(result.nMissing).toEqual([0, 15, 12, 10]);
    for (const set of result.completed) {
      expect(set[0]).toBe(x);
      for (const [j, { values }] of columns.entries())
        for (const [row, value] of set[j].entries()) {
          expect(Number.isFinite(value)).toBe(true);
          if (!Number.isNaN(values[row])) expect(value).toBe(values[row]);
        }
      expect(set[3].every((value) => value === 0 || value === 1)).toBe(true);
    }
    expect(columns[1].values[0]).toBeNaN();
  });

  it("a data set is the same however many there are, in any order, on any worker", () => {
    const task = prepareImputation(columns, null);
    if (!task.ok) throw new Error(task.kind);
    for (const index of [3, 0, 2, 1])
      expect(imputeOnce(task, { iterations: options.iterations }, key, index).columns).toEqual(result.completed[index]);
    expect(result.completed[0][1]).not.toEqual(result.completed[1][1]);
    expect(imputeChained(columns, null, options, keyOf("impute", 1))).not.toEqual(result);
  });

  it("a column's unit and origin change its imputed values by the same unit and origin", () => {
    const scaled = columns.map((column, j) => (j === 1 ? { values: column.values.map((v) => 1e5 + 250 * v) } : column));
    const other = imputeChained(scaled, null, options, key);
    if (!other.ok) throw new Error(other.kind);
    for (const [j, set] of other.completed.entries())
      for (const [row, value] of set[1].entries())
        expect((value - 1e5) / 250).toBeCloseTo(result.completed[j][1][row], 8);
  });

  describe("with teams", () => {
    const clusters = clustersOf(Int32Array.from({ length: n }, (_, i) => (i * i) % 9));
    const teams = imputeChained(columns, clusters, options, key);
    if (!teams.ok) throw new Error(teams.kind);

    it("a data set is the same however many there are", () => {
      const task = prepareImputation(columns, clusters);
      if (!task.ok) throw new Error(task.kind);
      for (const index of [3, 1])
        expect(imputeOnce(task, { iterations: options.iterations }, key, index).columns).toEqual(
          teams.completed[index],
        );
      expect(teams.completed[0][1]).not.toEqual(result.completed[0][1]);
    });

    it("a column's unit and origin change its imputed values by the same unit and origin", () => {
      const scaled = columns.map((c, j) => (j === 1 ? { values: c.values.map((v) => 1e5 + 250 * v) } : c));
      const other = imputeChained(scaled, clusters, options, key);
      if (!other.ok) throw new Error(other.kind);
      for (const [j, set] of other.completed.entries())
        for (const [row, value] of set[1].entries())
          expect((value - 1e5) / 250).toBeCloseTo(teams.completed[j][1][row], 6);
    });

    it("one team is no team", () => {
      const one = clustersOf(new Int32Array(n));
      expect(imputeChained(columns, one, { ...options, teamMeans: true }, key)).toEqual(result);
    });

    it.each([
      ["each client a team", (i: number) => i],
      ["two teams", (i: number) => i % 2],
      ["teams of which some have no value", (i: number) => (i % 4 === 0 ? 100 + (i % 8) : i % 5)],
    ])("%s: every value is imputed", (_, team) => {
      const own = clustersOf(Int32Array.from({ length: n }, (__, i) => team(i)));
      const imputed = imputeChained(columns, own, options, key);
      if (!imputed.ok) throw new Error(imputed.kind);
      for (const set of imputed.completed)
        for (const values of set) expect(values.every((value) => Math.abs(value) < 20)).toBe(true);
    });

    it("a column that is the team's is imputed as it is in the team's other rows, if not to the digit", () => {
      const own = Float64Array.from(clusters.index, (team) => normalAt(key, team, 5, 0));
      const imputed = imputeChained([{ values: x }, { values: without(own, 4) }], clusters, options, key);
      if (!imputed.ok) throw new Error(imputed.kind);
      for (const set of imputed.completed)
        for (const [row, value] of set[1].entries()) expect(Math.abs(value - own[row])).toBeLessThan(0.3);
    });

    it("team means need teams", () => {
      const few = clustersOf(Int32Array.from({ length: n }, (_, i) => i % 4));
      const failure = imputeChained(columns, few, { ...options, teamMeans: true }, key);
      if (failure.ok) throw new Error("imputed");
      expect(describeImputationFailure(failure, ["fidelity", "alliance", "outcome", "group"])).toBe(
        "alliance has values in 3 teams: imputing it from team means of the other columns needs at least 5",
      );
    });
  });

  it("complete data are returned as they are", () => {
    const all = imputeChained([{ values: x }, { values: m }], null, options, key);
    if (!all.ok) throw new Error(all.kind);
    expect(all.nMissing).toEqual([0, 0]);
    for (const set of all.completed) expect(set[1]).toBe(m);
  });

  it("a predictor that others determine is left out, and said", () => {
    const twin = x.map((value) => 3 - 2 * value);
    const doubled = imputeChained([...columns.slice(0, 2), { values: twin }], null, options, key);
    if (!doubled.ok) throw new Error(doubled.kind);
    expect(doubled.dropped).toEqual([{ column: 1, predictor: 2 }]);
    expect(doubled.completed[0][1].every(Number.isFinite)).toBe(true);
    // A group that is 0 wherever m is observed is left out when m is imputed.
    const onlyMissing = Float64Array.from({ length: n }, (_, i) => (i % 4 === 0 && i > 20 ? 1 : 0));
    const constant = imputeChained([...columns.slice(0, 2), { values: onlyMissing }], null, options, key);
    if (!constant.ok) throw new Error(constant.kind);
    expect(constant.dropped).toEqual([{ column: 1, predictor: 2 }]);
  });

  it("columns that cannot be imputed: tagged, with a message that names them", () => {
    const names = ["fidelity", "alliance", "outcome", "extra"];
    const run = (values: Float64Array, method?: IncompleteColumn["method"]) => {
      const extra: IncompleteColumn = method === undefined ? { values } : { values, method };
      const failure = imputeChained([...columns.slice(0, 3), extra], null, options, key);
      if (failure.ok) throw new Error("imputed");
      return { failure, message: describeImputationFailure(failure, names) };
    };
    expect(run(new Float64Array(n).fill(Number.NaN))).toEqual({
      failure: { ok: false, kind: "allMissing", column: 3 },
      message: "extra has no values: it cannot be imputed",
    });
    expect(run(without(new Float64Array(n).fill(2), 3))).toEqual({
      failure: { ok: false, kind: "constant", column: 3 },
      message: "extra takes 1 value: it cannot be imputed",
    });
    expect(run(complete(9).map((value, i) => (i < 4 ? value : Number.NaN)))).toEqual({
      failure: { ok: false, kind: "tooFewObserved", column: 3, observed: 4, needed: 5 },
      message: "extra has 4 values: imputing it from the other columns needs at least 5",
    });
    expect(run(without(x, 3), "logistic")).toEqual({
      failure: { ok: false, kind: "notBinary", column: 3 },
      message: "extra takes other values than 0 and 1: it cannot be imputed by logistic regression",
    });
  });
});
