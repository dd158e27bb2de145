import { describeWithinBetweenFailure, withinBetween } from "../withinBetween.ts";
import type { Estimates, Study } from "./estimate.ts";
import type { AnalysisFailure, Clustering } from "./types.ts";

/**
 * The 2-1-1 model: a, b between, c′ and c from team means. c is X on the team mean of Y, had as a is had of M.
 *
 * @param level confidence level in (0, 1)
 */
export function estimateWithinBetween(
  { data, names }: Study,
  { name, clusters, labels }: Clustering,
  level: number,
): Estimates | AnalysisFailure {
  const own = withinBetween(data, clusters, level);
  if (!own.ok) {
    return { ok: false, kind: "estimator", because: describeWithinBetweenFailure(own, names, name, labels) };
  }
  const exchanged = withinBetween({ ...data, m: data.y, y: data.m }, clusters, level);
  if (!exchanged.ok) {
    const swapped = { ...names, m: names.y, y: names.m };
    return { ok: false, kind: "estimator", because: describeWithinBetweenFailure(exchanged, swapped, name, labels) };
  }
  const { a, bBetween, bWithin, contextual, cPrime, mediatorVariance, outcomeVariance } = own;
  return {
    ok: true,
    paths: { a, b: bBetween, cPrime, c: exchanged.a },
    models: null,
    mixed: null,
    withinBetween: { bWithin, contextual, variances: { m: mediatorVariance, y: outcomeVariance } },
  };
}
