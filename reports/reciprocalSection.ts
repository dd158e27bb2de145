import type { Reciprocal } from "../models/estimators/reciprocal.ts";
import type { NamedCoefficient } from "../models/estimators/regressionTable.ts";
import { COEFFICIENT_TITLES, coefficientCells, pValue, table, value } from "./analysisCells.ts";
import { formatCount, joinWords } from "./format.ts";

/** A hierarchical regression of named columns. */
export type ReciprocalStep = Omit<Reciprocal, "ok" | "coefficients"> & {
  readonly response: string;
  /** Of the first step. */
  readonly covariates: readonly string[];
  /** Of the second step. */
  readonly added: readonly string[];
  readonly coefficients: readonly NamedCoefficient[];
  /** Rows left out for a missing value in one of these columns. */
  readonly nDropped: number;
};

/** What the second step adds to the explanation of M, by ordinary regression. */
export function reciprocalSection(step: ReciprocalStep, isClustered: boolean): string {
  const { response, covariates, added, n, nDropped, f, df1, df2, p, ci } = step;
  const summary = table(
    ["", "R²", "ΔR²", "LLCI", "ULCI", "F", "df1", "df2", "p"],
    [
      [joinWords(covariates), value(step.rSquaredCovariates)],
      [
        `and ${joinWords(added)}`,
        value(step.rSquared),
        value(step.deltaRSquared),
        ...ci.map(value),
        value(f),
        String(df1),
        formatCount(df2),
        pValue(p),
      ],
    ],
    1,
  );
  const slopes = step.coefficients.map((coefficient) => [coefficient.name, ...coefficientCells(coefficient)]);
  const left = nDropped > 0 ? `, ${formatCount(nDropped)} rows left out for missing values` : "";
  const plain = isClustered ? ["", "  Takes no notice of clusters."] : [];
  return [
    `Reciprocal path: does ${joinWords(added)} predict ${response}? Ordinary regression in two steps, ` +
      `n = ${formatCount(n)}${left}`,
    summary,
    "",
    table(["", "coeff", ...COEFFICIENT_TITLES], slopes, 1),
    ...plain,
  ].join("\n");
}
