import type { PowerRun } from "../models/powerTypes.ts";
import { alphaWords, assumptionSentences, pathWords, seriesListing } from "./assumptions.ts";
import { bootstrapSentences, countsWords, largestMcse } from "./describeRun.ts";
import { testInProse } from "./findings.ts";
import { formatCount, formatPercent, formatRate, joinWords } from "./format.ts";
import { seriesOf, testsOf } from "./series.ts";
import { factorWords, settingsOf } from "./settings.ts";

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
  const tests = testsOf(run);
  const factors = settings.varied.map(factorWords);
  const bootstrap = bootstrapSentences(run);
  const nSeries = seriesOf(run).length;
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
    ["2.1", "Base model overview diagram", "charts/path-diagram.svg."],
    [
      "2.2",
      "Base model logic",
      "M = aX + covariates + e₁ and Y = c′X + bM + covariates + e₂ for each client, then measurement error; each study is analysed by the two ordinary-least-squares regressions.",
    ],
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
      `Tests of ab, all on the same studies: ${joinWords(tests.map(testInProse))}.${bootstrap === null ? "" : ` ${bootstrap}`} Exact power by numerical integration where it applies.`,
    ],
    [
      "2.5",
      "Components",
      "Entities: clients, independent of each other. Activities, resources, queues, entry and exit points: none; the textbook path model has no time.",
    ],
    ["3.1", "Data sources", scenario.source === "" ? "None stated in the scenario." : scenario.source],
    ["3.2", "Pre-processing", "None: the scenario's values are used as they stand; run.json keeps them."],
    [
      "3.3",
      "Input parameters",
      `${pathWords(settings)}. ${assumptionSentences(settings).join(" ")}${factors.length > 0 ? ` Listed under 2.3: ${joinWords(factors)}.` : ""}`,
    ],
    [
      "3.4",
      "Assumptions",
      "Independent clients, linear relations, no interaction of X and M, constant residual variances, complete data.",
    ],
    ["4.1", "Initialisation", "Not applicable: no state, no warm-up."],
    [
      "4.2",
      "Run length",
      `One study is N clients observed once; ${formatCount(result.replications)} studies per condition.`,
    ],
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
