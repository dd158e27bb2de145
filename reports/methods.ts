import type { PowerRun } from "../models/powerTypes.ts";
import type { Scenario } from "../models/scenario/types.ts";
import {
  assumptionSentences,
  countsWords,
  findingSentence,
  furtherFindings,
  largestMcse,
  pathWords,
  resamplesWords,
} from "./describeRun.ts";
import { testInProse } from "./findings.ts";
import { formatCount, formatRate, joinWords } from "./format.ts";
import { seriesOf, testsOf } from "./series.ts";
import { cite, citeTest, overRejects, references } from "./sources.ts";
import { stressChecklist } from "./stress.ts";
import { factorNamesOf } from "./summaryCsv.ts";

/** methods.md: a paragraph for a proposal, what it cannot say, the STRESS checklist, references. CommonMark with one table. */
export function methodsMarkdown(run: PowerRun): string {
  const { scenario, seed, version, replications } = run.result;
  const table = stressChecklist(run).map(
    ({ item, name, text }) => `| ${item} | ${inMarkdown(name)} | ${inMarkdown(text)} |`,
  );
  return `${[
    `# Methods: power for the indirect effect, scenario ${inMarkdown(scenario)}`,
    `Written by caseload ${version}; seed “${inMarkdown(seed)}”; ${formatCount(replications)} replications per condition.`,
    "## For a proposal",
    ...methodsParagraphs(run).map(inMarkdown),
    "## What this cannot say",
    limitations(run)
      .map((text) => `- ${inMarkdown(text)}`)
      .join("\n"),
    `## STRESS checklist (${cite("monks2019")})`,
    ["| Item | Asks for | This study |", "|---|---|---|", ...table].join("\n"),
    "## References",
    references(testsOf(run))
      .map((text) => `- ${inMarkdown(text)}`)
      .join("\n"),
  ].join("\n\n")}\n`;
}

/** The methods and the result in prose, fit for a grant proposal, numbers filled in. */
export function methodsParagraphs(run: PowerRun): string[] {
  const { scenario, result } = run;
  const { analysis } = scenario;
  const tests = testsOf(run);
  const nSeries = seriesOf(run).length;
  const resamples = resamplesWords(run);
  const alpha = formatRate(Number((1 - analysis.level).toPrecision(10)), 2);
  const failed = result.conditions.reduce((sum, condition) => sum + condition.nFailed, 0);
  const sets = nSeries > 1 ? ` for each of ${formatCount(nSeries)} sets of assumptions` : "";
  const source = scenario.source === "" ? "" : ` The values come from: ${scenario.source.replace(/\.?\s*$/, "")}.`;
  const plan = [
    "Sample size was planned for the indirect effect (ab) of team fidelity (X) on client outcome (Y) through the working alliance (M).",
    `We assumed ${pathWords(scenario.paths, factorNamesOf(run))}.`,
    ...assumptionSentences(scenario.paths),
  ].join(" ");
  const simulation = [
    `We simulated ${formatCount(result.replications)} studies at ${countsWords(run)}${sets} with caseload ${result.version} (seed “${result.seed}”; scenario ${result.scenario}).`,
    `In each study, M was regressed on X and Y on X and M${scenario.paths.covariates.n > 0 ? ", with the covariates," : ""} by ordinary least squares, and ab = 0 was tested two-sided at α = ${alpha} by ${joinWords(
      tests.map((test) => `${testInProse(test)} (${citeTest(test)})`),
    )}.`,
    resamples === null ? "" : `The bootstrap drew ${resamples}.`,
    `Power is the share of studies that reject; its Monte-Carlo standard error is at most ${formatRate(largestMcse(run))}, and intervals are 95\u00a0% Wilson intervals of the Monte-Carlo error (${cite("morris2019")}; ${cite("wilson1927")}).`,
    failed === 0
      ? "Every study could be fitted."
      : `${formatCount(failed)} studies could not be fitted and count in no rate.`,
    exactSentence(run),
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
  const further = furtherFindings(run);
  const findings = [
    findingSentence(run),
    further.length === 0 ? "" : `By the other tests: ${further.join("; ")}.`,
    `These N are clients in the analysis; enrolment must add those expected to be lost (N / (1 − attrition)), and clients within teams are taken as independent (see below).`,
    isTabulated(scenario)
      ? "Fritz and MacKinnon (2007) tabulate N for this model at a and b of 0.14, 0.26, 0.39 and 0.59, found by a simulation of their own."
      : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
  return [plan + source, simulation, findings];
}

/** What a reader must not conclude from the run; each a sentence or two. */
export function limitations(run: PowerRun): string[] {
  const { paths } = run.scenario;
  const tests = testsOf(run);
  return [
    "Clients are taken as independent. Fidelity belongs to teams: when clients of a team resemble each other, the information about path a lies in the number of teams, and the N needed is larger by about the design effect 1 + (clients per team − 1) × ICC.",
    "The effects are assumptions. If the true paths are smaller, power is lower; published effects tend to be too large, because small ones are published less often.",
    "N counts clients with complete data. Drop-out that depends on alliance or outcome biases ab and costs more than its share of N.",
    "Power to detect ab is not evidence of causation: the mediator is not randomised, and common causes of alliance and outcome are not in this model.",
    paths.reliability.x === 1 && paths.reliability.m === 1 && paths.reliability.y === 1
      ? "All variables are taken as measured without error. With real scales the observed paths are smaller than the true ones."
      : "The estimand is the true ab, free of measurement error. The regressions estimate an attenuated one; that shows as bias and under-coverage.",
    "Relations are linear, without interaction of X and M, and residual variances do not change with X.",
    `A simulated power is known only up to its Monte-Carlo error (standard error up to ${formatRate(largestMcse(run))}); neighbouring conditions share their random numbers, so their errors are not independent.`,
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

/** The model of Fritz & MacKinnon's table: X and residuals standard normal, c′ = 0, nothing else; 80 % power. */
function isTabulated({ paths, power }: Scenario): boolean {
  const { x, residualSd, covariates, reliability, residualSkew } = paths;
  return (
    power.target === 0.8 &&
    !paths.standardized &&
    paths.cPrime === 0 &&
    x.distribution === "normal" &&
    covariates.n === 0 &&
    [residualSd.m, residualSd.y, reliability.x, reliability.m, reliability.y].every((value) => value === 1) &&
    residualSkew.m === 0 &&
    residualSkew.y === 0
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

/** User text must not turn into markup: what CommonMark or HTML would read as syntax is escaped. */
function inMarkdown(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>#|~]/g, "\\$&");
}
