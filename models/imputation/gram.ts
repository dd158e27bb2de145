import type { TeamState } from "./teams.ts";

/** Rows of a study: n × p by rows, no missing values (imputed where they were). */
export type Rows = { readonly n: number; readonly p: number; readonly values: Float64Array };

/** Column sums, and products of columns: p × p by rows, lower triangle. */
export type Gram = { readonly sums: Float64Array; readonly products: Float64Array };

/** Sums and products over some rows, four rows at a time. */
export function gramOf({ p, values }: Rows, used: Int32Array): Gram {
  const sums = new Float64Array(p);
  const products = new Float64Array(p * p);
  const fours = used.length - (used.length % 4);
  for (let i = 0; i < fours; i += 4) {
    const row0 = used[i] * p;
    const row1 = used[i + 1] * p;
    const row2 = used[i + 2] * p;
    const row3 = used[i + 3] * p;
    for (let a = 0; a < p; a++) {
      const left0 = values[row0 + a];
      const left1 = values[row1 + a];
      const left2 = values[row2 + a];
      const left3 = values[row3 + a];
      sums[a] += left0 + left1 + (left2 + left3);
      const at = a * p;
      for (let b = 0; b <= a; b++)
        products[at + b] +=
          left0 * values[row0 + b] + left1 * values[row1 + b] + (left2 * values[row2 + b] + left3 * values[row3 + b]);
    }
  }
  for (let i = fours; i < used.length; i++) {
    const row = used[i] * p;
    for (let a = 0; a < p; a++) {
      sums[a] += values[row + a];
      for (let b = 0; b <= a; b++) products[a * p + b] += values[row + a] * values[row + b];
    }
  }
  return { sums, products };
}

/** Puts a value in its row and column, and keeps the sums and products those of the rows. */
export function replaceValue(
  { rows, gram, teams }: { readonly rows: Rows; readonly gram: Gram; readonly teams: TeamState | null },
  row: number,
  column: number,
  value: number,
): void {
  const { p, values } = rows;
  const { sums, products } = gram;
  const at = row * p;
  const old = values[at + column];
  const difference = value - old;
  sums[column] += difference;
  for (let b = 0; b < column; b++) products[column * p + b] += difference * values[at + b];
  products[column * p + column] += difference * (value + old);
  for (let a = column + 1; a < p; a++) products[a * p + column] += difference * values[at + a];
  values[at + column] = value;
  if (teams !== null) teams.sums[teams.index[row] * p + column] += difference;
}
