/** Σx/n. */
export function meanOf(x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i];
  return sum / x.length;
}

/** √(Σ(x − x̄)²/(n − 1)). */
export function sdOf(x: ArrayLike<number>): number {
  return Math.sqrt(covarianceOf(x, x));
}

/** Pearson's r; NaN where a column is constant. */
export function correlationOf(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return covarianceOf(x, y) / Math.sqrt(covarianceOf(x, x) * covarianceOf(y, y));
}

/** Slope of y on x by least squares; NaN where x is constant. */
export function slopeOn(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return covarianceOf(x, y) / covarianceOf(x, x);
}

/** The middle value, or the mean of the two middle ones; NaN of nothing. */
export function medianOf(x: ArrayLike<number>): number {
  const sorted = Float64Array.from(x).sort();
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}

function covarianceOf(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [mx, my] = [meanOf(x), meanOf(y)];
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] - mx) * (y[i] - my);
  return sum / (x.length - 1);
}
