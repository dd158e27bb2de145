import { chiSquareQuantileTable } from "../../sim/numerics/quantileTable.ts";

/**
 * Turns a normal draw into a residual of mean 0, variance 1 and the given skewness, increasing in the draw:
 * (χ²_ν − ν)/√(2ν) has skewness √(8/ν), so ν = 8/skew²; mirrored for negative skew.
 *
 * @param skew in [-2, 2]
 */
export function residualShape(skew: number): (z: number) => number {
  if (skew === 0) return (z) => z;
  const df = 8 / (skew * skew);
  const table = chiSquareQuantileTable(df);
  const sign = skew < 0 ? -1 : 1;
  const sd = Math.sqrt(2 * df);
  return (z) => (sign * (table.at(sign * z) - df)) / sd;
}
