import type { TestName } from "../models/scenario/types.ts";

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
export const TEST_STYLES: Readonly<Record<TestName, TestStyle>> = {
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
};

/** The test that headlines speak of: joint significance where it was run, else the first of the plan. */
export function headlineTest(tests: readonly TestName[]): TestName {
  return tests.includes("jointSignificance") ? "jointSignificance" : tests[0];
}
