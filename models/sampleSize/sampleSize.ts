import { hasExactPower, rejectionProbability } from "../exact/exactPower.ts";
import { fewestClients } from "../exact/studyDesign.ts";
import { populationOf } from "../paths/population.ts";
import type { PathsCondition, PowerTest } from "../scenario/types.ts";
import type { SampleSizeAnswer, SimulateCondition } from "./answer.ts";
import type { Series } from "./series.ts";
import { type Dial, searchSimulated } from "./simulatedSearch.ts";
import { approximateN, LARGEST_N, smallestN } from "./smallestN.ts";

/** Most clients that a search simulates row by row: beyond, a single study takes seconds. */
export const MOST_SIMULATED = 1_000_000;

/**
 * Smallest N at which a test reaches its target power in a series: exactly where the exact engine applies, else by a search on
 * simulated power that starts at the N of joint significance (as if residuals were normal).
 *
 * @param target       in (0, 1)
 * @param replications per setting of a simulated search
 * @param simulate     called for tests without exact power only
 */
export async function sampleSizeOf(
  { factors, paths, analysis }: Series,
  test: PowerTest,
  target: number,
  replications: number,
  simulate: SimulateCondition,
): Promise<SampleSizeAnswer> {
  const population = populationOf(paths);
  const exact = hasExactPower(population, analysis.level, test);
  const none = (reason: string, power: number | null = null) => ({ n: null, power, exact, ci: null, reason });
  if (population.estimand === 0) return none("a·b is 0: there is no effect to find, with however many clients");

  const fewest = Math.max(fewestClients(population.nCovariates), population.teams.count + 1);
  const powerOf = (known: PowerTest) => {
    const seen = new Map<number, number>();
    return (n: number) => {
      const power = seen.get(n) ?? (rejectionProbability(population, n, analysis.level, known) as number);
      seen.set(n, power);
      return power;
    };
  };
  const guess = approximateN(population, analysis.level, target);
  if (exact) {
    const power = powerOf(test);
    const found = smallestN(power, target, fewest, guess);
    if (found !== null) return { ...found, exact, ci: null };
    return none(
      `not even ${LARGEST_N} clients are enough: power there is ${rounded(power(LARGEST_N))}`,
      power(LARGEST_N),
    );
  }

  const start = smallestN(powerOf("jointSignificance"), target, fewest, guess)?.n ?? Number.POSITIVE_INFINITY;
  if (start > MOST_SIMULATED) {
    const about = start <= LARGEST_N ? `about ${start}` : `more than ${LARGEST_N}`;
    return none(`${about} clients by joint significance: too many to simulate (at most ${MOST_SIMULATED})`);
  }
  const clients: Dial = {
    least: fewest,
    most: MOST_SIMULATED,
    whole: true,
    toScale: Math.sqrt,
    fromScale: (x) => x * x,
  };
  const conditionAt = (nClients: number): PathsCondition => ({
    index: 0,
    generator: "paths",
    factors: { ...factors, nClients },
    nClients,
    paths,
    analysis: { ...analysis, tests: [test] },
  });
  const answer = await searchSimulated((n, first, count) => simulate(conditionAt(n), first, count), clients, {
    target,
    level: analysis.level,
    replications,
    start,
  });
  if (answer.ok) return { n: answer.setting, power: answer.power, exact, ci: answer.ci };
  return answer.reason === "belowTarget"
    ? none(`not even ${answer.setting} clients are enough: power there is ${rounded(answer.power)}`, answer.power)
    : none(`power does not visibly rise with N near ${answer.setting} clients; try more replications`, answer.power);
}

/** A power for a sentence, never rounded up to a target that it misses. */
export function rounded(power: number): string {
  return String(Math.floor(power * 1000) / 1000);
}
