import { type Key, uniformAt } from "../../sim/random/address.ts";
import { fillNormals, fillUniforms } from "../../sim/random/fill.ts";
import { chiSquareQuantile } from "../../sim/numerics/chiSquare.ts";
import { WHAT } from "../what.ts";
import type { Gram, Rows } from "./gram.ts";
import { drawLinear, predict } from "./linearDraw.ts";
import { drawLogistic, logistic } from "./logisticDraw.ts";
import { matchDonors } from "./matchDonors.ts";
import type { PreparedColumn } from "./prepareImputation.ts";
import type { TeamState } from "./teams.ts";
import { drawTwoLevel } from "./twoLevelDraw.ts";

/** The rows of a data set as they are in some round: standardized columns, and what follows from them. */
export type Working = {
  readonly rows: Rows;
  /** Of all rows. */
  readonly gram: Gram;
  /** null: rows are independent. */
  readonly teams: TeamState | null;
  readonly withMeans: boolean;
};

/** New values for the missing ones of a column, in its own units, and the predictors that had to be left out. */
export type DrawnColumn = { readonly values: Float64Array; readonly dropped: readonly number[] };

/**
 * Regresses a column on all others where it is observed, and draws its missing values from the posterior predictive
 * distribution. Columns of 0 and 1 that are logistic take no notice of teams.
 *
 * @param column position of the column
 * @param donors of predictive mean matching
 * @param key    key of the data set
 * @param round  from 0
 */
export function drawColumn(
  working: Working,
  prepared: PreparedColumn,
  column: number,
  donors: number,
  key: Key,
  round: number,
): DrawnColumn {
  const when = round * working.rows.p + column;
  switch (prepared.method) {
    case "logistic":
      return drawBinary(working.rows, prepared, column, key, when);
    case "normal":
      return drawNormal(working, prepared, column, key, when);
    case "predictiveMeanMatching":
      return drawMatched(working, prepared, column, donors, key, when);
  }
}

function drawBinary(
  rows: Rows,
  { observed, missing }: PreparedColumn,
  column: number,
  key: Key,
  when: number,
): DrawnColumn {
  const normals = new Float64Array(rows.p);
  fillNormals(normals, key, WHAT.imputationCoefficients, when);
  const { predictors, drawnCoefficients, dropped } = drawLogistic(rows, column, observed, normals);
  const values = predict(rows, missing, predictors, drawnCoefficients[0], drawnCoefficients.subarray(1));
  const u = uniforms(key, WHAT.imputationValues, when, missing);
  for (let i = 0; i < values.length; i++) values[i] = u[i] < logistic(values[i]) ? 1 : 0;
  return { values, dropped };
}

function drawNormal(working: Working, prepared: PreparedColumn, column: number, key: Key, when: number): DrawnColumn {
  const { missing, origin, unit } = prepared;
  const { drawn, sigma, dropped } = regress(working, prepared, column, key, when);
  const values = drawn(missing);
  const residuals = new Float64Array(missing.length);
  fillNormals(residuals, key, WHAT.imputationValues, when, new Uint32Array(missing));
  for (let i = 0; i < values.length; i++) values[i] = origin + unit * (values[i] + sigma * residuals[i]);
  return { values, dropped };
}

function drawMatched(
  working: Working,
  prepared: PreparedColumn,
  column: number,
  donors: number,
  key: Key,
  when: number,
): DrawnColumn {
  const { values, observed, missing } = prepared;
  const { estimate, drawn, dropped } = regress(working, prepared, column, key, when);
  // A row is either observed or missing: ties and choices may share a stream.
  const order = uniforms(key, WHAT.imputationValues, when, observed);
  const choice = uniforms(key, WHAT.imputationValues, when, missing);
  const chosen = matchDonors(estimate(observed), order, drawn(missing), choice, donors);
  return { values: Float64Array.from(chosen, (donor) => values[observed[donor]]), dropped };
}

/** A column's linear regression on all others, with a random intercept for each team where there are any. */
function regress(
  { rows, gram, teams, withMeans }: Working,
  { missing, observedTeams }: PreparedColumn,
  column: number,
  key: Key,
  when: number,
) {
  const normals = new Float64Array(withMeans ? 2 * rows.p : rows.p);
  fillNormals(normals, key, WHAT.imputationCoefficients, when);
  const chiSquare = (df: number) => chiSquareQuantile(uniformAt(key, 0, WHAT.imputationVariance, when), df);
  if (teams === null || observedTeams === null) {
    const draw = drawLinear(rows, gram, column, missing, { chiSquare, normals });
    const { predictors, intercept, coefficients, drawnIntercept, drawnCoefficients, drawnSigma, dropped } = draw;
    return {
      estimate: (wanted: Int32Array) => predict(rows, wanted, predictors, intercept, coefficients),
      drawn: (wanted: Int32Array) => predict(rows, wanted, predictors, drawnIntercept, drawnCoefficients),
      sigma: drawnSigma,
      dropped,
    };
  }
  const luck = {
    chiSquare,
    normals,
    ratio: uniformAt(key, 0, WHAT.imputationTeamVariance, when),
    teams: new Float64Array(teams.nTeams),
  };
  fillNormals(luck.teams, key, WHAT.imputationTeams, when);
  const draw = drawTwoLevel({ rows, gram, teams }, column, missing, observedTeams, withMeans, luck);
  const line = (intercept: number, coefficients: Float64Array, parts: Float64Array) => (wanted: Int32Array) => {
    const predictions = predict(rows, wanted, draw.predictors, intercept, coefficients);
    for (let i = 0; i < wanted.length; i++) predictions[i] += parts[teams.index[wanted[i]]];
    return predictions;
  };
  return {
    estimate: line(draw.intercept, draw.coefficients, draw.teamParts),
    drawn: line(draw.drawnIntercept, draw.drawnCoefficients, draw.drawnTeamParts),
    sigma: draw.drawnSigma,
    dropped: draw.dropped,
  };
}

/** A uniform for each of some rows. */
export function uniforms(key: Key, what: number, when: number, rows: Int32Array): Float64Array {
  const result = new Float64Array(rows.length);
  fillUniforms(result, key, what, when, new Uint32Array(rows));
  return result;
}
