import type { CompleteCaseEstimator } from "../scenario/types.ts";
import { clustersOf } from "./cluster/clusters.ts";
import { fitPathsBy } from "./fitPathsBy.ts";
import type { Groups, PathFit, StudyData } from "./types.ts";

/** The complete cases that a and b are estimated from. */
export type PathStudies = {
  /** Distinct clients. */
  readonly nClients: number;
  /** a is that of M on X, b that of Y on M given X. In a cross-section one and the same study. */
  readonly ofA: StudyData;
  readonly ofB: StudyData;
  /** Of the rows of both. */
  readonly groups: Groups | null;
};

/**
 * Picks the complete cases of a study's columns, and which regressions give a and b.
 *
 * @param columns of length n, NaN where a value is missing
 * @param groups  of the n clients
 */
export type PathModel = (columns: readonly Float64Array[], groups: Groups | null) => PathStudies;

/** One occasion: columns X, M, Y, then covariates. */
export const crossSection: PathModel = (columns, groups) => {
  const rows = completeRows(columns);
  const [x, m, y, ...covariates] = rows === null ? columns : columns.map((column) => picked(column, rows));
  const study = { n: x.length, x, m, y, covariates };
  return { nClients: study.n, ofA: study, ofB: study, groups: rows === null ? groups : groupsOfRows(groups, rows) };
};

/**
 * The first indirect effect of a panel, X₁ → M₂ → Y₃; of two waves the half-longitudinal one, X₁ → M₂ and M₁ → Y₂. Both
 * regressions are on all three variables a wave earlier, and have the clients who are complete in all that either uses.
 *
 * @param nWaves the columns are X₁, M₁, Y₁, X₂, M₂, Y₂ …
 */
export function firstLags(nWaves: number): PathModel {
  return (columns, groups) => {
    const used = nWaves === 2 ? [0, 1, 2, 4, 5] : [0, 1, 2, 3, 4, 5, 8];
    const rows = completeRows(used.map((column) => columns[column]));
    const kept = rows === null ? columns : columns.map((column) => picked(column, rows));
    const n = kept[0].length;
    return {
      nClients: n,
      ofA: { n, x: kept[0], m: kept[4], y: kept[5], covariates: [kept[1], kept[2]] },
      ofB:
        nWaves === 2
          ? { n, x: kept[0], m: kept[1], y: kept[5], covariates: [kept[2]] }
          : { n, x: kept[3], m: kept[4], y: kept[8], covariates: [kept[5]] },
      groups: rows === null ? groups : groupsOfRows(groups, rows),
    };
  };
}

/**
 * All intervals of a panel together, their paths taken to be equal and each with an intercept of its own: a row for every
 * client and interval that is complete, X, M and Y a wave earlier as predictors. A client's rows are independent given the wave
 * before unless what is measured has error or clients are alike within teams: then only errors by team allow for it.
 *
 * @param nWaves the columns are X₁, M₁, Y₁, X₂, M₂, Y₂ …
 */
export function equalLags(nWaves: number): PathModel {
  return (columns, groups) => {
    const n = columns[0].length;
    const everyone = Int32Array.from({ length: n }, (_, i) => i);
    const intervals = Array.from({ length: nWaves - 1 }, (_, t) => {
      const [x, m, y, , later, last] = columns.slice(3 * t, 3 * t + 6);
      const rows = completeRows([x, m, y, later, last]) ?? everyone;
      return { rows, picked: [x, m, y, later, last].map((column) => picked(column, rows)) };
    });
    const [x, m, y, mLater, yLater] = [0, 1, 2, 3, 4].map((v) =>
      joined(intervals.map((interval) => interval.picked[v])),
    );
    const intercepts = intervals
      .slice(1)
      .map((_, t) =>
        joined(intervals.map(({ rows }, other) => new Float64Array(rows.length).fill(other === t + 1 ? 1 : 0))),
      );
    const rows = Int32Array.from(intervals.flatMap((interval) => [...interval.rows]));
    return {
      nClients: new Set(rows).size,
      ofA: { n: rows.length, x, m: mLater, y: yLater, covariates: [m, y, ...intercepts] },
      ofB: { n: rows.length, x, m, y: yLater, covariates: [y, ...intercepts] },
      groups: groupsOfRows(groups, rows),
    };
  };
}

/** Both paths by one estimator; null where it has none for these data. */
export function fitPathStudies(estimator: CompleteCaseEstimator, { ofA, ofB, groups }: PathStudies): PathFit | null {
  const toM = fitPathsBy(estimator, ofA, groups);
  if (ofA === ofB || toM === null) return toM;
  const toY = fitPathsBy(estimator, ofB, groups);
  return toY && { a: toM.a, seA: toM.seA, dfA: toM.dfA, b: toY.b, seB: toY.seB, dfB: toY.dfB };
}

/** Rows without a missing value; null where that is all of them. */
function completeRows(columns: readonly Float64Array[]): Int32Array | null {
  const n = columns[0].length;
  const lacks = new Uint8Array(n);
  let nLacking = 0;
  for (const column of columns)
    for (let i = 0; i < n; i++)
      if (Number.isNaN(column[i]) && lacks[i] === 0) {
        lacks[i] = 1;
        nLacking++;
      }
  if (nLacking === 0) return null;
  const rows = new Int32Array(n - nLacking);
  let next = 0;
  for (let i = 0; i < n; i++) if (lacks[i] === 0) rows[next++] = i;
  return rows;
}

function picked(column: Float64Array, rows: Int32Array): Float64Array {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = column[rows[i]];
  return values;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function groupsOfRows(groups: Groups | null, rows: Int32Array): Groups | null {
  if (groups === null) return null;
  const { teams, managers } = groups;
  return {
    teams: clustersOf(rows.map((row) => teams.index[row])),
    managers: managers && rows.map((row) => managers[row]),
  };
}
