import { type Block, type BlockRunner, replicate } from "../sim/montecarlo/replicate.ts";
import { abOfCohort, type CohortProducts, wholeCohort } from "./cohortProducts.ts";
import { groupsOf } from "./conditionGroups.ts";
import { populationOf } from "./paths/population.ts";
import type { Condition, ServiceCondition } from "./scenario/types.ts";
import { OUTCOMES } from "./service/outcomeParameters.ts";

/** What a condition's estimates aim at. */
export type Truth = {
  readonly estimand: number;
  /** Monte-Carlo SE of the estimand; null where it is known exactly. */
  readonly estimandMcse: number | null;
  /** True where the model has no indirect effect. */
  readonly isNull: boolean;
};

/** Where the truth of a service condition is kept, by its content (`truthKey`). */
export type TruthStore = {
  readonly get: (key: string) => Pick<Truth, "estimand" | "estimandMcse"> | undefined;
  readonly put: (key: string, truth: Pick<Truth, "estimand" | "estimandMcse">) => void;
};

/** Teams in the very large cohort: the worlds that are simulated have so many between them. */
const TEAMS_IN_COHORT = 1_400;
/** Worlds simulated at a time. */
const WORLDS_PER_BLOCK = 4;

/**
 * The true indirect effect of every condition. Of the path model it is a·b. Of a service it is what the same analysis
 * finds in a very large cohort: the regressions on all that some 100 independent worlds enrol, with a jackknife over
 * worlds as Monte-Carlo SE. Worlds are those of a seed of their own, so that estimates and truth are independent.
 *
 * @param runner runs blocks of worlds (`cohortSimulator`); asked only for what the store does not have
 * @param onWorlds hears how many worlds were simulated
 */
export async function truthsOf(
  conditions: readonly Condition[],
  runner: () => Promise<BlockRunner<readonly CohortProducts[]>>,
  store: TruthStore,
  {
    signal,
    onWorlds,
  }: { readonly signal?: AbortSignal; readonly onWorlds?: (done: number, total: number) => void } = {},
): Promise<Truth[]> {
  const unknown = groupsOf(conditions).filter((group) =>
    group.some((i) => {
      const condition = conditions[i];
      return condition.generator === "service" && store.get(truthKey(condition)) === undefined;
    }),
  );
  if (unknown.length > 0) await simulateCohorts(conditions, unknown, await runner(), store, { signal, onWorlds });
  return conditions.map((condition) => {
    if (condition.generator === "paths") {
      const { estimand } = populationOf(condition.paths);
      return { estimand, estimandMcse: null, isNull: estimand === 0 };
    }
    const known = store.get(truthKey(condition));
    if (known === undefined) throw new Error(`the truth of condition ${condition.index + 1} is not known`);
    return { ...known, isNull: hasNoEffect(condition) };
  });
}

/** Equal for conditions whose truth is the same: the size of the sample is no part of it. */
export function truthKey({ service, study, model }: ServiceCondition): string {
  const { label: _, ...columns } = model;
  return JSON.stringify([service, wholeCohort(study), columns, nWorlds(service)]);
}

export function nWorlds({ teams }: ServiceCondition["service"]): number {
  return Math.max(20, Math.ceil(TEAMS_IN_COHORT / teams.count));
}

async function simulateCohorts(
  conditions: readonly Condition[],
  groups: readonly (readonly number[])[],
  runner: BlockRunner<readonly CohortProducts[]>,
  store: TruthStore,
  {
    signal,
    onWorlds,
  }: {
    readonly signal?: AbortSignal | undefined;
    readonly onWorlds?: ((done: number, total: number) => void) | undefined;
  },
): Promise<void> {
  const sizes = new Map(groups.map(([first]) => [first, nWorlds((conditions[first] as ServiceCondition).service)]));
  const total = [...sizes.values()].reduce((sum, n) => sum + n, 0);
  const found = new Map<number, CohortProducts[]>(conditions.map(({ index }) => [index, []]));
  let done = 0;
  try {
    await replicate(
      blocksOfWorlds(sizes),
      runner,
      (products, { conditionIndex, count }) => {
        const group = groups.find(([first]) => first === conditionIndex) ?? [];
        for (const [p, one] of products.entries()) found.get(group[p % group.length])?.push(one);
        done += count;
        onWorlds?.(done, total);
      },
      signal,
    );
  } finally {
    await runner.close();
  }
  for (const i of groups.flat()) {
    const { ab, mcse } = abOfCohort(found.get(i) ?? []);
    store.put(truthKey(conditions[i] as ServiceCondition), { estimand: ab, estimandMcse: mcse });
  }
}

function* blocksOfWorlds(sizes: ReadonlyMap<number, number>): Generator<Block> {
  for (const [conditionIndex, n] of sizes)
    for (let firstReplication = 0; firstReplication < n; firstReplication += WORLDS_PER_BLOCK)
      yield { conditionIndex, firstReplication, count: Math.min(WORLDS_PER_BLOCK, n - firstReplication) };
}

/** Whether the model has no path from fidelity over alliance to the outcome of the analysis. */
function hasNoEffect({ service, model }: ServiceCondition): boolean {
  const { effects, outcomes } = service;
  const outcome = OUTCOMES.find((name) => model.y.startsWith(name));
  return (
    effects.fidelityOnAlliance === 0 ||
    effects.allianceOnOutcomes === 0 ||
    (outcome !== undefined && outcomes[outcome].alliance === 0)
  );
}
