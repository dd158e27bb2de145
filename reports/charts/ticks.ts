import { formatCount } from "../format.ts";

/** The N axis of a chart: scale, domain and the tick values to print, chosen so that no two labels touch. */
export type CountAxis = {
  readonly type: "linear" | "log";
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  /** vega expression that prints a tick. */
  readonly labelExpr: string;
};

/**
 * An axis for counts of clients: logarithmic once the largest is at least 12 times the smallest.
 *
 * @param counts at least one N ≥ 1
 * @param width  px of the plot
 */
export function countAxis(counts: readonly number[], width: number): CountAxis {
  const least = Math.min(...counts);
  const most = Math.max(...counts);
  const type = most >= 12 * least ? "log" : "linear";
  const margin = type === "log" ? (most / least) ** 0.03 : Math.max((most - least) * 0.03, most * 0.01);
  const domain: [number, number] =
    type === "log" ? [rounded(least / margin), rounded(most * margin)] : [Math.max(0, least - margin), most + margin];
  const compact = most >= 1e5;
  const labelWidth = 7 * (compact ? 4 : formatCount(most).length) + 14;
  const maxTicks = Math.min(11, Math.max(2, Math.floor(width / labelWidth)));
  return {
    type,
    domain,
    ticks: type === "log" ? logTicks(domain, width / labelWidth) : linearTicks(domain, maxTicks),
    labelExpr: compact ? "format(datum.value, '~s')" : "format(datum.value, ',')",
  };
}

/** Powers with fractions differ in the last digit between engines; the chart must not. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

function linearTicks([low, high]: readonly [number, number], maxTicks: number): number[] {
  for (let size = 1; ; size *= 10) {
    for (const step of [size, 2 * size, 5 * size]) {
      const first = Math.ceil(low / step);
      const last = Math.floor(high / step);
      if (last - first + 1 <= maxTicks) {
        return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
      }
    }
  }
}

/** 1-2-5 ticks if the labels fit beside each other, else powers of ten, or every second, third … of them. */
function logTicks([low, high]: readonly [number, number], maxTicks: number): number[] {
  const within = (tick: number) => tick >= low && tick <= high;
  const decades = Array.from({ length: 17 }, (_, exponent) => 10 ** exponent);
  const fine = decades.flatMap((decade) => [decade, 2 * decade, 5 * decade]).filter(within);
  // 2 → 5 is the widest of the three gaps and 1 → 2 the narrowest; both are near a third of a decade.
  const decadesShown = Math.log10(high / low);
  if (decadesShown * 3.4 <= maxTicks) return fine;
  const coarse = decades.filter(within);
  const stride = Math.max(1, Math.ceil(decadesShown / maxTicks));
  const picked = coarse.filter((_, index) => index % stride === 0);
  return picked.length > 1 ? picked : [fine[0], fine[fine.length - 1]];
}
