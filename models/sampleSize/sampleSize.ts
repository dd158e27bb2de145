import { partsOf, type RateName } from "../decisionNames.ts";
import { hasExactPower, rejectionProbability } from "../exact/exactPower.ts";
import { fewestClientsOf } from "../paths/fewestClients.ts";
import { populationOf } from "../paths/population.ts";
import type { EstimatorName, PathsCondition, PowerTest } from "../scenario/types.ts";
import type { SampleSizeAnswer, SimulateCondition } from "./answer.ts";
import type { Series } from "./series.ts";
import { type Dial, searchSimulated } from "./simulatedSearch.ts";
import { approximateN, LARGEST_N, smallestN } from "./smallestN.ts";

/** Most clients that a search simulates row by row: beyond, a single study takes seconds. */
export const MOST_SIMULATED = 1_000_000;

/** With teams, most clients in each that a search tries: where power has levelled off before, only more teams help. */
export const MOST_PER_TEAM = 200;

/**
 * Smallest N at which a test reaches its target power in a series: exactly where the exact engine applies, else by a search on
 * simulated power that starts at the N of joint significance (as if clients were independent and residuals normal).
 *
 * @param rate         a test, by any estimator ("sobel:cr2")
 * @param target       in (0, 1)
 * @param replications per setting of a simulated search
 * @param simulate     called for tests without exact power only
 * @param perTeam      clients in each team, ≥ 2, where the number of teams is sought; left out: N for the series' own teams
 */
export async function sampleSizeOf(
  series: Series,
  rate: RateName,
  target: number,
  replications: number,
  simulate: SimulateCondition,
  perTeam?: number,
): Promise<SampleSizeAnswer> {
  const { factors, paths, analysis } = series;
  const { test, estimator } = partsOf(rate) as { test: PowerTest; estimator: EstimatorName };
  const population = populationOf(paths);
  const exact = estimator === "ols" && hasExactPower(population, analysis.level, test);
  const none = (reason: string, power: number | null = null) => ({ n: null, power, exact, ci: null, reason });
  if (population.estimand === 0) return none("a·b is 0: there is no effect to find, with however many clients");

  const fewest = fewestClientsOf(paths);
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
  const nTeams = paths.teams.count;
  const conditionAt = (nClients: number, count: number): PathsCondition => ({
    index: 0,
    generator: "paths",
    factors: { ...factors, nClients },
    nClients,
    paths: { ...paths, teams: { ...paths.teams, count } },
    analysis: { ...analysis, tests: [test], estimators: estimator === "ols" ? ["ols"] : ["ols", estimator] },
  });
  const onRoot = { whole: true, toScale: Math.sqrt, fromScale: (x: number) => x * x };
  const plan = { target, level: analysis.level, replications };
  if (perTeam !== undefined) {
    const teams: Dial = { ...onRoot, least: FEWEST_TEAMS, most: Math.floor(MOST_SIMULATED / perTeam) };
    const found = await searchSimulated(
      (count, first, n) => simulate(conditionAt(count * perTeam, count), first, n),
      teams,
      { ...plan, start: start / perTeam },
    );
    if (found.ok) {
      const [low, high] = found.ci;
      const ci = [low * perTeam, high * perTeam] as const;
      return { n: found.setting * perTeam, teams: found.setting, power: found.power, exact, ci };
    }
    return none(failureIn(found, `${found.setting} teams of ${perTeam} clients`, "the number of teams"), found.power);
  }
  const most = nTeams === 0 ? MOST_SIMULATED : Math.min(MOST_SIMULATED, MOST_PER_TEAM * nTeams);
  const clients: Dial = { ...onRoot, least: fewest, most };
  const found = await searchSimulated((n, first, count) => simulate(conditionAt(n, nTeams), first, count), clients, {
    ...plan,
    start,
  });
  if (found.ok) return { n: found.setting, power: found.power, exact, ci: found.ci };
  const where = nTeams === 0 ? `${found.setting} clients` : `${found.setting} clients in ${nTeams} teams`;
  const more =
    nTeams > 0 && found.reason === "belowTarget" ? "; more clients hardly help, more teams do (--per-team)" : "";
  return none(failureIn(found, where, "N") + more, found.power);
}

/** Below this the regressions on team means have no degrees of freedom to speak of. */
const FEWEST_TEAMS = 4;

function failureIn(
  { reason, power }: { readonly reason: "belowTarget" | "tooNoisy"; readonly power: number },
  where: string,
  what: string,
): string {
  return reason === "belowTarget"
    ? `not even ${where} are enough: power there is ${rounded(power)}`
    : `power does not visibly rise with ${what} near ${where}; try more replications`;
}

/** A power for a sentence, never rounded up to a target that it misses. */
export function rounded(power: number): string {
  return String(Math.floor(power * 1000) / 1000);
}
