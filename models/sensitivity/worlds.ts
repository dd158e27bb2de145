import type { CostParameters } from "../costs/parameters.ts";
import type { ServiceParameters } from "../service/parameters.ts";
import { problemsOf, withAssumptions } from "./assumptions.ts";
import type { Point } from "./points.ts";
import type { SensitivityPlan } from "./sensitivityTypes.ts";

/** A service to be played, and the prices that it is reckoned with: prices change nothing that happens. */
export type World = {
  readonly service: ServiceParameters;
  readonly prices: readonly (CostParameters | null)[];
  readonly firstReplication: number;
  readonly nReplications: number;
};

/** Where the value of a point in one scenario is found. */
export type WorldPlace = { readonly world: number; readonly price: number };

/** Base and other scenario at a point; or the first scenario that cannot be simulated there, and why. */
export type PointWorlds =
  | { readonly base: WorldPlace; readonly other: WorldPlace }
  | { readonly scenario: string; readonly why: string };

/**
 * The services behind points: each that is asked for twice on the same replications is played once.
 *
 * @returns `places` parallel to `points`
 */
export function worldsOf(
  { base, other }: Pick<SensitivityPlan, "base" | "other">,
  points: readonly Point[],
): { readonly worlds: readonly World[]; readonly places: readonly PointWorlds[] } {
  const worlds: (World & { readonly prices: (CostParameters | null)[] })[] = [];
  const known = new Map<string, number>();
  const places = points.map(({ values, firstReplication, nReplications }): PointWorlds => {
    const scenarios = [base, other].map((scenario) => withAssumptions(scenario, values));
    for (const scenario of scenarios) {
      const [why] = problemsOf(scenario);
      if (why !== undefined) return { scenario: scenario.name, why };
    }
    const [ofBase, ofOther] = scenarios.map(({ service, costs }): WorldPlace => {
      const key = JSON.stringify([firstReplication, nReplications, service]);
      const world = known.get(key) ?? worlds.push({ service, prices: [], firstReplication, nReplications }) - 1;
      known.set(key, world);
      return { world, price: worlds[world].prices.push(costs) - 1 };
    });
    return { base: ofBase, other: ofOther };
  });
  return { worlds, places };
}
