import type { Condition } from "./scenario/types.ts";

/**
 * Conditions that can share their simulated worlds, by index: the same service, observed and analysed in several ways. A
 * condition of the path model stands alone.
 *
 * @returns groups in the order of their first condition; every condition is in exactly one
 */
export function groupsOf(conditions: readonly Condition[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const condition of conditions) {
    const world = condition.generator === "service" ? JSON.stringify(condition.service) : String(condition.index);
    groups.set(world, [...(groups.get(world) ?? []), condition.index]);
  }
  return [...groups.values()];
}
