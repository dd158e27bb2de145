import { type Block, type BlockRunner, replicate } from "../../sim/montecarlo/replicate.ts";
import { comparedFigures } from "../compare/keyFigures.ts";
import { pairedDifference } from "../compare/pairedDifference.ts";
import { notesOfKpi } from "../kpis/kpiDefinition.ts";
import { infeasibleIn } from "./infeasible.ts";
import { designOf, type Point, pointsOf } from "./points.ts";
import { screen } from "./screened.ts";
import type { Sensitivity, SensitivityPlan } from "./sensitivityTypes.ts";
import { type PointValues, variedAlone } from "./variedAlone.ts";
import { type PointWorlds, type World, type WorldPlace, worldsOf } from "./worlds.ts";

/**
 * Which assumption drives a difference: every assumption of the base that has a range, one at a time at the ends of it, and all
 * together by Morris's screening. An assumption has the same value in both scenarios, and every point has the same luck.
 *
 * @param runner  plays one replication of a world (`sensitivitySimulator`)
 * @param version of this program
 */
export async function sensitivity(
  plan: SensitivityPlan,
  runner: BlockRunner<Float64Array>,
  version: string,
  { onPlayed, signal }: { readonly onPlayed?: () => void; readonly signal?: AbortSignal } = {},
): Promise<Sensitivity> {
  const design = designOf(plan);
  const points = pointsOf(design);
  const { worlds, places } = worldsOf(plan, points);
  const placeOf = new Map<object, PointWorlds>(points.map((point, i) => [point, places[i]]));
  /** By world and replication: the figure at every set of prices. */
  const played: Float64Array[][] = worlds.map(() => []);
  await replicate(
    blocksOfWorlds(worlds),
    runner,
    (values, { conditionIndex }) => {
      played[conditionIndex].push(values);
      onPlayed?.();
    },
    signal,
  );

  const seriesAt = ({ world, price }: WorldPlace) => Float64Array.from(played[world], (values) => values[price]);
  const valuesAt = (point: Point): PointValues | null => {
    const place = placeOf.get(point)!;
    return "why" in place ? null : { base: seriesAt(place.base), other: seriesAt(place.other) };
  };
  const central = valuesAt(design.central);
  if (central === null) throw new Error("the scenarios themselves cannot be simulated");
  const alone = plan.assumptions.map((assumption, a) => {
    const [low, high] = design.ends[a].map(valuesAt);
    return variedAlone(assumption, central, low, high);
  });
  const walks = design.walks.map(({ trajectory, points }) => ({ trajectory, values: points.map(valuesAt) }));
  return {
    plan,
    version,
    figure: notesOfKpi(comparedFigures(plan, plan.base).find(({ name }) => name === plan.figure)!),
    nServices: nServicesOf(worlds),
    nTrajectories: design.walks.length,
    perTrajectory: design.perTrajectory,
    central: pairedDifference(central.base, central.other),
    alone: alone.sort((one, other) => descending(one.extent, other.extent)),
    together: screen(plan.assumptions, walks).sort((one, other) => descending(one.muStar, other.muStar)),
    infeasible: infeasibleIn(plan, design, (point) => placeOf.get(point)!),
  };
}

/** Services that a plan plays. */
export function servicesOf(plan: SensitivityPlan): number {
  return nServicesOf(worldsOf(plan, pointsOf(designOf(plan))).worlds);
}

function nServicesOf(worlds: readonly World[]): number {
  return worlds.reduce((sum, { nReplications }) => sum + nReplications, 0);
}

function* blocksOfWorlds(worlds: readonly World[]): Generator<Block> {
  for (const [conditionIndex, { firstReplication, nReplications }] of worlds.entries())
    for (let r = 0; r < nReplications; r++) yield { conditionIndex, firstReplication: firstReplication + r, count: 1 };
}

/** Numbers that are not defined come last. */
function descending(one: number, other: number): number {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  return other - one;
}
