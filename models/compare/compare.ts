import { type Block, type BlockRunner, replicate } from "../../sim/montecarlo/replicate.ts";
import { type KpiNotes, notesOfKpi } from "../kpis/kpiDefinition.ts";
import { changesBetween, ignoredSections } from "./changes.ts";
import type { ComparedScenario, Comparison, ComparisonPlan, ScenarioComparison } from "./comparisonTypes.ts";
import { comparedFigures } from "./keyFigures.ts";
import { pairedDifference } from "./pairedDifference.ts";
import { createPairedWeeks } from "./pairedWeeks.ts";
import { rank } from "./ranking.ts";
import type { PlayedReplication } from "./simulateKeyFigures.ts";
import { checkpointsOf, FEWEST_REPLICATIONS, isPreciseEnough, runsNeeded, toleranceOf } from "./stoppingRule.ts";

/** Replications of the base that are played twice. */
const SELF_CHECKED = 10;

/**
 * Compares scenarios with a base on common random numbers: replication r of every scenario has the same key. Every scenario
 * is run beside the base until its own headline figures are known to the precision asked for, looked at only at fixed numbers
 * of replications. So neither the number of threads nor the other scenarios change any of its numbers.
 *
 * @param runner  plays the scenario that a block names: 0 is the base, then the others in order, then the base once
 *   more (`replicationPlayer`)
 * @param version of this program
 * @throws Error if the base played twice differs from itself
 */
export async function compare(
  plan: ComparisonPlan,
  runner: BlockRunner<PlayedReplication>,
  version: string,
  { onPlayed, signal }: { readonly onPlayed?: () => void; readonly signal?: AbortSignal } = {},
): Promise<Comparison> {
  const { base, others, precision, replications } = plan;
  const figures = comparedFigures(plan, base).map(notesOfKpi);
  const again = others.length + 1;
  /** By scenario and replication; the last is the base again. */
  const played: Float64Array[][] = Array.from({ length: again + 1 }, () => []);
  const pairedWeeks = others.map(createPairedWeeks);
  /** The base's weeks by replication, until the others have played it too. */
  const baseWeeks = new Map<number, Float64Array>();
  const play = (scenarios: readonly number[], until: number) =>
    replicate(
      blocksUntil(until, scenarios, played),
      runner,
      ({ figures, weeks }, { conditionIndex, firstReplication }) => {
        played[conditionIndex].push(figures);
        if (conditionIndex === 0) baseWeeks.set(firstReplication, weeks);
        else if (conditionIndex < again) pairedWeeks[conditionIndex - 1].add(baseWeeks.get(firstReplication)!, weeks);
        onPlayed?.();
      },
      signal,
    );
  /** One figure of one scenario, by replication. */
  const valuesOf = (scenario: number, figure: number) => played[scenario].map((values) => values[figure]);
  const isPrecise = (scenario: number) =>
    played[scenario].length >= FEWEST_REPLICATIONS &&
    figures.every(
      ({ headline }, f) =>
        !headline || isPreciseEnough(pairedDifference(valuesOf(0, f), valuesOf(scenario, f)), precision),
    );

  await play([0, again], Math.min(SELF_CHECKED, replications));
  checkSame(played[0], played[again], figures);
  let open = others.map((_, i) => i + 1);
  for (const checkpoint of checkpointsOf(replications)) {
    await play([0, ...open], checkpoint);
    baseWeeks.clear();
    open = open.filter((scenario) => !isPrecise(scenario));
    if (open.length === 0) break;
  }

  const comparisonOf = (other: ComparedScenario, scenario: number): ScenarioComparison => ({
    name: other.name,
    title: other.title,
    changes: changesBetween(base, other),
    ignored: ignoredSections(base, other),
    replications: played[scenario].length,
    isPrecise: isPrecise(scenario),
    figures: figures.map((figure, f) => {
      const difference = pairedDifference(valuesOf(0, f), valuesOf(scenario, f));
      const tolerance = toleranceOf(difference.base, precision);
      return { ...figure, ...difference, tolerance, runsNeeded: runsNeeded(difference, tolerance) };
    }),
    weeks: pairedWeeks[scenario - 1].paired(),
  });
  const names = [base, ...others].map(({ name }) => name);
  return {
    plan,
    version,
    nSelfChecked: played[again].length,
    scenarios: others.map((other, i) => comparisonOf(other, i + 1)),
    rankings: figures.flatMap((figure, f) => {
      const { better, headline } = figure;
      if (!headline || better === null) return [];
      return [
        rank(
          { ...figure, better },
          names,
          names.map((_, scenario) => valuesOf(scenario, f)),
        ),
      ];
    }),
  };
}

/** The replications that are missing, scenario by scenario, a block each. */
function* blocksUntil(
  until: number,
  scenarios: readonly number[],
  played: readonly (readonly unknown[])[],
): Generator<Block> {
  for (const conditionIndex of scenarios) {
    const nPlayed = played[conditionIndex].length;
    for (let firstReplication = nPlayed; firstReplication < until; firstReplication++)
      yield { conditionIndex, firstReplication, count: 1 };
  }
}

function checkSame(base: readonly Float64Array[], again: readonly Float64Array[], figures: readonly KpiNotes[]): void {
  for (const [r, values] of again.entries())
    for (const [f, value] of values.entries())
      if (!Object.is(value, base[r][f]))
        throw new Error(
          `the base differs from itself: ${figures[f].name} of replication ${r} is ${base[r][f]}, then ${value}`,
        );
}
