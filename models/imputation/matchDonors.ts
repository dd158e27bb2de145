/**
 * Predictive mean matching: for each prediction of a missing value, the nearest predictions of observed values are its
 * donors, of which one is drawn. Equally near ones are in random order.
 *
 * @param observed   predictions of the observed values (from β̂)
 * @param order      uniforms, one per observed value: the order of ties
 * @param missing    predictions of the missing values (from β*)
 * @param choice     uniforms, one per missing value
 * @param nDonors    ≥ 1; all observed values when there are fewer
 * @returns position among the observed values of each missing value's donor
 * @source  Little (1988), doi:10.1080/07350015.1988.10509663; Morris, White & Royston (2014), doi:10.1186/1471-2288-14-75
 */
export function matchDonors(
  observed: Float64Array,
  order: Float64Array,
  missing: Float64Array,
  choice: Float64Array,
  nDonors: number,
): Int32Array {
  const count = observed.length;
  const sorted = Int32Array.from(observed, (_, i) => i).sort(
    (a, b) => observed[a] - observed[b] || order[a] - order[b],
  );
  const at = (position: number) => observed[sorted[position]];
  const wanted = Math.min(nDonors, count);
  return Int32Array.from(missing, (prediction, i) => {
    // First position whose prediction is not below.
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(middle) < prediction) low = middle + 1;
      else high = middle;
    }
    let first = low;
    let end = low;
    while (end - first < wanted) {
      const takesNext = first === 0 || (end < count && at(end) - prediction <= prediction - at(first - 1));
      if (takesNext) end++;
      else first--;
    }
    return sorted[first + Math.floor(choice[i] * wanted)];
  });
}
