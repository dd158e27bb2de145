import { N_TENURE_VARIABLES, type TenureRecord } from "./recordTenure.ts";

/** Quantiles of a fan: two bands and the median between them. */
export const FAN_QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9] as const;
/** Fewer clients make no band. */
export const FEWEST_IN_FAN = 5;

/** Spread of alliance and outcomes over clients by months in service. */
export type Fan = {
  readonly nMonths: number;
  /** Clients in service so many months after admission, by month. */
  readonly nClients: Float64Array;
  /** At (variable · nMonths + month) · 5 + quantile; NaN with fewer than five clients. Variables: alliance, outcomes. */
  readonly quantile: Float64Array;
};

/** The fan of one service. */
export function fanOf({ nMonths, values }: TenureRecord): Fan {
  const quantile = new Float64Array(N_TENURE_VARIABLES * nMonths * FAN_QUANTILES.length).fill(Number.NaN);
  for (let variable = 0; variable < N_TENURE_VARIABLES; variable++)
    for (let month = 0; month < nMonths; month++) {
      if (values[month][variable].length < FEWEST_IN_FAN) continue;
      const sorted = Float64Array.from(values[month][variable]).sort();
      FAN_QUANTILES.forEach((p, q) => {
        quantile[(variable * nMonths + month) * FAN_QUANTILES.length + q] = quantileOf(sorted, p);
      });
    }
  return { nMonths, nClients: Float64Array.from(values, ([alliance]) => alliance.length), quantile };
}

/**
 * Quantile p of sorted values: linear between the order statistics about (n − 1)·p.
 *
 * @param sorted ascending, at least one value
 * @source Hyndman & Fan (1996), definition 7, doi:10.1080/00031305.1996.10473566
 */
export function quantileOf(sorted: Float64Array, p: number): number {
  const at = (sorted.length - 1) * p;
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
