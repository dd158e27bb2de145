import { REJECTS, UNDEFINED } from "../models/estimators/decisions.ts";
import type { PowerRun, RowBlock } from "../models/powerTypes.ts";
import { applyPathsFactors, conditionsOfService } from "../models/scenario/conditions.ts";
import type { Condition, PathsCondition, ServiceCondition } from "../models/scenario/types.ts";
import { type Series, type SeriesPoint, seriesOf, testsOf } from "./series.ts";
import { headlineTest } from "./testNames.ts";

/** The condition that stands for a series where a chart can show only one N. */
export type Focus = SeriesPoint & { readonly series: Series };

/**
 * Per series, the condition whose power by the headline test is nearest the target: there the decision is least
 * certain, and the picture says most. Ties go to the smaller N.
 */
export function focusOf(run: PowerRun): Focus[] {
  const test = headlineTest(testsOf(run));
  const distance = (point: SeriesPoint) => {
    const result = point.summary.tests[test];
    const power = result?.exact ?? result?.power ?? Number.NaN;
    return Number.isNaN(power) ? 2 : Math.abs(power - run.scenario.power.target);
  };
  return seriesOf(run).map((series) => ({
    ...series.points.reduce((best, point) => (distance(point) < distance(best) ? point : best)),
    series,
  }));
}

/** The saved replications of a condition as one list, failed ones left out. */
export type SampleRow = {
  readonly a: number;
  readonly seA: number;
  readonly b: number;
  readonly seB: number;
  /** Per test of the plan: true where it rejects. */
  readonly rejects: readonly boolean[];
};

export function sampleRowsOf(run: PowerRun, conditionIndex: number): SampleRow[] {
  return run.sampleRows.filter((block) => block.conditionIndex === conditionIndex).flatMap(fittedRows);
}

function fittedRows(block: RowBlock): SampleRow[] {
  const rows: SampleRow[] = [];
  for (let row = 0; row < block.count; row++) {
    if (Number.isNaN(block.a[row])) continue;
    rows.push({
      a: block.a[row],
      seA: block.seA[row],
      b: block.b[row],
      seB: block.seB[row],
      rejects: block.decisions.map((decisions) => decisions[row] < UNDEFINED && (decisions[row] & REJECTS) !== 0),
    });
  }
  return rows;
}

/** How a condition of the run was analysed. */
export function analysisOf({ scenario }: Pick<PowerRun, "scenario">, conditionIndex: number): Condition["analysis"] {
  return scenario.generator === "paths"
    ? applyPathsFactors(scenario, scenario.power.conditions[conditionIndex]).analysis
    : conditionsOfService(scenario)[conditionIndex].analysis;
}

/** What a condition of a path model simulated: the scenario's values with its factors applied; null of a service. */
export function pathsOf(
  { scenario }: Pick<PowerRun, "scenario">,
  conditionIndex: number,
): PathsCondition["paths"] | null {
  return scenario.generator === "paths"
    ? applyPathsFactors(scenario, scenario.power.conditions[conditionIndex]).paths
    : null;
}

/** The service that a condition simulated, its factors applied; null of the path model. */
export function serviceOf(
  { scenario }: Pick<PowerRun, "scenario">,
  conditionIndex: number,
): ServiceCondition["service"] | null {
  return scenario.generator === "service" ? conditionsOfService(scenario)[conditionIndex].service : null;
}
