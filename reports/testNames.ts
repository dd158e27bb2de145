import { partsOf, type RateName } from "../models/decisionNames.ts";
import type { EstimatorName, OtherEstimator, PowerTest } from "../models/scenario/types.ts";

/** How a test of ab is called and drawn, the same in every table and chart. */
export type TestStyle = {
  readonly name: string;
  /** Fits a narrow column head. */
  readonly short: string;
  readonly color: string;
  /** Dash pattern in px: [] is solid. */
  readonly dash: readonly number[];
  /** vega's symbol name, or the path of one within ±1. */
  readonly shape: string;
};

/**
 * Colours after Okabe & Ito's palette for colour-blind readers, its light hues darkened to at least 3:1 against white.
 * Dash and marker repeat what colour says, so a greyscale print loses nothing.
 */
export const TEST_STYLES: Readonly<Record<PowerTest, TestStyle>> = {
  jointSignificance: { name: "Joint significance", short: "joint", color: "#0072b2", dash: [], shape: "circle" },
  sobel: { name: "Sobel", short: "Sobel", color: "#d55e00", dash: [7, 3], shape: "square" },
  aroian: { name: "Aroian", short: "Aroian", color: "#a6761d", dash: [12, 3], shape: "triangle-right" },
  goodman: { name: "Goodman", short: "Goodman", color: "#7a4a2b", dash: [12, 3, 2, 3], shape: "triangle-left" },
  monteCarlo: { name: "Monte Carlo", short: "MC", color: "#00896a", dash: [2, 2], shape: "triangle-up" },
  productDistribution: {
    name: "Product distribution",
    short: "product",
    color: "#2b8cc4",
    dash: [4, 4],
    shape: "cross",
  },
  percentileBootstrap: {
    name: "Percentile bootstrap",
    short: "perc.",
    color: "#b0488a",
    dash: [7, 3, 2, 3],
    shape: "diamond",
  },
  biasCorrectedBootstrap: {
    name: "Bias-corrected bootstrap",
    short: "BC",
    color: "#5b3a9b",
    dash: [1, 3],
    shape: "triangle-down",
  },
  bcaBootstrap: {
    name: "BCa bootstrap",
    short: "BCa",
    color: "#6b6b6b",
    dash: [4, 2, 1, 2, 1, 2],
    shape: "M-.8,-.8L.8,.8M.8,-.8L-.8,.8",
  },
  clusterBootstrap: {
    name: "Cluster bootstrap",
    short: "cluster",
    color: "#b5304f",
    dash: [10, 2, 1, 2],
    shape: "M0,-1L.95,-.31L.59,.81L-.59,.81L-.95,-.31Z",
  },
};

/** How an estimator is called: behind the name of a test, in a narrow head, and as what a sentence says of a test. */
export const ESTIMATOR_WORDS: Readonly<Record<EstimatorName, { name: string; short: string; prose: string }>> = {
  ols: { name: "OLS", short: "OLS", prose: "by ordinary regression" },
  hc3: { name: "HC3", short: "HC3", prose: "with HC3 standard errors" },
  cr1s: { name: "CR1S", short: "CR1S", prose: "with CR1S standard errors by team" },
  cr2: { name: "CR2", short: "CR2", prose: "with CR2 standard errors by team" },
  mixed: { name: "mixed model", short: "mixed", prose: "by a mixed model" },
  mixedManagers: {
    name: "mixed model with case managers",
    short: "mixed mgr",
    prose: "by a mixed model with case managers within teams",
  },
  withinBetween: { name: "2-1-1 model", short: "2-1-1", prose: "by a 2-1-1 model of team means" },
  imputed: { name: "OLS, imputed", short: "imputed", prose: "by ordinary regression after multiple imputation" },
  imputedCr2: {
    name: "CR2, imputed",
    short: "imp. CR2",
    prose: "with CR2 standard errors by team after multiple imputation",
  },
  imputedMixed: {
    name: "mixed model, imputed",
    short: "imp. mixed",
    prose: "by a mixed model after multiple imputation",
  },
};

/** Looks of estimators, which are drawn for one test at a time: those of tests that are then not drawn. */
const ESTIMATOR_LOOKS: Readonly<Record<OtherEstimator, Omit<TestStyle, "name" | "short">>> = {
  hc3: TEST_STYLES.bcaBootstrap,
  cr1s: TEST_STYLES.aroian,
  cr2: TEST_STYLES.monteCarlo,
  mixed: TEST_STYLES.biasCorrectedBootstrap,
  mixedManagers: TEST_STYLES.goodman,
  withinBetween: TEST_STYLES.productDistribution,
  imputed: TEST_STYLES.sobel,
  imputedCr2: TEST_STYLES.percentileBootstrap,
  imputedMixed: {
    color: "#4d6b1f",
    dash: [9, 3, 3, 3],
    shape: "M0,-1L.22,-.31L.95,-.31L.36,.12L.59,.81L0,.38L-.59,.81L-.36,.12L-.95,-.31L-.22,-.31Z",
  },
};

/** The look of a test by any estimator. */
export function styleOf(name: RateName): TestStyle {
  const { test, estimator } = partsOf(name);
  const style = TEST_STYLES[test as PowerTest];
  if (estimator === "ols") return style;
  const words = ESTIMATOR_WORDS[estimator];
  return {
    ...ESTIMATOR_LOOKS[estimator],
    name: `${style.name}, ${words.name}`,
    short: `${style.short} ${words.short}`,
  };
}

/** Estimators that know of teams or of missing values, the one to trust with few teams first. */
const TRUSTED: readonly OtherEstimator[] = [
  "imputedCr2",
  "imputedMixed",
  "cr2",
  "mixedManagers",
  "mixed",
  "cr1s",
  "imputed",
];

/**
 * The test that headlines speak of: joint significance where it was run, else the first of the plan; by the estimator that
 * uses incomplete cases and keeps its level with few teams, where there is one.
 */
export function headlineTest(names: readonly RateName[]): RateName {
  const test = names.includes("jointSignificance") ? "jointSignificance" : names[0];
  const byTrusted = TRUSTED.map((estimator) => names.find((name) => name === `${test}:${estimator}`));
  return byTrusted.find((name) => name !== undefined) ?? test;
}
