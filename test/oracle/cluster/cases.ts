import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { type Clusters, clustersOf } from "../../../models/estimators/cluster/clusters.ts";

/** Vectors follow the coefficients, "(Intercept)" first; null where R has no number that can be trusted. */
type Vector = readonly (number | null)[];

/** A robust covariance as generate.R writes it: P × P, with the Satterthwaite tests of the cluster-robust ones. */
export type RRobust = { readonly covariance: Vector; readonly df: Vector; readonly p: Vector };
export type RMixed = {
  readonly estimate: Vector;
  readonly se: Vector;
  readonly df: Vector;
  readonly p: Vector;
  readonly team: number;
  readonly manager: number | null;
  readonly residual: number;
  readonly logLik: number;
  readonly singular: boolean;
};
export type RMixedPair = { readonly REML: RMixed; readonly ML: RMixed };
export type REquation = {
  readonly predictors: readonly string[];
  readonly estimate: Vector;
  readonly robust: Readonly<Record<string, RRobust>>;
  readonly team: RMixedPair;
  readonly nested: RMixedPair | null;
};
export type RIcc = {
  readonly n0: number;
  readonly msBetween: number;
  readonly msWithin: number;
  readonly anova: number;
  readonly designEffect: number;
  readonly reml: number;
};
export type RCase = {
  readonly covariates: readonly string[];
  readonly n: number;
  readonly nTeams: number;
  readonly m: REquation;
  readonly y: REquation;
  readonly icc: { readonly m: RIcc; readonly y: RIcc };
};

/** One data set of this folder and what R says about it. */
export type OracleCase = {
  readonly name: string;
  readonly column: (name: string) => Float64Array;
  readonly teams: Clusters;
  readonly managers: Clusters;
  readonly r: RCase;
};

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}

function load(name: string, r: RCase): OracleCase {
  const [header, ...lines] = read(`${name}.csv`).trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split(",").map(Number));
  const names = header.split(",");
  const column = (wanted: string) => Float64Array.from(rows, (row) => row[names.indexOf(wanted)]);
  return { name, column, teams: clustersOf(column("team")), managers: clustersOf(column("manager")), r };
}

const { versions: _, ...results } = JSON.parse(read("cases.json")) as Record<string, RCase>;

export const CASES: readonly OracleCase[] = Object.entries(results).map(([name, r]) => load(name, r));

/** |actual − expected| ≤ bar·|expected|; null is skipped. */
export function close(actual: number, expected: number | null, bar: number, what: string): void {
  if (expected === null) return;
  const error = Math.abs(actual - expected) / Math.abs(expected);
  if (!(error <= bar)) expect.fail(`${what}: ${actual}, R says ${expected}: relative error ${error.toExponential(1)}`);
}
