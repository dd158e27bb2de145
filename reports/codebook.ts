import {
  type DecisionName,
  decisionNamesOf,
  drawsResamples,
  hasInterval,
  partsOf,
  type PathTestName,
  type RateName,
} from "../models/decisionNames.ts";
import type { PowerRun } from "../models/powerTypes.ts";
import type { PowerTest } from "../models/scenario/types.ts";
import { csvText } from "./csv.ts";
import { coverageSentence } from "./describeRun.ts";
import { ROW_COLUMNS } from "./rows.ts";
import { factorNamesOf, summaryColumns } from "./summaryCsv.ts";
import { ESTIMATOR_WORDS, styleOf } from "./testNames.ts";

/** What a column holds. `values`: its range, or the coding of a 0/1 column. */
type Entry = {
  readonly type: "integer" | "number" | "text";
  readonly unit: string;
  readonly values: string;
  readonly meaning: string;
};

/**
 * codebook.csv: a line per column of rows.csv and summary.csv with type, unit, range and meaning, and in every line the
 * scenario, seed, version and number of replications of the run (rows.csv itself leaves them out, being large).
 */
export function codebookCsv(run: PowerRun): string {
  const { scenario, seed, version, replications } = run.result;
  const rows = [
    ...ROW_COLUMNS.map((column) => ["rows.csv", column, ROW_ENTRIES[column]] as const),
    ...decisionNamesOf(run.scenario.analysis).flatMap((test) => [
      ["rows.csv", `${test}_rejects`, rejectsEntry(test)] as const,
      ...(hasInterval(test) ? [["rows.csv", `${test}_covers`, coversEntry(test, run)] as const] : []),
    ]),
    ...summaryColumns(run).map((column) => ["summary.csv", column, summaryEntry(column, run)] as const),
  ];
  return csvText([
    ["file", "column", "type", "unit", "values", "meaning", "scenario", "seed", "version", "nReplications"],
    ...rows.map(([file, column, entry]) => [
      file,
      column,
      entry.type,
      entry.unit,
      entry.values,
      entry.meaning,
      scenario,
      seed,
      version,
      String(replications),
    ]),
  ]);
}

const Y_PER_X = "units of Y per unit of X";

const ROW_ENTRIES: Readonly<Record<(typeof ROW_COLUMNS)[number], Entry>> = {
  conditionIndex: {
    type: "integer",
    unit: "",
    values: "from 0",
    meaning: "Condition, in the order of the grid; its factors are in summary.csv and run.json",
  },
  replication: {
    type: "integer",
    unit: "",
    values: "from 0",
    meaning: "Simulated study; the same number has the same luck in every condition",
  },
  n: {
    type: "integer",
    unit: "clients",
    values: "from 0",
    meaning: "Clients that the analysis had: enrolled, and with no value missing",
  },
  a: {
    type: "number",
    unit: "units of M per unit of X",
    values: "empty if failed",
    meaning: "Estimated path a: X to M",
  },
  seA: {
    type: "number",
    unit: "units of M per unit of X",
    values: "above 0; empty if failed",
    meaning: "Standard error of a",
  },
  b: {
    type: "number",
    unit: "units of Y per unit of M",
    values: "empty if failed",
    meaning: "Estimated path b: M to Y, given X",
  },
  seB: {
    type: "number",
    unit: "units of Y per unit of M",
    values: "above 0; empty if failed",
    meaning: "Standard error of b",
  },
  ab: { type: "number", unit: Y_PER_X, values: "empty if failed", meaning: "Estimated indirect effect, a times b" },
  resamples: {
    type: "integer",
    unit: "resamples",
    values: "0 without a bootstrap test",
    meaning: "Bootstrap resamples drawn before the decision was settled",
  },
  failed: {
    type: "integer",
    unit: "",
    values: "1 = yes; 0 = no",
    meaning: "The regressions could not be fitted; the study counts in no rate",
  },
};

function isOfPathA(name: DecisionName): name is PathTestName {
  return partsOf(name).test === "pathA";
}

function rejectsEntry(name: DecisionName): Entry {
  return {
    type: "integer",
    unit: "",
    values: "1 = yes; 0 = no; empty = failed or not defined",
    meaning: isOfPathA(name)
      ? `Path a, ${ESTIMATOR_WORDS[partsOf(name).estimator].name}: the t test rejects a = 0`
      : `${styleOf(name).name}: rejects ab = 0`,
  };
}

function coversEntry(name: DecisionName, run: PowerRun): Entry {
  const test = name as RateName;
  const judged = partsOf(test).estimator === "ols" && drawsResamples(test as PowerTest) ? coverageSentence(run) : null;
  return {
    type: "integer",
    unit: "",
    values: "1 = yes; 0 = no; empty = failed or not defined",
    meaning: `${styleOf(test).name}: the confidence interval contains the true ab${addition(judged)}`,
  };
}

