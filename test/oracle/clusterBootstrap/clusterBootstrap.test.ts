// Is the cluster bootstrap the one that R programs draw, and the one that all resamples of five teams make?
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clustersOf } from "../../../models/estimators/cluster/clusters.ts";
import { type ClusterBootstrapTest, clusterBootstrap } from "../../../models/estimators/clusterBootstrap.ts";
import type { StudyData } from "../../../models/estimators/types.ts";
import { keyOf } from "../../../sim/random/address.ts";
import { expectRate, expectWithin } from "../../statistical/expectStatistics.ts";
import { relativeError } from "../mediation/cases.ts";

const B = 40_000;
const cases = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8"));
const cohort = JSON.parse(readFileSync(new URL("cohort311.json", import.meta.url), "utf8"));

function read(name: string): (column: string) => Float64Array {
  const [header, ...rows] = readFileSync(new URL(name, import.meta.url), "utf8")
    .trim()
    .split(/\r?\n/);
  const names = header.split(",");
  const cells = rows.map((row) => row.split(","));
  return (column) => Float64Array.from(cells, (row) => Number(row[names.indexOf(column)]));
}

function run(
  file: string,
  [x, m, y, ...covariates]: readonly string[],
  cluster = "team",
  level = 0.95,
): ClusterBootstrapTest {
  const column = read(file);
  const data: StudyData = {
    n: column(x).length,
    x: column(x),
    m: column(m),
    y: column(y),
    covariates: covariates.map(column),
  };
  const result = clusterBootstrap(data, clustersOf(column(cluster)), level, B, keyOf("oracle", 0));
  if (!result.ok) throw new Error(result.kind);
  return result;
}

function expectLimits({ ci, mcse }: ClusterBootstrapTest, theirs: readonly number[], theirMcse: readonly number[]) {
  for (const side of [0, 1])
    expectWithin(ci?.[side] ?? Number.NaN, {
      truth: theirs[side],
      mcse: Math.sqrt((mcse?.[side] ?? 0) ** 2 + theirMcse[side] ** 2),
    });
}

describe.each(["none", "covariates"] as const)(`R on 311 made-up clients in 14 teams, adjusting for %s`, (which) => {
  const r = cohort[which];
  const names = ["fidelity", "rpr", "qol", ...(which === "none" ? [] : ["qol0", "age", "gender", "stable"])];
  const result = run("../mediation/cohort311.csv", names);
  const limits = [
    [r.lo, r.hi],
    [r.mcseLo, r.mcseHi],
  ];

  it("ab, mean and SE of ab*, limits", () => {
    expect(relativeError(result.estimate, r.estimate)).toBeLessThan(1e-10);
    const { se, mean } = result.distribution;
    expectWithin(mean, { truth: r.mean, mcse: se * Math.sqrt(1 / B + 1 / r.B) });
    // ab* is no flatter than kurtosis 4 would make it.
    expectWithin(se, { truth: r.se, mcse: se * Math.sqrt(3 / 4) * Math.sqrt(1 / B + 1 / r.B) });
    expectLimits(result, limits[0], limits[1]);
    expect(result.nResamples).toBe(B);
    expect(result.nClusters).toBe(14);
    expect(result.significant).toBe(false);
  });

  it("would notice case managers taken for teams, and a 92 % interval", () => {
    const managers = run("../mediation/cohort311.csv", names, "cm");
    expect(() => expectLimits(managers, limits[0], limits[1])).toThrow("MCSE");
    const narrow = run("../mediation/cohort311.csv", names, "team", 0.92);
    expect(() => expectLimits(narrow, limits[0], limits[1])).toThrow("MCSE");
  });
});

it("R on twelve teams of 2 to 60 clients", () => {
  const r = cases.unequal;
  const result = run("unequal.csv", ["x", "m", "y", "c1", "c2"]);
  expect(relativeError(result.estimate, r.estimate)).toBeLessThan(1e-10);
  expectWithin(result.distribution.se, { truth: r.se, mcse: r.seMcse * Math.sqrt(1 + r.B / B) });
  expectLimits(result, r.ci, r.mcse);
  expect(result.distribution.nDegenerate).toBe(r.nDegenerate);
});

it("all 3,125 resamples of five teams: moments, shares, and how many are singular", () => {
  const exact = cases.five;
  const { distribution, estimate } = run("five.csv", ["x", "m", "y", "c1"]);
  const { sorted, nDegenerate, mean, se } = distribution;
  const fitted = sorted.length;
  expect(relativeError(estimate, exact.estimate)).toBeLessThan(1e-10);
  expect(fitted + nDegenerate).toBe(B);
  expectRate(nDegenerate / B, exact.singular, B);
  expectWithin(mean, { truth: exact.mean, mcse: exact.sd / Math.sqrt(fitted) });
  expectWithin(se, { truth: exact.sd, mcse: exact.sd * Math.sqrt((exact.kurtosis - 1) / (4 * fitted)) });
  const share = (limit: number) => sorted.filter((value) => value < limit).length / fitted;
  expectRate(share(0.2), exact.below, fitted);
  expectRate(share(0), exact.belowNothing, fitted);
});
