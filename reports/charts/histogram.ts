/** Counts of values in equal bins with round edges, split in two. */
export type Histogram = {
  readonly step: number;
  readonly bins: readonly {
    readonly from: number;
    readonly to: number;
    readonly marked: number;
    readonly other: number;
  }[];
};

/**
 * Sorts values into about 30 bins whose width is 1, 2 or 5 times a power of ten; an edge belongs to the bin above.
 *
 * @param values finite numbers; none gives no bins
 * @param marked per value: counted apart (a rejection, say)
 */
export function histogramOf(values: readonly number[], marked: readonly boolean[]): Histogram {
  if (values.length === 0) return { step: 1, bins: [] };
  const least = Math.min(...values);
  const most = Math.max(...values);
  const step = niceStep((most - least) / 30 || Math.abs(most) / 10 || 1);
  const first = Math.floor(least / step);
  const counts = Array.from({ length: Math.floor(most / step) - first + 1 }, () => ({ marked: 0, other: 0 }));
  values.forEach((value, index) => {
    counts[Math.floor(value / step) - first][marked[index] ? "marked" : "other"] += 1;
  });
  return {
    step,
    bins: counts.map((count, index) => ({
      from: edge(first + index, step),
      to: edge(first + index + 1, step),
      ...count,
    })),
  };
}

function niceStep(rough: number): number {
  const decade = 10 ** Math.floor(Math.log10(rough));
  return (([1, 2, 5, 10].find((factor) => factor * decade >= rough * 0.999) ?? 10) * decade) as number;
}

/** index · step without the tail of digits that binary fractions leave. */
function edge(index: number, step: number): number {
  return Number((index * step).toPrecision(12));
}
