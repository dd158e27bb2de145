import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";
import { partsOf, type RateName } from "../decisionNames.ts";
import { hasExactPower, rejectionProbability } from "../exact/exactPower.ts";
import { populationOf } from "../paths/population.ts";
import type { EstimatorName, PathsCondition, PowerTest } from "../scenario/types.ts";
import type { EffectAnswer, SimulateCondition } from "./answer.ts";
import { candidateSizes, type SoughtPaths, smallestEffect, withEffect } from "./effect.ts";
import { rounded } from "./sampleSize.ts";
import type { Series } from "./series.ts";
import { type Dial, searchSimulated } from "./simulatedSearch.ts";

/**
 * Smallest effect that N clients detect with the target power: the common size of a and b, or of one of them for the scenario's
 * other. Exact where the exact engine applies (the size to 1e-8), else by a search on simulated power that starts at
 * the effect of joint significance. Signs, and all else of the scenario, stay.
 *
 * @param nClients     at least covariates + 4
 * @param target       in (0, 1)
 * @param replications per setting of a simulated search
 * @param simulate     called for tests without exact power only
 */
export async function detectableEffect(
  { factors, paths, analysis }: Series,
  rate: RateName,
  sought: SoughtPaths,
  nClients: number,
  target: number,
  replications: number,
  simulate: SimulateCondition,
): Promise<EffectAnswer> {
  const { level } = analysis;
  const given = sought === "a" ? paths.b : sought === "b" ? paths.a : 1;
  const { test, estimator } = partsOf(rate) as { test: PowerTest; estimator: EstimatorName };
  const exact = estimator === "ols" && hasExactPower(populationOf(paths), level, test);
  const none = (reason: string, power: number | null = null) => ({
    a: null,
    b: null,
    indirect: null,
    power,
    exact,
    ci: null,
    reason,
  });
  if (given === 0) return none(`${sought === "a" ? "b" : "a"} is 0: a·b stays 0 whatever ${sought} is`);

  const sizes = candidateSizes(paths, sought, guessedSize(paths.residualSd, nClients, level, target));
  const powerOf = (known: PowerTest) => (size: number) =>
    rejectionProbability(populationOf(withEffect(paths, sought, size)), nClients, level, known) as number;
  const found = smallestEffect(powerOf(exact ? test : "jointSignificance"), target, sizes);
  const answer = (size: number, power: number, ci: EffectAnswer["ci"]): EffectAnswer => {
    const { a, b } = withEffect(paths, sought, size);
    return { a, b, indirect: populationOf({ ...paths, a, b }).estimand, power, exact, ci };
  };
  if (exact) {
    if ("size" in found) return answer(found.size, found.power, null);
    return none(
      `out of reach: power is ${rounded(found.highest.power)} at best${ceiling(sought)}`,
      found.highest.power,
    );
  }

  const start = "size" in found ? found.size : found.highest.size;
  const size: Dial = { least: 0, most: sizes[sizes.length - 1], whole: false, toScale: (x) => x, fromScale: (x) => x };
  const conditionAt = (setting: number): PathsCondition => ({
    index: 0,
    generator: "paths",
    factors: { ...factors, nClients },
    nClients,
    paths: withEffect(paths, sought, setting),
    analysis: { ...analysis, tests: [test], estimators: estimator === "ols" ? ["ols"] : ["ols", estimator] },
  });
  const searched = await searchSimulated(
    (setting, first, count) => simulate(conditionAt(setting), first, count),
    size,
    {
      target,
      level,
      replications,
      start,
    },
  );
  if (searched.ok) return answer(searched.setting, searched.power, searched.ci);
  return searched.reason === "belowTarget"
    ? none(`out of reach: power is ${rounded(searched.power)} at best${ceiling(sought)}`, searched.power)
    : none(
        `power does not visibly rise with the effect near ${rounded(searched.setting)}${ceiling(sought)}`,
        searched.power,
      );
}

/** The size at which a path's z-test alone has the target power, whichever path's units make it larger. */
function guessedSize(residualSd: { m: number; y: number }, nClients: number, level: number, target: number): number {
  const z = normalQuantile(Math.sqrt(target)) - normalQuantile((1 - level) / 2);
  return (Math.max(0.1, z) * Math.max(residualSd.m, residualSd.y / residualSd.m)) / Math.sqrt(nClients);
}

function ceiling(sought: SoughtPaths): string {
  return sought === "ab" ? "" : `, because ${sought === "a" ? "b" : "a"} limits it`;
}
