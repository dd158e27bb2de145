/** A count with thousands separated by commas: 1000000 → "1,000,000". Written out, so that no locale setting can change it. */
export function formatCount(count: number): string {
  const digits = String(Math.abs(count));
  if (!/^\d+$/.test(digits)) return String(count);
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ",");
  return count < 0 ? `−${grouped}` : grouped;
}

/**
 * A share in [0, 1] as the field prints it, without the leading zero: 0.8034 → ".803", 1 → "1.000", NaN → "–".
 * Rounding never turns "almost" into "always": .9996 prints as ">.999", .0004 as "<.001".
 */
export function formatRate(rate: number, digits = 3): string {
  if (Number.isNaN(rate)) return "–";
  const step = 10 ** -digits;
  if (rate > 0 && rate < step / 2) return `<${withoutZero(step.toFixed(digits))}`;
  if (rate < 1 && rate > 1 - step / 2) return `>${withoutZero((1 - step).toFixed(digits))}`;
  return withoutZero(rate.toFixed(digits));
}

/** A number to so many significant digits, true minus sign, no trailing zeros beyond them: −0.054600 → "−0.0546". */
export function formatNumber(value: number, significantDigits = 3): string {
  if (Number.isNaN(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-5) return value.toExponential(significantDigits - 1).replaceAll("-", "−");
  const whole = Math.floor(Math.log10(size)) + 1;
  const text =
    whole >= significantDigits ? String(Math.round(value)) : String(Number(value.toPrecision(significantDigits)));
  return text.replace("-", "−");
}

/** A number with a fixed count of decimals and a true minus sign, so that a column lines up: −0.00123 → "−0.0012". */
export function formatFixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return "–";
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

/** Decimals that show a value to so many significant digits: 0.00045 to 2 takes 5. Between 0 and 12; 4 for 0 and NaN. */
export function decimalsFor(value: number, significantDigits: number): number {
  const size = Math.abs(value);
  if (!(size > 0) || size === Number.POSITIVE_INFINITY) return 4;
  return Math.min(12, Math.max(0, significantDigits - 1 - Math.floor(Math.log10(size))));
}

/** A chosen share with the digits it was chosen with, at least two: 0.95 → ".95", 1 − 0.9 → ".10", 0.999 → ".999". */
export function formatShare(share: number): string {
  const text = withoutZero(String(Number(share.toPrecision(6))));
  return /^\.\d$/.test(text) ? `${text}0` : text;
}

/** 0.8 → "80 %", 0.825 → "82.5 %" (with a no-break space). */
export function formatPercent(share: number): string {
  return `${Number((share * 100).toPrecision(6))}\u00a0%`;
}

/** ["a", "b", "c"] → "a, b and c". */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}

function withoutZero(text: string): string {
  return text.replace(/^0\./, ".");
}
