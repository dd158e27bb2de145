import { readFileSync } from "node:fs";
import { expectWithin } from "../../statistical/expectStatistics.ts";

/** A statistic over the data sets, as generate.R writes it. */
export type OverSets = { readonly mean: number; readonly variance: number; readonly kurtosis: number };

/** Columns of a CSV file by name; NaN where a cell is empty. */
export function readColumns(file: URL): Map<string, Float64Array> {
  const [header, ...rows] = readFileSync(file, "utf8").trimEnd().split(/\r?\n/);
  const cells = rows.map((row) => row.split(","));
  const values = (column: number) =>
    Float64Array.from(cells, (row) => (row[column] === "" ? Number.NaN : +row[column]));
  return new Map(header.split(",").map((column, j) => [column, values(j)]));
}

export const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, v) => sum + v / values.length, 0);
export const variance = (values: ArrayLike<number>) => {
  const centre = mean(values);
  return Array.from(values).reduce((sum, v) => sum + (v - centre) ** 2 / (values.length - 1), 0);
};

/** Mean and variance over our data sets against R's, each with the Monte-Carlo error of both. */
export function expectSame(own: readonly number[], r: OverSets, rSets: number): void {
  const both = Math.sqrt(1 / own.length + 1 / rSets);
  expectWithin(mean(own), { truth: r.mean, mcse: Math.sqrt(r.variance) * both });
  // A variance of R values has variance (kurtosis − 1)σ⁴/R.
  expectWithin(variance(own), { truth: r.variance, mcse: r.variance * Math.sqrt(Math.max(r.kurtosis, 3) - 1) * both });
}
