import { describeReciprocalFailure, reciprocal } from "../models/estimators/reciprocal.ts";
import type { ReciprocalStep } from "../reports/reciprocalSection.ts";
import type { MediationRequest } from "./analysisRequest.ts";
import { type CsvProblems, splitNames, type WantedColumn } from "./csvColumns.ts";
import type { CsvTable } from "./csvTable.ts";
import { readRows } from "./readRows.ts";

export type ReciprocalReading =
  | {
      readonly ok: true;
      readonly analyse: (
        level: number,
      ) =>
        | { readonly ok: true; readonly reciprocal: ReciprocalStep }
        | { readonly ok: false; readonly problem: string };
    }
  | CsvProblems;

/**
 * The hierarchical regression that `--reciprocal` asks for: M on X and the covariates, then on the named columns as well,
 * by ordinary regression of the cases that are complete in these columns; Y has no part in it, and may be the named column.
 *
 * @returns null where it is not asked for
 */
export function readReciprocal(table: CsvTable, request: MediationRequest): ReciprocalReading | null {
  const { file, x, m, covariates = [], reciprocal: given } = request;
  if (given === undefined) return null;
  const added = given.flatMap((name) => splitNames(name, table.header));
  const first = covariates.flatMap((name) => splitNames(name, table.header));
  const wanted: WantedColumn[] = [
    { flag: "m", name: m, kind: "number" },
    { flag: "x", name: x, kind: "number" },
    ...first.map((name): WantedColumn => ({ flag: "covariates", name, kind: "number" })),
    ...added.map((name): WantedColumn => ({ flag: "reciprocal", name, kind: "number" })),
  ];
  const read = readRows(table, file, wanted, "listwise");
  if (!read.ok) return read;
  const [response, ...predictors] = read.columns.map(({ values }) => values);
  const split = first.length + 1;
  const data = { n: read.n, response, covariates: predictors.slice(0, split), added: predictors.slice(split) };
  const names = { response: m, covariates: [x, ...first], added };
  return {
    ok: true,
    analyse: (level) => {
      const result = reciprocal(data, level);
      if (!result.ok) {
        return { ok: false, problem: `${file}: --reciprocal: ${describeReciprocalFailure(result, names)}` };
      }
      const { ok: _, coefficients, ...rest } = result;
      const named = coefficients.map((coefficient, index) => ({ name: added[index], ...coefficient }));
      return { ok: true, reciprocal: { ...names, ...rest, coefficients: named, nDropped: read.missing.nDropped } };
    },
  };
}
