/**
 * ICC(1) by one-way analysis of variance with groups of unequal size,
 *
 *   (MSB − MSW)/(MSB + (n₀ − 1)·MSW),   n₀ = (N − Σnⱼ²/N)/(k − 1),
 *
 * the share of variance that lies between groups. Below 0 where groups differ less than chance would make them.
 *
 * @param values length N, finite
 * @param groups length N, any numbers: equal ones are one group
 * @returns NaN unless there are at least two groups and more values than groups
 * @source Searle, Casella & McCulloch (1992), Variance Components, § 3.6: the ANOVA estimators for unbalanced data
 */
export function intraclassCorrelation(values: ArrayLike<number>, groups: ArrayLike<number>): number {
  const sums = new Map<number, { n: number; sum: number }>();
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const group = sums.get(groups[i]) ?? { n: 0, sum: 0 };
    group.n++;
    group.sum += values[i];
    sums.set(groups[i], group);
    total += values[i];
  }
  const n = values.length;
  const k = sums.size;
  if (k < 2 || n <= k) return Number.NaN;
  const mean = total / n;
  let between = 0;
  let sumOfSquaredSizes = 0;
  for (const group of sums.values()) {
    const deviation = group.sum / group.n - mean;
    between += group.n * deviation * deviation;
    sumOfSquaredSizes += group.n * group.n;
  }
  let within = 0;
  for (let i = 0; i < n; i++) {
    const group = sums.get(groups[i])!;
    const deviation = values[i] - group.sum / group.n;
    within += deviation * deviation;
  }
  const meanSquareBetween = between / (k - 1);
  const meanSquareWithin = within / (n - k);
  const size = (n - sumOfSquaredSizes / n) / (k - 1);
  return (meanSquareBetween - meanSquareWithin) / (meanSquareBetween + (size - 1) * meanSquareWithin);
}
