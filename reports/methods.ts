import { otherEstimators } from "../models/decisionNames.ts";
import type { PowerRun } from "../models/powerTypes.ts";
import { hasMissing } from "../models/paths/missingValues.ts";
import { conditionsOfPaths } from "../models/scenario/conditions.ts";
import type { AnalysisPlan, PathsScenario } from "../models/scenario/types.ts";
import { alphaWords, assumptionSentences, assumptionTable, pathWords, seriesListing } from "./assumptions.ts";
import { bootstrapSentences, countsWords, findingSentence, furtherFindings, largestMcse } from "./describeRun.ts";
import { estimatorFailures, fewTeamsNote, trustSentences } from "./estimators.ts";
import { testInProse } from "./findings.ts";
import { formatCount, formatNumber, formatRate, joinWords } from "./format.ts";
import { seriesOf, testsOf } from "./series.ts";
import { serviceLimitations, serviceSentences } from "./serviceWords.ts";
import { type PathsSettings, type Settings, settingsOf } from "./settings.ts";
import { cite, citeEstimator, citeTest, overRejects, references } from "./sources.ts";
import { stressChecklist } from "./stress.ts";
import { ESTIMATOR_WORDS } from "./testNames.ts";

/** methods.md: a text for a proposal, what it cannot say, the STRESS checklist, references. CommonMark with tables. */
export function methodsMarkdown(run: PowerRun): string {
  const { scenario, seed, version, replications } = run.result;
  const [plan, ...others] = methodsParagraphs(run).map(inMarkdown);
  const assumptions = tabulatedAssumptions(run);
  const checklist = stressChecklist(run).map(({ item, name, text }) => [item, name, text]);
  return `${[
    `# Methods: power for the indirect effect, scenario ${inMarkdown(scenario)}`,
    `Written by caseload ${version}; seed “${inMarkdown(seed)}”; ${formatCount(replications)} replications per condition.`,
    "## For a proposal",
    plan,
    ...(assumptions === null ? [] : [markdownTable(assumptions.columns, assumptions.rows)]),
    ...others,
    "## What this cannot say",
    limitations(run)
      .map((text) => `- ${inMarkdown(text)}`)
      .join("\n"),
    `## STRESS checklist (${cite("monks2019")})`,
    markdownTable(["Item", "Asks for", "This study"], checklist),
    "## References",
    references(testsOf(run))
      .map((text) => `- ${inMarkdown(text)}`)
      .join("\n"),
  ].join("\n\n")}\n`;
}

/**
 * The methods and the result in prose, fit for a grant proposal, numbers filled in. Where there are more series than a
 * sentence can list, the first paragraph refers to the table of `tabulatedAssumptions`, which is to follow it.
 */
export function methodsParagraphs(run: PowerRun): string[] {
  const { scenario, result } = run;
  const settings = settingsOf(run);
  const nSeries = seriesOf(run).length;
  const failed = result.conditions.reduce((sum, condition) => sum + condition.nFailed, 0);
  const sets = nSeries > 1 ? ` for each of ${formatCount(nSeries)} sets of assumptions` : "";
  const listing = seriesListing(run);
  const assumed =
    settings.generator === "paths"
      ? [`We assumed ${pathWords(settings)}.`, ...assumptionSentences(settings)]
      : serviceSentences(settings);
  const plan = [
    "Sample size was planned for the indirect effect (ab) of team fidelity (X) on client outcome (Y) through the working alliance (M).",
    ...assumed,
    nSeries === 1 ? "" : `The ${formatCount(nSeries)} sets of assumptions are ${listing ?? "those of the table"}.`,
    scenario.source === "" ? "" : `The values come from: ${scenario.source.replace(/\.?\s*$/, "")}.`,
  ];
  const simulation = [
    `We simulated ${formatCount(result.replications)} studies at ${countsWords(run)}${sets}, with caseload ${result.version} (seed “${result.seed}”; scenario ${result.scenario}).`,
    `In each study, ${regressionWords(settings)} by ordinary least squares, and ab = 0 was tested two-sided at ${alphaWords(settings)} by ${joinWords(
      scenario.analysis.tests.map((test) => `${testInProse(test)} (${citeTest(test)})`),
    )}.`,
    estimatorSentence(scenario.analysis),
    bootstrapSentences(run) ?? "",
    `Power is the share of studies that reject; its Monte-Carlo standard error is at most ${formatRate(largestMcse(run))}, and intervals are 95\u00a0% Wilson intervals of the Monte-Carlo error (${cite("morris2019")}; ${cite("wilson1927")}).`,
    failed === 0
      ? "Every study could be fitted."
      : `${formatCount(failed)} studies could not be fitted and count in no rate.`,
    exactSentence(run),
  ];
  const further = furtherFindings(run);
  const findings = [
    findingSentence(run),
    further.length === 0 ? "" : `By the other tests: ${further.join("; ")}.`,
    ...trustSentences(run),
    ...estimatorFailures(run),
    settings.generator === "paths"
      ? `${losesValues(settings) ? "These N are clients enrolled; missing values are part of the simulation" : "These N are clients in the analysis; enrolment must add those expected to be lost (N / (1 − attrition))"}, and clients within teams ${settings.paths.teams.count > 0 ? "are alike as assumed" : "are taken as independent (see below)"}.`
      : "These N are clients enrolled; missing data and teams are part of the simulation (see below).",
    isTabulated(run)
      ? "Fritz and MacKinnon (2007) tabulate N for this model at a and b of 0.14, 0.26, 0.39 and 0.59, found by a simulation of their own."
      : "",
  ];
  return [plan, simulation, findings].map((sentences) => sentences.filter((sentence) => sentence !== "").join(" "));
}

/** "The normal-theory tests were applied to the same studies with CR2 standard errors by team (…) and by a mixed model (…)." */
function estimatorSentence(analysis: AnalysisPlan): string {
  const others = otherEstimators(analysis);
  if (others.length === 0) return "";
  const words = others.map((name) => `${ESTIMATOR_WORDS[name].prose} (${citeEstimator(name)})`);
  return `The tests that need nothing but the paths and their standard errors were applied to the same studies also ${joinWords(words)}.`;
}

/** The values of each series, where they are more than the first paragraph lists itself; else null. */
export function tabulatedAssumptions(run: PowerRun): { columns: string[]; rows: string[][] } | null {
  const table = assumptionTable(run);
  if (table === null || seriesListing(run) !== null) return null;
  return {
    columns: [...(table.hasNames ? ["Series"] : []), ...table.columns, "True ab"],
    rows: table.rows.map(({ series, values }) => [
      ...(table.hasNames ? [series.label] : []),
      ...values,
      formatNumber(series.points[0].summary.estimand, 4),
    ]),
  };
}

/** What was regressed on what. */
function regressionWords(settings: Settings): string {
  const waves = settings.generator === "paths" && settings.paths.waves.count > 0;
  const missing = settings.generator === "paths" && losesValues(settings) ? ", complete cases alone," : "";
  if (!waves) return `M was regressed on X and Y on X and M${covariateWords(settings)}${missing}`;
  const { paths, analysis } = settings as PathsSettings;
  if (analysis.lags === "equal")
    return `M and Y were regressed on X, M and Y a wave earlier, all intervals together with paths taken as equal${missing} (cross-lagged panel model; ${cite("cole2003")})`;
  const through =
    paths.waves.count === 2
      ? "X at wave 1 on M at wave 2 and M at wave 1 on Y at wave 2 (half-longitudinal)"
      : "X at wave 1 on M at wave 2 on Y at wave 3";
  return `M and Y were regressed on X, M and Y a wave earlier${missing}, for the indirect effect of ${through} (cross-lagged panel model; ${cite("cole2003")})`;
}

function losesValues({ paths, varied }: PathsSettings): boolean {
  return hasMissing(paths.missing) || varied.some((path) => path.startsWith("paths.missing."));
}

function covariateWords(settings: Settings): string {
  if (settings.generator === "service")
    return settings.scenario.analysis.models.some(({ covariates }) => covariates.length > 0)
      ? ", with the covariates,"
      : "";
  const { paths, varied } = settings;
  if (varied.includes("paths.covariates.n")) return ", with the covariates where there are any,";
  return paths.covariates.n > 0 ? ", with the covariates," : "";
}

/** What a reader must not conclude from the run; each a sentence or two. */
export function limitations(run: PowerRun): string[] {
  const note = fewTeamsNote(run);
  const { scenario } = run;
  const tests = testsOf(run);
  return [
    ...(scenario.generator === "paths" ? pathsLimitations(scenario) : serviceLimitations(run)),
    "The effects are assumptions. If the true paths are smaller, power is lower; published effects tend to be too large, because small ones are published less often.",
    "Power to detect ab is not evidence of causation: the mediator is not randomised, and common causes of alliance and outcome are not in this model.",
    `A simulated power is known only up to its Monte-Carlo error (standard error up to ${formatRate(largestMcse(run))}); neighbouring conditions share their random numbers, so their errors are not independent.`,
    ...(note === null ? [] : [note]),
    ...(overRejects(tests)
      ? [
          `Bias-corrected and BCa bootstraps buy their power with false positives: where one path is 0 and the other is large they reject more often than α (${cite("fritz2012")}); in an independent simulation the bias-corrected bootstrap rejected .086 instead of .05 at a = 0, b = .59, N = 50 (Monte-Carlo SE .0014).`,
        ]
      : []),
    ...(tests.includes("sobel") || tests.includes("aroian") || tests.includes("goodman")
      ? [
          "The Sobel family takes ab as normal. It is skewed, so these tests miss effects that the others find, most of all when both paths are small.",
        ]
      : []),
  ];
}

function pathsLimitations(scenario: PathsScenario): string[] {
  const conditions = conditionsOfPaths(scenario);
  return [
    conditions.some(({ paths }) => paths.teams.count > 0)
      ? "Teams differ by chance as much as the ICCs say, and in size where that is drawn; they are otherwise alike, with the same paths. ICCs of a planned study are guesses; power for path a hangs on that of M."
      : "Clients are taken as independent. Fidelity belongs to teams: when clients of a team resemble each other, the information about path a lies in the number of teams, and the N needed is larger by about the design effect 1 + (clients per team − 1) × ICC.",
    conditions.some(({ paths }) => hasMissing(paths.missing))
      ? "Values are missing as the scenario says. Where real data are missing for other reasons, complete cases and imputation may both be biased; a study cannot tell values missing not at random from its data."
      : "N counts clients with complete data. Drop-out that depends on alliance or outcome biases ab and costs more than its share of N.",
    ...(conditions.some(({ paths }) => paths.waves.count > 0)
      ? [
          "A cross-lagged panel model does not tell change within clients from lasting differences between them: where clients differ for good in ways the waves do not show, its paths mix the two.",
        ]
      : []),
    conditions.some(({ paths }) => paths.reliability.x < 1 || paths.reliability.m < 1)
      ? "The estimand is the true ab, free of measurement error. Where X or M is measured with a reliability below 1, the regressions estimate another, mostly smaller one; that shows as bias and under-coverage."
      : "X and M are taken as measured without error. With real scales the observed paths are mostly smaller than the true ones.",
    "Relations are linear, without interaction of X and M, and residual variances do not change with X.",
  ];
}

/** The model of Fritz & MacKinnon's table: X and residuals standard normal, c′ = 0, nothing else; 80 % power at α = .05. */
function isTabulated({ scenario }: PowerRun): boolean {
  return (
    scenario.generator === "paths" &&
    scenario.power.target === 0.8 &&
    conditionsOfPaths(scenario).every(
      ({
        paths: { x, standardized, cPrime, residualSd, covariates, reliability, residualSkew, teams, waves, missing },
        analysis,
      }) =>
        analysis.level === 0.95 &&
        !standardized &&
        cPrime === 0 &&
        x.distribution === "normal" &&
        covariates.n === 0 &&
        teams.count === 0 &&
        waves.count === 0 &&
        !hasMissing(missing) &&
        [residualSd.m, residualSd.y, reliability.x, reliability.m, reliability.y].every((value) => value === 1) &&
        residualSkew.m === 0 &&
        residualSkew.y === 0,
    )
  );
}

function exactSentence(run: PowerRun): string {
  const rates = run.result.conditions.flatMap((condition) => Object.values(condition.tests));
  const exact = rates.filter((rate) => rate.exact !== null);
  if (exact.length === 0) return "";
  const apart = exact.filter((rate) => rate.disagrees).length;
  return apart === 0
    ? `${formatCount(exact.length)} of the ${formatCount(rates.length)} simulated powers were checked against an exact calculation by numerical integration; none differs by more than 4.9 Monte-Carlo standard errors.`
    : `WARNING: ${formatCount(apart)} of ${formatCount(exact.length)} simulated powers differ from the exact calculation by more than 4.9 Monte-Carlo standard errors; do not use these numbers.`;
}

function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(inMarkdown).join(" | ")} |`;
  return [line(columns), `|${columns.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

/** User text must not turn into markup: what CommonMark or HTML would read as syntax is escaped. */
function inMarkdown(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>#|~]/g, "\\$&");
}
