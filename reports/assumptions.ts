import type { PowerRun } from "../models/powerTypes.ts";
import { pathsOf, analysisOf } from "./focus.ts";
import { formatCount, formatNumber, formatPercent, formatRate, formatShare, joinWords } from "./format.ts";
import { type Series, seriesOf } from "./series.ts";
import { factorWords, numbersIn, type PathsSettings, type Settings, settingsOf } from "./settings.ts";

/** Up to so many series are listed in a sentence; more need a table. */
const MAX_IN_SENTENCE = 4;

const LISTED = "as listed";

/** "a = 0.14, b = 0.14 and c′ = 0 (raw coefficients)"; what varies comes last: "c′ = 0 (raw coefficients), with a and b as listed". */
export function pathWords({ paths, varied }: PathsSettings): string {
  const names = ["a", "b", "cPrime"] as const;
  const fixed = names.filter((name) => !varied.includes(`paths.${name}`));
  const listed = names.filter((name) => varied.includes(`paths.${name}`));
  const values = joinWords(fixed.map((name) => `${factorWords(`paths.${name}`)} = ${formatNumber(paths[name], 6)}`));
  const kind = `(${paths.standardized ? "standardized" : "raw"} coefficients)`;
  const rest = joinWords(listed.map((name) => factorWords(`paths.${name}`)));
  if (listed.length === 0) return `${values} ${kind}`;
  return fixed.length === 0 ? `${rest} ${LISTED} ${kind}` : `${values} ${kind}, with ${rest} ${LISTED}`;
}

/** What else all conditions assume, a sentence each; a value that varies is said to be "as listed". */
export function assumptionSentences({ paths, varied }: PathsSettings): string[] {
  const { x, residualSd, reliability, residualSkew, teams } = paths;
  const varies = (path: string) => varied.includes(`paths.${path}`);
  const value = (path: string, text: string) => (varies(path) ? LISTED : text);
  const sentences: string[] = [];
  if (x.distribution === "normal") sentences.push("X is normal with variance 1.");
  else {
    const share = value("x.share", `of ${formatRate(x.share, 2)}`);
    sentences.push(`X is binary, fixed by design, with a share of ones ${share}.`);
  }
  if (paths.standardized) {
    const perSd = x.distribution === "binary" ? ", a and c′ are per standard deviation of X" : "";
    sentences.push(`M and Y have total variance 1${perSd}; the residual variances complete to it.`);
  } else {
    const m = value("residualSd.m", formatNumber(residualSd.m));
    const y = value("residualSd.y", formatNumber(residualSd.y));
    sentences.push(`The residual standard deviation is ${m} for M and ${y} for Y.`);
  }
  sentences.push(...covariateSentence(paths.covariates, varies));
  const isMeasured = (["x", "m", "y"] as const).some((name) => reliability[name] < 1 || varies(`reliability.${name}`));
  if (isMeasured) {
    const [rx, rm, ry] = (["x", "m", "y"] as const).map((name) =>
      value(`reliability.${name}`, formatRate(reliability[name], 2)),
    );
    sentences.push(`Reliability is ${rx} for X, ${rm} for M and ${ry} for Y.`);
  }
  const isSkewed = (["m", "y"] as const).some((name) => residualSkew[name] !== 0 || varies(`residualSkew.${name}`));
  if (isSkewed) {
    const m = value("residualSkew.m", formatNumber(residualSkew.m));
    const y = value("residualSkew.y", formatNumber(residualSkew.y));
    sentences.push(`Residuals have skewness ${m} for M and ${y} for Y (shifted gamma).`);
  } else sentences.push("Residuals are normal.");
  if (teams.count > 0) {
    const nTeams = value("teams.count", formatCount(teams.count));
    const [ofX, ofM, ofY] = [teams.xBetween, teams.iccM, teams.iccY].map((share) => formatNumber(share));
    sentences.push(
      `Clients belong to teams of equal size (number of teams: ${nTeams}). Shares of variance between teams: of X ${value("teams.xBetween", ofX)}; of the residual of M ${value("teams.iccM", ofM)}, of Y ${value("teams.iccY", ofY)} (ICCs given the predictors).`,
    );
    if (varies("teams.bBetween") || (teams.bBetween ?? paths.b) !== paths.b)
      sentences.push(
        `Between teams b is ${value("teams.bBetween", formatNumber(teams.bBetween ?? paths.b))}; the true ab is a times the b that X's effect meets.`,
      );
  }
  return sentences;
}

