import type { SensitivityDesign } from "./points.ts";
import type { Infeasible, SensitivityPlan } from "./sensitivityTypes.ts";
import type { PointWorlds } from "./worlds.ts";

/**
 * What could not be simulated: each end of a range, and what the trajectories met, counted. On a trajectory the
 * assumption is named whose step led to what cannot be simulated.
 *
 * @param placeOf of a point of the design
 */
export function infeasibleIn(
  { assumptions }: SensitivityPlan,
  { ends, walks }: SensitivityDesign,
  placeOf: (point: object) => PointWorlds,
): Infeasible[] {
  const alone = assumptions.flatMap(({ path, low, high }, a) =>
    (["low", "high"] as const).flatMap((where, i): Infeasible[] => {
      const place = placeOf(ends[a][i]);
      if (!("why" in place)) return [];
      return [{ path, value: where === "low" ? low : high, where, nTrajectories: 0, ...place }];
    }),
  );
  const together = new Map<string, Infeasible>();
  for (const { trajectory, points } of walks) {
    const met = new Set<string>();
    for (const [at, point] of points.entries()) {
      const place = placeOf(point);
      if (!("why" in place) || (at > 0 && "why" in placeOf(points[at - 1]))) continue;
      const path = at === 0 ? null : assumptions[trajectory.order[at - 1]].path;
      const value = path === null ? Number.NaN : point.values.get(path)!;
      const key = JSON.stringify([path, value, place.scenario]);
      const known = together.get(key);
      const nTrajectories = (known?.nTrajectories ?? 0) + (met.has(key) ? 0 : 1);
      met.add(key);
      together.set(key, { path, value, where: "trajectories", ...(known ?? place), nTrajectories });
    }
  }
  return [...alone, ...together.values()];
}
