import { type BlockRunner, blocksOf, replicate } from "../sim/montecarlo/replicate.ts";
import { createMeanOfWorlds } from "./meanOfWorlds.ts";
import { kpiDefinitionsOf } from "./kpis/kpiDefinitions.ts";
import { summariseKpis } from "./kpis/summariseKpis.ts";
import { TEAM_SERIES } from "./service/teamSeries.ts";
import type { SimulationPlan, SimulationRun, WorldResult } from "./simulationTypes.ts";
import type { ObservedStudy } from "./study/observe.ts";

/**
 * Simulates a plan: every replication is one service with other luck; their results are taken in the order of
 * replications, so that the run does not depend on how many threads there are.
 *
 * @param runner  runs a block of one replication (`worldSimulator`)
 * @param version of this program
 */
export async function simulation(
  plan: SimulationPlan,
  runner: BlockRunner<WorldResult>,
  version: string,
  { onWorld, signal }: { readonly onWorld?: () => void; readonly signal?: AbortSignal } = {},
): Promise<SimulationRun> {
  const kpis: Float64Array[] = [];
  const nFlagged = { noStaff: 0, noClients: 0 };
  const series = TEAM_SERIES.map(createMeanOfWorlds);
  const nClients = createMeanOfWorlds();
  const quantile = createMeanOfWorlds();
  const studies: ObservedStudy[] = [];
  let first: WorldResult | undefined;

  const take = (world: WorldResult) => {
    first ??= world;
    kpis.push(world.kpis);
    for (const flag of world.flags) nFlagged[flag]++;
    world.series.forEach((values, s) => {
      series[s].add(values);
    });
    nClients.add(world.fan.nClients);
    quantile.add(world.fan.quantile);
    if (world.study !== null) studies.push(world.study);
    onWorld?.();
  };
  await replicate(blocksOf(plan.replications, [1]), runner, take, signal);
  if (first === undefined) throw new RangeError("a simulation takes at least one replication and one study");
  return {
    plan,
    version,
    kpis: summariseKpis(kpiDefinitionsOf(plan), kpis),
    nFlagged,
    meanSeries: series.map(({ mean }) => mean()),
    firstSeries: first.series,
    fan: { nMonths: first.fan.nMonths, nClients: nClients.mean(), quantile: quantile.mean() },
    studies,
    audits: studies[0].audits,
  };
}