function covariateSentence(
  { n, rSquaredM, rSquaredY }: PathsSettings["paths"]["covariates"],
  varies: (path: string) => boolean,
): string[] {
  if (n === 0 && !varies("covariates.n")) return [];
  const enter = varies("covariates.n")
    ? `Covariates (as many ${LISTED}) enter both equations`
    : `${formatCount(n)} ${n === 1 ? "covariate enters" : "covariates enter"} both equations`;
  const alone = n === 1 && !varies("covariates.n") ? "alone explains" : "alone explain";
  const [m, y] = [varies("covariates.rSquaredM"), varies("covariates.rSquaredY")];
  if (m && y) return [`${enter} and ${alone} shares of the variance of M and of Y ${LISTED}.`];
  if (m) return [`${enter} and ${alone} ${formatPercent(rSquaredY)} of the variance of Y (of M: ${LISTED}).`];
  if (y) return [`${enter} and ${alone} ${formatPercent(rSquaredM)} of the variance of M (of Y: ${LISTED}).`];
  return [
    `${enter} and ${alone} ${formatPercent(rSquaredM)} of the variance of M and ${formatPercent(rSquaredY)} of that of Y.`,
  ];
}

/** The values that set the series of a run apart: a column per number that varies, a row per series. */
export type AssumptionTable = {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly series: Series; readonly values: readonly string[] }[];
  /** False when every label only repeats the values. */
  readonly hasNames: boolean;
};

/** @returns null for a run of one series: nothing but N varies */
export function assumptionTable(run: PowerRun): AssumptionTable | null {
  const seriesList = seriesOf(run);
  const { varied } = settingsOf(run);
  if (seriesList.length < 2) return null;
  const rows = seriesList.map((series) => {
    const [{ conditionIndex, summary }] = series.points;
    const paths = pathsOf(run, conditionIndex);
    const numbers = numbersIn({ ...(paths && { paths }), analysis: analysisOf(run, conditionIndex) });
    const valueAt = (path: string) => numbers.get(path) ?? summary.factors[path];
    return { series, values: varied.map((path) => shownValue(path, valueAt(path))) };
  });
  const hasNames = run.result.conditions.some((condition) => (condition.label ?? "") !== "");
  return { columns: varied.map(factorWords), rows, hasNames };
}

/**
 * The values of each series in words: "small (a = 0.14, b = 0.14); large (a = 0.59, b = 0.59)".
 *
 * @returns null for one series, and for more than four: there a table says it better
 */
export function seriesListing(run: PowerRun): string | null {
  const table = assumptionTable(run);
  if (table === null || table.rows.length > MAX_IN_SENTENCE) return null;
  return table.rows
    .map(({ series, values }) => {
      const words = table.columns.map((column, index) => `${column}\u00a0=\u00a0${values[index]}`).join(", ");
      if (!table.hasNames) return words;
      return words === "" ? series.label : `${series.label} (${words})`;
    })
    .join("; ");
}

function shownValue(path: string, value: number): string {
  return /\.(n|resamples)$/.test(path) ? formatCount(value) : formatNumber(value, 6);
}

/** "α = .05", or what stands for it when the confidence level varies. */
export function alphaWords({ analysis, varied }: Settings): string {
  if (varied.includes("analysis.level")) return "α = 1 − the confidence level listed";
  return `α = ${formatShare(1 - analysis.level)}`;
}
