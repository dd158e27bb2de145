import type { Marginal } from "./missingValues.ts";
import type { PanelLevel, PanelPopulation } from "./panelPopulation.ts";
import type { Population } from "./population.ts";

type Marginals = readonly [x: Marginal, m: Marginal, y: Marginal];

/**
 * Distributions of observed X, M and Y at every wave (one occasion: one wave), normal residuals provided: normal, or with a binary
 * X mixtures of the two arms.
 */
export function marginalsOf(population: Population): Marginals[] {
  const { panel, x, variances, varM, varY, coefficients, teams } = population;
  const errors = [variances.xErr, variances.mErr, variances.yErr];
  const normal = (total: readonly number[]) =>
    total.map((variance, v) => ({ parts: [{ weight: 1, mean: 0 }], sd: Math.sqrt(variance + errors[v]) }));
  if (x.distribution === "normal") {
    const total = panel === null ? [variances.x, varM, varY] : [panel.longRun[0], panel.longRun[4], panel.longRun[8]];
    return Array.from({ length: panel?.nWaves ?? 1 }, () => normal(total) as unknown as Marginals);
  }
  const { share } = x;
  const arms = (effects: readonly number[], within: readonly number[]) =>
    effects.map((effect, v) => ({
      parts: [
        { weight: 1 - share, mean: 0 },
        { weight: share, mean: effect },
      ],
      sd: Math.sqrt(within[v] + errors[v]),
    })) as unknown as Marginals;
  if (panel !== null) return armsByWave(panel, teams.xBetween === 1, arms);
  const { a, b, cPrime } = coefficients;
  const effects = [1, a, cPrime + a * (teams.xBetween === 1 ? teams.bBetween : b)];
  const ofArms = effects.map((effect) => effect * effect * variances.x);
  return [arms(effects, [0, varM - ofArms[1], varY - ofArms[2]])];
}

/** Effects of the allocation on X, M and Y, and variances within arms, from wave to wave. */
function armsByWave(
  { nWaves, team, manager, client }: PanelPopulation,
  ofTeams: boolean,
  arms: (effects: readonly number[], within: readonly number[]) => Marginals,
): Marginals[] {
  const { slopes } = ofTeams ? team : client;
  let effects = [1, 0, 0];
  let levels = [team, manager, client].map((level) => ({ level, covariance: level.start }));
  return Array.from({ length: nWaves }, () => {
    const within = [0, 4, 8].map((k) => levels.reduce((sum, { covariance }) => sum + covariance[k], 0));
    const here = arms(effects, within);
    effects = [0, 1, 2].map((v) => effects.reduce((sum, effect, k) => sum + slopes[3 * v + k] * effect, 0));
    levels = levels.map(({ level, covariance }) => ({ level, covariance: aWaveLater(level, covariance) }));
    return here;
  });
}

/** A·V·A′ + ψ. */
function aWaveLater({ slopes, noiseSd }: PanelLevel, covariance: Float64Array): Float64Array {
  return covariance.map((_, at) => {
    const [i, j] = [Math.floor(at / 3), at % 3];
    let sum = i === j ? noiseSd[i] * noiseSd[i] : 0;
    for (let k = 0; k < 3; k++)
      for (let l = 0; l < 3; l++) sum += slopes[3 * i + k] * covariance[3 * k + l] * slopes[3 * j + l];
    return sum;
  });
}
