import { hasMissing } from "../models/paths/missingValues.ts";
import type { PowerRun } from "../models/powerTypes.ts";
import { alphaWords, assumptionSentences, pathWords, seriesListing } from "./assumptions.ts";
import { bootstrapSentences, countsWords, largestMcse } from "./describeRun.ts";
import { testInProse } from "./findings.ts";
import { formatCount, formatPercent, formatRate, joinWords } from "./format.ts";
import { seriesOf } from "./series.ts";
import { serviceSentences } from "./serviceWords.ts";
import { factorWords, type PathsSettings, type ServiceSettings, settingsOf } from "./settings.ts";
import { ESTIMATOR_WORDS } from "./testNames.ts";

/** One item of the checklist: its number, what it asks for, and this study's answer. */
export type StressItem = { readonly item: string; readonly name: string; readonly text: string };

/**
 * The 20 items of the STRESS checklist for discrete-event simulation, the nearest of its three versions, filled in for a
 * power study; items on queues and time say why they do not apply.
 *
 * @source Monks et al. (2019), doi:10.1080/17477778.2018.1442155, appendix (STRESS-DES)
 */
export function stressChecklist(run: PowerRun): StressItem[] {
  const { scenario, result } = run;
  const settings = settingsOf(run);
  const { tests, estimators } = scenario.analysis;
  const by =
    estimators.length > 1 ? ` Estimators: ${joinWords(estimators.map((name) => ESTIMATOR_WORDS[name].name))}.` : "";
  const factors = settings.varied.map(factorWords);
  const bootstrap = bootstrapSentences(run);
  const nSeries = seriesOf(run).length;
  const words = settings.generator === "paths" ? pathsAnswers(settings) : serviceAnswers(settings);
  const items: [string, string, string][] = [
    [
      "1.1",
      "Purpose of the model",
      `To plan how many clients a study needs to detect the indirect effect team fidelity → working alliance → outcome.${scenario.title === "" ? "" : ` Scenario: ${scenario.title}`}`,
    ],
    [
      "1.2",
      "Model outputs",
      "Rejection rate of each test with Monte-Carlo SE and 95\u00a0% Wilson interval; bias, empirical and mean model SE of ab; coverage of each interval.",
    ],
    [
      "1.3",
      "Aims of experimentation",
      `${formatCount(result.conditions.length)} conditions; factors: ${joinWords(["N", ...factors])}; ${countsWords(run)}. Sought: the smallest N with ${formatPercent(scenario.power.target)} power.`,
    ],
    ["2.1", "Base model overview diagram", words.diagram],
    ["2.2", "Base model logic", words.logic],
    [
      "2.3",
      "Scenario logic",
      nSeries === 1
        ? "One set of assumptions; only N varies."
        : `${formatCount(nSeries)} sets of assumptions: ${seriesListing(run) ?? "see the table in the methods text"}.`,
    ],
    [
      "2.4",
      "Algorithms",
      `Tests of ab, all on the same studies: ${joinWords(tests.map(testInProse))}.${by}${bootstrap === null ? "" : ` ${bootstrap}`} Exact power by numerical integration where it applies.`,
    ],
    ["2.5", "Components", words.components],
    ["3.1", "Data sources", scenario.source === "" ? "None stated in the scenario." : scenario.source],
    ["3.2", "Pre-processing", "None: the scenario's values are used as they stand; run.json keeps them."],
    [
      "3.3",
      "Input parameters",
      `${words.parameters}${factors.length > 0 ? ` Listed under 2.3: ${joinWords(factors)}.` : ""}`,
    ],
    ["3.4", "Assumptions", words.assumptions],
    ["4.1", "Initialisation", words.initialisation],
    ["4.2", "Run length", `${words.runLength}; ${formatCount(result.replications)} studies per condition.`],
    [
      "4.3",
      "Estimation approach",
      `${formatCount(result.replications)} replications per condition; largest Monte-Carlo SE of a rate ${formatRate(largestMcse(run))}. Two-sided tests at ${alphaWords(settings)}. Studies that cannot be fitted are counted and left out of every rate (${formatCount(result.conditions.reduce((sum, condition) => sum + condition.nFailed, 0))} here).`,
    ],
    [
      "5.1",
      "Software or programming language",
      `caseload ${result.version}, TypeScript and WebAssembly, on Node.js 20.19 or newer.`,
    ],
    [
      "5.2",
      "Random sampling",
      `Counter-based generator Threefry-2x32 with 20 rounds, every draw addressed by seed, replication and purpose; inverse-CDF transforms. Seed “${result.seed}”. Conditions share random numbers.`,
    ],
    [
      "5.3",
      "Model execution",
      "Blocks of replications on worker threads; results are the same bits on any number of threads.",
    ],
    [
      "5.4",
      "System specification",
      "Results do not depend on the machine: exp, log and the distributions are the program's own.",
    ],
    [
      "6.1",
      "Computer model sharing",
      `npm package caseload, version ${result.version}, MIT licence; run.json repeats this run.`,
    ],
  ];
  return items.map(([item, name, text]) => ({ item, name, text }));
}

