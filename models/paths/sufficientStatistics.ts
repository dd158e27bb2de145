import { chiSquareQuantileTable } from "../../sim/numerics/quantileTable.ts";
import type { Key } from "../../sim/random/address.ts";
import { normalsAcrossReplications } from "../../sim/random/fill.ts";
import { WHAT } from "../what.ts";
import { type Population, treatedCount } from "./population.ts";

/** Columns over replications: both paths and their standard errors. */
export type PathColumns = {
  readonly a: Float64Array;
  readonly seA: Float64Array;
  readonly b: Float64Array;
  readonly seB: Float64Array;
};

/** Draws of one replication, by their `when` in the stream `sufficientStatistics`. */
const Z_A = 0;
const Z_B = 1;
const RSS_M = 2;
const RSS_Y = 3;
const SXX = 4;
const SXX_LOST = 5;

/**
 * Samples what ordinary regression would find in a study, without its rows: five draws whatever n is.
 *
 * With k covariates, given normal residuals: u = S_xx given the covariates, s = RSS_M ~ ve·χ²(n − 2 − k),
 * v = RSS_Y ~ vy·χ²(n − 3 − k), Z₁, Z₂ standard normal, all independent;
 * â = a + Z₁√(ve/u), se_a² = s/((n − 2 − k)u); b̂ = b + Z₂√(vy/s), se_b² = v/((n − 3 − k)s).
 * u ~ var(X)·χ²(n − 1 − k) for a normal X; for a binary X fixed by design n·p(1 − p), times a
 * Beta((n − 1 − k)/2, k/2) share that the covariates leave.
 *
 * @param population must be `normalTheory`
 * @param n          clients; at least k + 4
 * @returns a function (seed key, first replication, count) → columns of length count
 * @source  Wishart sampling theory; derivation checked against rows in test/statistical and the exact engine in test/oracle
 */
export function createSufficientSampler(
  population: Population,
  n: number,
): (seed: Key, first: number, count: number) => PathColumns {
  const { aObs, bObs, veObs, vyObs, nCovariates: k } = population;
  const dfA = n - 2 - k;
  const dfB = n - 3 - k;
  const rssM = chiSquareQuantileTable(dfA);
  const rssY = chiSquareQuantileTable(dfB);
  const sxx = createSxx(population, n);

  return (seed, first, count) => {
    const draws = normalsAcrossReplications(seed, first, count, WHAT.sufficientStatistics, sxx.nDraws);
    const columns = {
      a: new Float64Array(count),
      seA: new Float64Array(count),
      b: new Float64Array(count),
      seB: new Float64Array(count),
    };
    const [zA, zB, zM, zY] = [draws[Z_A], draws[Z_B], draws[RSS_M], draws[RSS_Y]];
    for (let r = 0; r < count; r++) {
      const u = sxx.at(draws, r);
      const s = veObs * rssM.at(zM[r]);
      const v = vyObs * rssY.at(zY[r]);
      columns.a[r] = aObs + zA[r] * Math.sqrt(veObs / u);
      columns.seA[r] = Math.sqrt(s / (dfA * u));
      columns.b[r] = bObs + zB[r] * Math.sqrt(vyObs / s);
      columns.seB[r] = Math.sqrt(v / (dfB * s));
    }
    return columns;
  };
}

type Sxx = { readonly nDraws: number; readonly at: (draws: readonly Float64Array[], r: number) => number };

/** The sum of squares of observed X that the covariates leave. */
function createSxx({ x, variances, nCovariates: k }: Population, n: number): Sxx {
  if (x.distribution === "normal") {
    const variance = variances.x + variances.xErr;
    const table = chiSquareQuantileTable(n - 1 - k);
    return { nDraws: SXX + 1, at: (draws, r) => variance * table.at(draws[SXX][r]) };
  }
  const treated = treatedCount(n, x.share);
  const total = (treated * (n - treated)) / n;
  if (k === 0) return { nDraws: RSS_Y + 1, at: () => total };
  const kept = chiSquareQuantileTable(n - 1 - k);
  const lost = chiSquareQuantileTable(k);
  return {
    nDraws: SXX_LOST + 1,
    at: (draws, r) => {
      const left = kept.at(draws[SXX][r]);
      return (total * left) / (left + lost.at(draws[SXX_LOST][r]));
    },
  };
}
