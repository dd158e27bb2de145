import type { Analysis, MixedPart, WithinBetweenPart } from "../models/estimators/analysis/types.ts";
import type { RegressionTable } from "../models/estimators/regressionTable.ts";
import {
  COEFFICIENT_TITLES,
  COEFFICIENT_TITLES_WITH_DF,
  coefficientCells,
  coefficientCellsWithDf,
  pValue,
  table,
  value,
} from "./analysisCells.ts";
import { formatCount, formatFixed } from "./format.ts";

/** The regressions of M, of Y on X and M, and of Y on X; or the 2-1-1 model. */
export function modelSections(analysis: Analysis): string[] {
  const { models, mixed, withinBetween } = analysis;
  if (withinBetween !== null) return [withinBetweenSection(analysis, withinBetween)];
  if (models === null) return [];
  return [
    regressionSection(`Mediator: ${models.m.response}`, models.m, mixed?.m ?? null),
    regressionSection(`Outcome: ${models.y.response}`, models.y, mixed?.y ?? null),
    regressionSection(
      `Outcome without the mediator (total effect): ${models.total.response}`,
      models.total,
      mixed?.total ?? null,
    ),
  ];
}

function regressionSection(title: string, model: RegressionTable, mixed: MixedPart | null): string {
  const isOrdinary = !Number.isNaN(model.f);
  const fit = mixed === null ? fitTable(model, isOrdinary) : randomTable(mixed);
  const coefficients = isOrdinary
    ? table(
        ["", "coeff", ...COEFFICIENT_TITLES],
        model.coefficients.map((coefficient) => [coefficient.name, ...coefficientCells(coefficient)]),
        1,
      )
    : table(
        ["", "coeff", ...COEFFICIENT_TITLES_WITH_DF],
        model.coefficients.map((coefficient) => [coefficient.name, ...coefficientCellsWithDf(coefficient)]),
        1,
      );
  return [title, fit, "", coefficients].join("\n");
}

/** R² and its kin, and F where errors are ordinary regression's. */
function fitTable(model: RegressionTable, isOrdinary: boolean): string {
  const titles = ["R", "R²", "adj. R²", "MSE"];
  const cells = [value(model.r), value(model.rSquared), value(model.adjustedRSquared), value(model.mse)];
  if (!isOrdinary) return table(titles, [cells]);
  const f = [value(model.f), String(model.df1), formatCount(model.df2), pValue(model.p)];
  return table([...titles, "F", "df1", "df2", "p"], [[...cells, ...f]]);
}

/** Variances and likelihood of a mixed model. */
export function randomTable({ teamVariance, managerVariance, residualVariance, icc, logLik }: MixedPart): string {
  const managers = managerVariance === null ? [] : [value(managerVariance)];
  return table(
    [
      "var(team)",
      ...(managerVariance === null ? [] : ["var(case manager)"]),
      "var(residual)",
      "ICC given X",
      "log likelihood",
    ],
    [[value(teamVariance), ...managers, value(residualVariance), formatFixed(icc, 4), formatFixed(logLik, 3)]],
  );
}

function withinBetweenSection(
  { x, m, y, cluster, paths }: Analysis,
  { bWithin, contextual, variances }: WithinBetweenPart,
): string {
  const rows = [
    [`a: ${x} → mean of ${m}`, ...coefficientCellsWithDf(paths.a)],
    [`b between: mean of ${m} → mean of ${y}`, ...coefficientCellsWithDf(paths.b)],
    [`b within: deviation of ${m} → ${y}`, ...coefficientCellsWithDf(bWithin)],
    ["contextual: b between − b within", ...coefficientCellsWithDf(contextual)],
  ];
  const variance = [
    [m, value(variances.m.between), value(variances.m.within)],
    [y, value(variances.y.between), value(variances.y.within)],
  ];
  return [
    `Between and within values of ${cluster ?? ""} (2-1-1 model)`,
    table(["", "coeff", ...COEFFICIENT_TITLES_WITH_DF], rows, 1),
    "",
    table(["residual variance", "between", "within"], variance, 1),
  ].join("\n");
}
