import { chiSquareQuantileOfTails } from "./chiSquare.ts";
import { exp, log } from "./elementary.ts";
import { normalCdf } from "./normal.ts";
import { gaussLegendre } from "./quadrature.ts";

/** Turns normal scores into chi-square values: `at(z)` is the quantile at Φ(z). */
export type QuantileTable = {
  readonly df: number;
  readonly at: (z: number) => number;
};

/** Scores beyond it are taken for it: P(|Z| > 8.3) is 1e-16, less than one step of a 53-bit uniform. */
const MAX_Z = 8.3;
/** From this df on the cube root is so nearly linear that a quarter of the pieces does. */
const SMOOTH_DF = 20;
const N_COEFFICIENTS = 10;
const MAX_DF = 1e10;
const MAX_CACHED = 256;

const cache = new Map<number, QuantileTable>();

/**
 * Chi-square quantile as a function of the normal score: `at(z)` = χ² with P(X ≤ χ²) = Φ(z), so that one normal draw
 * becomes one chi-square draw. The cube root of χ²/df, nearly linear in z (Wilson and Hilferty), is kept as 32
 * (from df = 20 on 8) polynomials of degree 9 over −8.3 ≤ z ≤ 8.3, each through 10 exact quantiles.
 *
 * @param df degrees of freedom, real, 0.5 … 1e10
 * @returns the table; z beyond ±8.3 counts as ±8.3, NaN gives NaN. The cube root of χ²/df is off by less than 1e-12, and
 *   by less than 1e-13 for df ≥ 2 (measured: test/oracle/numerics/quantileTable.json). The 256 newest tables are kept
 * @throws RangeError if df is out of range
 */
export function chiSquareQuantileTable(df: number): QuantileTable {
  if (!(df >= 0.5 && df <= MAX_DF)) {
    throw new RangeError(`chiSquareQuantileTable: df must be in [0.5, ${MAX_DF}], got ${df}`);
  }
  const known = cache.get(df);
  if (known !== undefined) return known;
  const table = makeTable(df);
  if (cache.size >= MAX_CACHED) cache.delete(cache.keys().next().value!);
  cache.set(df, table);
  return table;
}

function makeTable(df: number): QuantileTable {
  const nPieces = df < SMOOTH_DF ? 32 : 8;
  const piecesPerUnit = nPieces / (2 * MAX_Z);
  const c = new Float64Array(nPieces * N_COEFFICIENTS);
  for (let piece = 0; piece < nPieces; piece++) fitPiece(c, piece, piecesPerUnit, df);
  const at = (z: number): number => {
    const position = (z < -MAX_Z ? 0 : z > MAX_Z ? 2 * MAX_Z : z + MAX_Z) * piecesPerUnit;
    const piece = position < nPieces ? position | 0 : nPieces - 1;
    const t = position - piece - 0.5;
    const i = piece * N_COEFFICIENTS;
    const s = t * t;
    // Even and odd powers apart: two chains half as long.
    const even = c[i] + s * (c[i + 2] + s * (c[i + 4] + s * (c[i + 6] + s * c[i + 8])));
    const odd = c[i + 1] + s * (c[i + 3] + s * (c[i + 5] + s * (c[i + 7] + s * c[i + 9])));
    const root = even + t * odd;
    return df * root * root * root;
  };
  return { df, at };
}

/** Writes the coefficients (in t = position within the piece − ½) of the polynomial through the piece's exact values. */
function fitPiece(coefficients: Float64Array, piece: number, piecesPerUnit: number, df: number): void {
  const n = N_COEFFICIENTS;
  const { nodes } = gaussLegendre(n);
  const differences = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const z = (piece + 0.5 + 0.5 * nodes[j]) / piecesPerUnit - MAX_Z;
    differences[j] = cubeRoot(chiSquareQuantileOfTails(normalCdf(z), normalCdf(-z), z, df) / df);
  }
  // Newton's divided differences, then the nested form multiplied out.
  for (let order = 1; order < n; order++) {
    for (let j = n - 1; j >= order; j--) {
      differences[j] = (differences[j] - differences[j - 1]) / (0.5 * (nodes[j] - nodes[j - order]));
    }
  }
  const out = coefficients.subarray(piece * n, (piece + 1) * n);
  out[0] = differences[n - 1];
  for (let j = n - 2; j >= 0; j--) {
    const node = 0.5 * nodes[j];
    for (let k = n - 1; k >= 1; k--) out[k] = out[k - 1] - node * out[k];
    out[0] = differences[j] - node * out[0];
  }
}

function cubeRoot(x: number): number {
  if (x === 0) return 0;
  const root = exp(log(x) / 3);
  return root - (root * root * root - x) / (3 * root * root);
}
