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
  const { x, residualSd, reliability, residualSkew } = paths;
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
  return [...sentences, ...structureSentences(paths, varies, value)];
}

/** Teams, waves and missing values, where there are any. */
export function structureSentences(
  paths: Paths,
  varies: Varies = () => false,
  value: Value = (_, text) => text,
): string[] {
  return [
    ...teamSentences(paths, varies, value),
    ...waveSentences(paths, varies, value),
    ...missingSentences(paths, varies, value),
  ];
}

type Paths = PathsSettings["paths"];
type Varies = (path: string) => boolean;
/** A value, or "as listed". */
type Value = (path: string, text: string) => string;

function teamSentences({ teams, b }: Paths, varies: Varies, value: Value): string[] {
  if (teams.count === 0 && !varies("teams.count")) return [];
  const nTeams = value("teams.count", formatCount(teams.count));
  const [ofX, ofM, ofY] = [teams.xBetween, teams.iccM, teams.iccY].map((share) => formatNumber(share));
  const sizes =
    teams.sizeCv > 0 || varies("teams.sizeCv")
      ? `teams whose sizes are drawn in every study (gamma weights, coefficient of variation ${value("teams.sizeCv", formatRate(teams.sizeCv, 2))})`
      : "teams of equal size";
  const sentences = [
    `Clients belong to ${sizes} (number of teams: ${nTeams}). Shares of variance between teams: of X ${value("teams.xBetween", ofX)}; of the residual of M ${value("teams.iccM", ofM)}, of Y ${value("teams.iccY", ofY)} (ICCs given the predictors).`,
  ];
  if (teams.managers > 0 || varies("teams.managers"))
    sentences.push(
      `In each team ${value("teams.managers", formatCount(teams.managers))} case managers share the clients; of the residual variance of M a share of ${value("teams.managerIccM", formatNumber(teams.managerIccM))}, of Y of ${value("teams.managerIccY", formatNumber(teams.managerIccY))} lies between them.`,
    );
  if (varies("teams.bBetween") || (teams.bBetween ?? b) !== b)
    sentences.push(
      `Between teams b is ${value("teams.bBetween", formatNumber(teams.bBetween ?? b))}; the true ab is a times the b that X's effect meets.`,
    );
  return sentences;
}

function waveSentences({ waves, x }: Paths, varies: Varies, value: Value): string[] {
  if (waves.count === 0 && !varies("waves.count")) return [];
  const { stability } = waves;
  const stable = (["x", "m", "y"] as const).map(
    (name) => `${value(`waves.stability.${name}`, formatNumber(stability[name]))} for ${name.toUpperCase()}`,
  );
  const start =
    x.distribution === "binary"
      ? "X is allocated at the first wave and stays; M and Y do not depend on it before the second"
      : "the first wave is drawn from the stationary distribution";
  const back = (["yOnM", "mOnX", "yOnX"] as const)
    .filter((name) => waves[name] !== 0 || varies(`waves.${name}`))
    .map((name) => `${factorWords(`paths.waves.${name}`)} ${value(`waves.${name}`, formatNumber(waves[name]))}`);
  return [
    `X, M and Y are measured at ${value("waves.count", formatCount(waves.count))} waves; a, b and c′ act from one wave to the next. Stability: ${joinWords(stable)}${back.length === 0 ? "" : `; further cross-lags: ${joinWords(back)}`}; ${start}.`,
  ];
}

function missingSentences({ missing }: Paths, varies: Varies, value: Value): string[] {
  const shares = (["x", "m", "y"] as const)
    .filter((name) => missing[name] > 0 || varies(`missing.${name}`))
    .map((name) => `${value(`missing.${name}`, formatPercent(missing[name]))} of ${name.toUpperCase()}`);
  const leaves = missing.dropout > 0 || varies("missing.dropout");
  if (shares.length === 0 && !leaves) return [];
  const parts = [
    ...(shares.length === 0 ? [] : [`expected missing: ${joinWords(shares)}`]),
    ...(leaves
      ? [`clients dropping out before each later wave: ${value("missing.dropout", formatPercent(missing.dropout))}`]
      : []),
  ];
  const slope = value("missing.slope", formatNumber(missing.slope));
  const on = missing.on.toUpperCase();
  const mechanism = {
    mcar: "completely at random",
    mar: `at random: the log odds rise by ${slope} per SD of ${on}${leaves ? " (for dropout, at the wave before)" : ""}`,
    mnar: `not at random: the log odds rise by ${slope} per SD of the value itself${leaves ? ` (for dropout, of ${on} at that wave)` : ""}`,
  }[missing.mechanism];
  return [`Values are missing ${mechanism}; ${parts.join("; ")}.`];
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
