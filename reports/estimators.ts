import { clusterNames, isNormalTheory, otherEstimators, partsOf, type RateName } from "../models/decisionNames.ts";
import type { ConditionSummary, PowerRun, TestSummary } from "../models/powerTypes.ts";
import { rangeWords } from "./describeRun.ts";
import { testInProse } from "./findings.ts";
import { analysisOf, pathsOf, serviceOf } from "./focus.ts";
import { formatCount, formatPercent, joinWords } from "./format.ts";
import { ESTIMATOR_WORDS } from "./testNames.ts";

/** A true null that is rejected more often than 1½ times the nominal level: Bradley's liberal criterion of robustness. */
const LIBERAL = 1.5;

/**
 * The tests that show estimators side by side: one normal-theory test (joint significance where it was run) by each of
 * them, and the cluster bootstrap.
 *
 * @returns [] for a run of ordinary regression alone
 */
export function comparedTests({ scenario }: Pick<PowerRun, "scenario">): RateName[] {
  const { tests } = scenario.analysis;
  const normal = tests.filter(isNormalTheory);
  const test = normal.find((name) => name === "jointSignificance") ?? normal[0];
  const byEach =
    test === undefined ? [] : [test, ...otherEstimators(scenario.analysis).map((name) => `${test}:${name}` as const)];
  const names = [...byEach, ...tests.filter((name) => name === "clusterBootstrap")];
  return names.length > 1 ? names : [];
}

/** What charts draw: the tests of the plan; where estimators are compared, one test by each of them. */
export function drawnTests(run: Pick<PowerRun, "scenario">): readonly RateName[] {
  return otherEstimators(run.scenario.analysis).length > 0 ? comparedTests(run) : run.scenario.analysis.tests;
}

/** Whether there is no path from X to M in a condition, so that rejecting a = 0 is a type I error. */
export function hasNoPathA(run: Pick<PowerRun, "scenario">, conditionIndex: number): boolean {
  const a = pathsOf(run, conditionIndex)?.a ?? serviceOf(run, conditionIndex)?.effects.fidelityOnAlliance;
  return a === 0;
}

/** A true null, the share of studies that reject it, and the level it was tested at. */
type NullRate = { readonly rate: TestSummary; readonly alpha: number };

/**
 * Whether ordinary regression can be trusted, as the null conditions of the run show it: by path a where it is 0, else by the
 * test that is compared. It is not where it rejects a true null more often than 1½ α, and by more than Monte-Carlo error.
 *
 * @returns [] for a run of ordinary regression alone
 * @source  liberal criterion: Bradley (1978), doi:10.1111/j.2044-8317.1978.tb00581.x
 */
export function trustSentences(run: PowerRun): string[] {
  const names = comparedTests(run);
  if (names.length === 0) return [];
  const nulls = run.result.conditions
    .map((summary, index) => ({ summary, alpha: 1 - analysisOf(run, index).level, noPathA: hasNoPathA(run, index) }))
    .filter(({ summary }) => summary.isNull && summary.nFitted > 0);
  if (nulls.length === 0)
    return [
      "No condition of this run has ab = 0, so it does not show which estimator to trust: add one with a = 0 to see how often each rejects a true null.",
    ];
  const onA = nulls.filter(({ summary, noPathA }) => noPathA && summary.pathA !== undefined);
  const judged = onA.length > 0 ? onA : nulls;
  const ratesOf = (name: RateName): NullRate[] =>
    judged.flatMap(({ summary, alpha }) => {
      const rate = onA.length > 0 ? pathARate(summary, name) : summary.tests[name];
      return rate === undefined ? [] : [{ rate, alpha }];
    });
  const percents = (name: RateName) =>
    rangeWords(
      ratesOf(name).map(({ rate }) => rate.power),
      wholePercent,
    );
  const nominal = rangeWords(
    judged.map(({ alpha }) => alpha),
    (alpha) => formatPercent(Number(alpha.toPrecision(6))),
  );
  const naive = names[0];
  const isLiberal = ratesOf(naive).some(({ rate, alpha }) => rate.power > LIBERAL * alpha && rate.ci[0] > alpha);
  const which = onA.length > 0 ? "a = 0, by the t test of path a" : `ab = 0, by ${testInProse(naive)}`;
  const others = names.slice(1).map((name) => `${nameIn(name)} ${percents(name)}`);
  return [
    `Ordinary regression rejects a true null (${which}) ${percents(naive)} of the time here (nominal ${nominal})` +
      `${isLiberal ? ": its tests are not to be trusted" : ""}; ${others.join(", ")}.`,
  ];
}

/** Path a by the estimator of a test; of the cluster bootstrap, which has none, its test of ab. */
export function pathARate(summary: ConditionSummary, name: RateName): TestSummary | undefined {
  return name === "clusterBootstrap" ? summary.tests[name] : summary.pathA?.[partsOf(name).estimator];
}

/**
 * What a comparison by the z tests cannot say: they take standard errors as known, so that Satterthwaite's degrees of freedom
 * reach joint significance alone. null where no such test was compared.
 */
export function fewTeamsNote({ scenario }: Pick<PowerRun, "scenario">): string | null {
  const tests = scenario.analysis.tests.filter((test) => isNormalTheory(test) && test !== "jointSignificance");
  if (tests.length === 0 || clusterNames({ ...scenario.analysis, tests: [] }).length === 0) return null;
  const names = joinWords(tests.map(testInProse));
  return `Of the tests by estimators that know of teams, only joint significance uses their degrees of freedom; ${names} ${tests.length === 1 ? "takes" : "take"} the standard errors as known, and with few teams reject${tests.length === 1 ? "s" : ""} too often by any of them.`;
}

/** How often each estimator could not be fitted to a study that ordinary regression could; [] when never. */
export function estimatorFailures(run: PowerRun): string[] {
  const nOf = (of: (summary: ConditionSummary) => TestSummary | undefined) =>
    run.result.conditions.reduce((sum, condition) => sum + (of(condition)?.nUndefined ?? 0), 0);
  const failures: (readonly [string, number])[] = [
    ...otherEstimators(run.scenario.analysis).map(
      (name) => [ESTIMATOR_WORDS[name].name, nOf(({ pathA }) => pathA?.[name])] as const,
    ),
    ["cluster bootstrap", nOf(({ tests }) => tests.clusterBootstrap)],
  ];
  const words = failures.filter(([, n]) => n > 0).map(([name, n]) => `${name} ${formatCount(n)}`);
  if (words.length === 0) return [];
  return [`Studies without a result by an estimator (they count as not rejecting): ${joinWords(words)}.`];
}

/** "CR2", "mixed model", "cluster bootstrap (of ab)". */
function nameIn(name: RateName): string {
  return name === "clusterBootstrap" ? "cluster bootstrap (of ab)" : ESTIMATOR_WORDS[partsOf(name).estimator].name;
}

function wholePercent(share: number): string {
  const percent = share * 100;
  return formatPercent(Number(percent < 9.95 ? percent.toFixed(1) : percent.toFixed(0)) / 100);
}