/** The answers that depend on what made the studies. */
type ModelAnswers = {
  readonly diagram: string;
  readonly logic: string;
  readonly components: string;
  readonly parameters: string;
  readonly assumptions: string;
  readonly initialisation: string;
  readonly runLength: string;
};

function pathsAnswers(settings: PathsSettings): ModelAnswers {
  const { teams, waves, missing } = settings.paths;
  const inTeams = teams.count > 0;
  const equations =
    waves.count > 0
      ? "X, M and Y of each client at a wave depend on those a wave earlier (M on X by a, Y on M by b and on X by c′)"
      : "M = aX + covariates + e₁ and Y = c′X + bM + covariates + e₂ for each client";
  return {
    diagram: "charts/path-diagram.svg.",
    logic: `${equations}${inTeams ? ", with parts of X, e₁ and e₂ that clients of a team share" : ""}, then measurement error; each study is analysed by the two ordinary-least-squares regressions.`,
    components: `Entities: ${inTeams ? "teams, and clients in them" : "clients, independent of each other"}. Activities, resources, queues, entry and exit points: none; ${waves.count > 0 ? "time is the order of the waves" : "the textbook path model has no time"}.`,
    parameters: `${pathWords(settings)}. ${assumptionSentences(settings).join(" ")}`,
    assumptions: `${inTeams ? "Teams alike but for chance" : "Independent clients"}, linear relations, no interaction of X and M, constant residual variances, ${hasMissing(missing) ? "values missing as stated under 3.3" : "complete data"}.`,
    initialisation: "Not applicable: no state, no warm-up.",
    runLength: `One study is N clients observed ${waves.count > 0 ? `at ${formatCount(waves.count)} waves` : "once"}`,
  };
}

function serviceAnswers({ scenario, ...settings }: ServiceSettings): ModelAnswers {
  const { time } = scenario.service;
  return {
    diagram: "docs/model.md, Process overview and scheduling.",
    logic:
      "Each step: referrals, staffing, contacts, fidelity, alliance, goals, outcomes, events; equations in docs/model.md. A study observes the service with error; each is analysed by the two ordinary-least-squares regressions.",
    components:
      "Entities: agencies, teams, case managers, clients. Resource: hours of case managers. Queue: a waiting list per team. Entry: referral; exit: leaving, graduation, never engaged, giving up.",
    parameters: serviceSentences({ scenario, ...settings }).join(" "),
    assumptions:
      "Listed with their sources in docs/model.md and in the scenario; those without evidence say “assumption”.",
    initialisation:
      "Seats are filled and caseloads taken to the share that the scenario gives; first clients have been in service for a drawn time.",
    runLength: `One study is a service over ${formatCount(time.weeks)} weeks in steps of ${time.stepsPerWeek === 1 ? "a week" : `1/${time.stepsPerWeek} week`}`,
  };
}