const SUMMARY_ENTRIES: Readonly<Record<string, Entry>> = {
  scenario: { type: "text", unit: "", values: "", meaning: "Name of the scenario" },
  seed: { type: "text", unit: "", values: "", meaning: "Seed of all random numbers" },
  version: { type: "text", unit: "", values: "", meaning: "Version of caseload" },
  nReplications: { type: "integer", unit: "studies", values: "from 1", meaning: "Simulated studies per condition" },
  conditionIndex: { type: "integer", unit: "", values: "from 0", meaning: "Condition, in the order of the grid" },
  label: { type: "text", unit: "", values: "", meaning: "Series: conditions that differ only in nClients" },
  nClients: { type: "integer", unit: "clients", values: "from 1", meaning: "Clients enrolled in one study (N)" },
  meanAnalysed: {
    type: "number",
    unit: "clients",
    values: "from 0",
    meaning: "Mean over studies of the clients that the analysis had",
  },
  estimand: {
    type: "number",
    unit: Y_PER_X,
    values: "",
    meaning: "True indirect effect; of a service: what the same analysis finds in a very large cohort",
  },
  estimandMcse: {
    type: "number",
    unit: Y_PER_X,
    values: "empty where the truth is known exactly",
    meaning: "Monte-Carlo standard error of estimand",
  },
  isNull: {
    type: "integer",
    unit: "",
    values: "1 = yes; 0 = no",
    meaning: "The model has no indirect effect: power is then the type I error",
  },
  nFitted: {
    type: "integer",
    unit: "studies",
    values: "",
    meaning: "Studies that could be fitted: the denominator of every rate",
  },
  nFailed: { type: "integer", unit: "studies", values: "", meaning: "Studies that could not be fitted" },
  meanEstimate: { type: "number", unit: Y_PER_X, values: "", meaning: "Mean of the estimates of ab" },
  bias: { type: "number", unit: Y_PER_X, values: "", meaning: "meanEstimate minus estimand" },
  biasMcse: { type: "number", unit: Y_PER_X, values: "", meaning: "Monte-Carlo standard error of bias" },
  empiricalSe: { type: "number", unit: Y_PER_X, values: "", meaning: "Standard deviation of the estimates of ab" },
  modelSe: {
    type: "number",
    unit: Y_PER_X,
    values: "",
    meaning: "Root mean square of the first-order (Sobel) standard error",
  },
  test: { type: "text", unit: "", values: "", meaning: "Test of ab = 0; behind a colon, an estimator other than OLS" },
  power: {
    type: "number",
    unit: "share",
    values: "0 to 1",
    meaning: "Share of fitted studies in which the test rejects; type I error where isNull is 1",
  },
  powerMcse: { type: "number", unit: "share", values: "", meaning: "Monte-Carlo standard error of power" },
  powerLower: {
    type: "number",
    unit: "share",
    values: "0 to 1",
    meaning: "Lower limit of the 95 % Wilson interval of power",
  },
  powerUpper: {
    type: "number",
    unit: "share",
    values: "0 to 1",
    meaning: "Upper limit of the 95 % Wilson interval of power",
  },
  coverage: {
    type: "number",
    unit: "share",
    values: "0 to 1; empty without an interval",
    meaning: "Share of confidence intervals that contain the estimand",
  },
  coverageMcse: { type: "number", unit: "share", values: "", meaning: "Monte-Carlo standard error of coverage" },
  exactPower: {
    type: "number",
    unit: "share",
    values: "0 to 1; empty where there is no exact calculation",
    meaning: "Power by numerical integration, without random numbers",
  },
  disagrees: {
    type: "integer",
    unit: "",
    values: "1 = yes; 0 = no",
    meaning: "power and exactPower are further apart than chance allows (4.9 Monte-Carlo standard errors)",
  },
  nUndefined: {
    type: "integer",
    unit: "studies",
    values: "",
    meaning:
      "Fitted studies in which the test is not defined; they count as not rejecting and are left out of coverage",
  },
};

function summaryEntry(column: string, run: PowerRun): Entry {
  if (factorNamesOf(run).includes(column)) {
    return { type: "number", unit: "", values: "", meaning: `Factor of the grid: the scenario's ${column}` };
  }
  const entry = SUMMARY_ENTRIES[column];
  const judged = column === "coverage" ? coverageSentence(run) : null;
  return { ...entry, meaning: entry.meaning + addition(judged) };
}

function addition(sentence: string | null): string {
  return sentence === null ? "" : `. ${sentence}`;
}
