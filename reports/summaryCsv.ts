import type { PowerRun } from "../models/powerTypes.ts";
import { csvText } from "./csv.ts";
import { seriesOf, testsOf } from "./series.ts";

/**
 * summary.csv: a line per condition and test, with scenario, seed, version and number of replications in every line, so
 * that a part of the file still says where it comes from. Empty cells are values that do not exist (no interval, no exact
 * power, nothing fitted). Numbers are in the shortest form that reads back to the same bits.
 */
export function summaryCsv(run: PowerRun): string {
  const { result } = run;
  const factorNames = factorNamesOf(run);
  const labels = labelsByCondition(run);
  const records = result.conditions.flatMap((condition, conditionIndex) =>
    testsOf(run).flatMap((test) => {
      const rates = condition.tests[test];
      if (rates === undefined) return [];
      const { estimate } = condition;
      return [
        [
          result.scenario,
          result.seed,
          result.version,
          result.replications,
          conditionIndex,
          labels[conditionIndex],
          condition.nClients,
          ...factorNames.map((name) => condition.factors[name] ?? ""),
          condition.meanAnalysed,
          condition.estimand,
          condition.estimandMcse,
          condition.isNull ? 1 : 0,
          condition.nFitted,
          condition.nFailed,
          estimate.mean,
          estimate.bias,
          estimate.biasMcse,
          estimate.empiricalSe,
          estimate.modelSe,
          test,
          rates.power,
          rates.mcse,
          rates.ci[0],
          rates.ci[1],
          rates.coverage,
          rates.coverageMcse,
          rates.exact,
          rates.disagrees ? 1 : 0,
          rates.nUndefined,
        ].map(cell),
      ];
    }),
  );
  return csvText([summaryColumns(run), ...records]);
}

/** The columns of summary.csv, in order. */
export function summaryColumns(run: PowerRun): string[] {
  return [
    "scenario",
    "seed",
    "version",
    "nReplications",
    "conditionIndex",
    "label",
    "nClients",
    ...factorNamesOf(run),
    "meanAnalysed",
    "estimand",
    "estimandMcse",
    "isNull",
    "nFitted",
    "nFailed",
    "meanEstimate",
    "bias",
    "biasMcse",
    "empiricalSe",
    "modelSe",
    "test",
    "power",
    "powerMcse",
    "powerLower",
    "powerUpper",
    "coverage",
    "coverageMcse",
    "exactPower",
    "disagrees",
    "nUndefined",
  ];
}

/** Every factor that some condition has, but nClients, in order of first appearance. */
export function factorNamesOf(run: PowerRun): string[] {
  const names = new Set(run.result.conditions.flatMap((condition) => Object.keys(condition.factors)));
  names.delete("nClients");
  return [...names];
}

function labelsByCondition(run: PowerRun): string[] {
  const labels: string[] = run.result.conditions.map(() => "");
  for (const series of seriesOf(run)) {
    for (const point of series.points) labels[point.conditionIndex] = series.label;
  }
  return labels;
}

function cell(value: string | number | null): string {
  if (value === null || Number.isNaN(value)) return "";
  return String(value);
}
