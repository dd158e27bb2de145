// How long does multiple imputation of a study of 311 clients take, and how long does R's mice take for the same?
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { clustersOf } from "../../dist/models/estimators/cluster/clusters.js";
import { imputeChained } from "../../dist/models/imputation/imputeChained.js";
import { keyOf, normalAt, uniformAt } from "../../dist/sim/random/address.js";
import { record, saveRecords, timeOf } from "./measure.ts";

const N = 311;
const COLUMNS = 12;
const INCOMPLETE = 5;
const IMPUTATIONS = 20;
const ITERATIONS = 10;
const TEAMS = 14;
const directory = mkdtempSync(join(tmpdir(), "caseload-bench-"));
const hasMice = hasPackage("mice");
const hasPan = hasMice && hasPackage("pan");

afterAll(() => {
  rmSync(directory, { recursive: true });
  saveRecords("imputation");
});

function hasPackage(name: string): boolean {
  return spawnSync("Rscript", ["-e", `quit(status = !requireNamespace("${name}", quietly = TRUE))`]).status === 0;
}

/** Seconds that mice itself takes, R's start not counted. */
function secondsOfMice(file: string, method: string): number {
  const script = `suppressMessages(library(mice)); d <- read.csv("${file}")
    if ("${method}" == "logreg") for (j in seq_len(${INCOMPLETE})) d[[j]] <- factor(d[[j]])
    m <- rep("", ${COLUMNS}); m[seq_len(${INCOMPLETE})] <- "${method}"
    cat(system.time(mice(d, m = ${IMPUTATIONS}, maxit = ${ITERATIONS}, method = m, printFlag = FALSE))[["elapsed"]])`;
  return Number(spawnSync("Rscript", ["-e", script], { encoding: "utf8" }).stdout);
}

describe(`multiple imputation, N = ${N}, ${INCOMPLETE} of ${COLUMNS} columns, m = ${IMPUTATIONS}, ${ITERATIONS} rounds`, () => {
  for (const [method, inR] of [
    ["normal", "norm"],
    ["logistic", "logreg"],
    ["predictiveMeanMatching", "pmm"],
  ] as const)
    it(method, () => {
      const key = keyOf("bench", 0);
      const columns = Array.from({ length: COLUMNS }, (_, j) => {
        const values = Float64Array.from({ length: N }, (_, i) => {
          if (j < INCOMPLETE && uniformAt(key, i, 100 + j, 0) < 0.2) return Number.NaN;
          const z = normalAt(key, i, 1, 0) + normalAt(key, i, 2 + j, 0);
          return method === "logistic" && j < INCOMPLETE ? Number(z > 0) : z;
        });
        return { values, method: j < INCOMPLETE ? method : ("normal" as const) };
      });
      const options = { imputations: IMPUTATIONS, iterations: ITERATIONS };
      const { median } = timeOf(() => imputeChained(columns, null, options, key), 5);
      record(`imputation-${method}`, median * 1000, "ms");
      if (!hasMice) return;
      const rows = Array.from({ length: N }, (_, i) =>
        columns.map(({ values }) => (Number.isNaN(values[i]) ? "" : values[i])),
      );
      const file = join(directory, `${method}.csv`);
      writeFileSync(file, `${[columns.map((_, j) => `v${j}`), ...rows].map((row) => row.join(",")).join("\n")}\n`);
      const ratio = median / secondsOfMice(file, inR);
      record(`imputation-${method}-to-mice`, ratio, "× mice", "≤ 1");
      expect(ratio).toBeLessThanOrEqual(1);
    });
});

describe(`a study of a power run, N = ${N}, 3 of 6 columns, m = ${IMPUTATIONS}, ${ITERATIONS} rounds`, () => {
  const key = keyOf("bench", 1);
  const clusters = clustersOf(Int32Array.from({ length: N }, (_, i) => i % TEAMS));
  const columns = Array.from({ length: 6 }, (_, j) => ({
    values: Float64Array.from({ length: N }, (__, i) => {
      if (j < 3 && uniformAt(key, i, 100 + j, 0) < 0.2) return Number.NaN;
      return normalAt(key, i, 1, 0) + normalAt(key, i, 2 + j, 0) + 0.4 * normalAt(key, i % TEAMS, 20 + j, 0);
    }),
  }));
  const options = { imputations: IMPUTATIONS, iterations: ITERATIONS };

  it.each([
    ["one-level", null, 15],
    [`${TEAMS}-teams`, clusters, 30],
  ] as const)("%s", (name, teams, aim) => {
    const { median } = timeOf(() => imputeChained(columns, teams, options, key), 50);
    record(`imputation-study-${name}`, median * 1000, "ms", `aim: ≤ ${aim}`);
    if (hasPan && teams !== null) {
      const rows = Array.from({ length: N }, (_, i) => [
        teams.index[i] + 1,
        ...columns.map(({ values }) => (Number.isNaN(values[i]) ? "" : values[i])),
      ]);
      const file = join(directory, "teams.csv");
      writeFileSync(
        file,
        `${[["team", ...columns.map((_, j) => `v${j}`)], ...rows].map((row) => row.join(",")).join("\n")}\n`,
      );
      const script = `suppressMessages(library(mice)); d <- read.csv("${file}"); p <- make.predictorMatrix(d); p[, "team"] <- -2
        m <- c("", rep("2l.pan", 3), rep("", 3))
        cat(system.time(mice(d, m = ${IMPUTATIONS}, maxit = ${ITERATIONS}, method = m, predictorMatrix = p, printFlag = FALSE))[["elapsed"]])`;
      const ratio = median / Number(spawnSync("Rscript", ["-e", script], { encoding: "utf8" }).stdout);
      record(`imputation-study-${name}-to-mice`, ratio, "× mice's 2l.pan", "≤ 0.1");
      expect(ratio).toBeLessThanOrEqual(0.1);
    }
  });
});
