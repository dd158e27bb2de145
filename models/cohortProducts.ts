import type { Block } from "../sim/montecarlo/replicate.ts";
import { keyOf } from "../sim/random/address.ts";
import { cholesky } from "../sim/numerics/cholesky.ts";
import { groupsOf } from "./conditionGroups.ts";
import type { StudyData } from "./estimators/types.ts";
import type { Condition, ServiceCondition } from "./scenario/types.ts";
import { observeWorld } from "./study/observe.ts";
import { toStudyData } from "./study/studyData.ts";

/** Seed of the worlds that truths are found in: another than any study's. */
const COHORT_SEED = "the very large cohort";

/** The study with everyone in it whom the sample would be drawn from; a biased choice stays as it is. */
export function wholeCohort(study: ServiceCondition["study"]): ServiceCondition["study"] {
  if (study.sampling.scheme === "managerSelected") return study;
  return { ...study, clientsPerTeam: 1, sampling: { ...study.sampling, scheme: "all" } };
}

/** All that least squares needs of the clients of one world: how many, the means, cross-products of deviations from them. */
export type CohortProducts = {
  readonly n: number;
  /** In the order covariates, X, M, Y. */
  readonly means: Float64Array;
  /** Lower triangle, row by row. */
  readonly products: readonly Float64Array[];
};

/** What a thread needs to simulate worlds for truths; plain data. */
export type CohortSetup = { readonly conditions: readonly Condition[] };

/**
 * Plays worlds out and sums up everyone enrolled, for every condition that shares the world.
 *
 * @returns for a block named by the first condition of its group: world after world, condition after condition
 */
export function cohortSimulator({ conditions }: CohortSetup): (block: Block) => CohortProducts[] {
  const groups = new Map(groupsOf(conditions).map((group) => [group[0], group]));
  return ({ conditionIndex, firstReplication, count }) => {
    const group = (groups.get(conditionIndex) ?? []).map((i) => conditions[i] as ServiceCondition);
    const studies = new Map(group.map(({ study }) => [JSON.stringify(wholeCohort(study)), wholeCohort(study)]));
    const names = [...studies.keys()];
    return Array.from({ length: count }, (_, w) => w).flatMap((w) => {
      const key = keyOf(COHORT_SEED, firstReplication + w);
      const observed = observeWorld(group[0].service, [...studies.values()], key);
      return group.map(({ study, model }) =>
        productsOf(toStudyData(observed[names.indexOf(JSON.stringify(wholeCohort(study)))], model)),
      );
    });
  };
}

export function productsOf({ n, x, m, y, covariates }: StudyData): CohortProducts {
  const columns = [...covariates, x, m, y];
  const means = Float64Array.from(columns, (column) => column.reduce((sum, value) => sum + value, 0) / n);
  const products = columns.map((left, i) =>
    Float64Array.from(columns.slice(0, i + 1), (right, j) => {
      let sum = 0;
      for (let r = 0; r < n; r++) sum += (left[r] - means[i]) * (right[r] - means[j]);
      return sum;
    }),
  );
  return { n, means, products };
}

/**
 * a·b of the two regressions on all worlds together, and its standard error by a jackknife that leaves out one world after
 * the other (worlds are independent, clients of one world are not).
 *
 * @returns NaN where the columns of all worlds together are collinear, or there are fewer than two worlds with clients
 */
export function abOfCohort(worlds: readonly CohortProducts[]): { readonly ab: number; readonly mcse: number } {
  const known = worlds.filter(({ n }) => n > 0);
  if (known.length < 2) return { ab: Number.NaN, mcse: Number.NaN };
  const ab = abOf(known);
  const without = known.map((_, left) => abOf(known.filter((_, w) => w !== left)));
  const mean = without.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = without.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { ab, mcse: Math.sqrt(((known.length - 1) / known.length) * squares) };
}

function abOf(worlds: readonly CohortProducts[]): number {
  const p = worlds[0].means.length;
  const total = worlds.reduce((sum, { n }) => sum + n, 0);
  const mean = (i: number) => worlds.reduce((sum, { n, means }) => sum + n * means[i], 0) / total;
  const means = Float64Array.from({ length: p }, (_, i) => mean(i));
  const products = Array.from({ length: p }, (_, i) =>
    Float64Array.from({ length: i + 1 }, (_, j) =>
      worlds.reduce(
        (sum, { n, means: own, products: within }) =>
          sum + within[i][j] + n * (own[i] - means[i]) * (own[j] - means[j]),
        0,
      ),
    ),
  );
  const factor = cholesky(products);
  if (factor === null) return Number.NaN;
  const [x, m, y] = [p - 3, p - 2, p - 1];
  return (factor[m][x] / factor[x][x]) * (factor[y][m] / factor[m][m]);
}
