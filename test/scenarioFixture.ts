import type {
  AnalysisPlan,
  MissingValues,
  PathParameters,
  PathsCondition,
  PowerTest,
  TeamStructure,
  WaveStructure,
} from "../models/scenario/types.ts";

export const NO_TEAMS: TeamStructure = {
  count: 0,
  sizeCv: 0,
  managers: 0,
  iccM: 0,
  iccY: 0,
  managerIccM: 0,
  managerIccY: 0,
  xBetween: 0,
};
export const ONE_OCCASION: WaveStructure = {
  count: 0,
  stability: { x: 0.5, m: 0.5, y: 0.5 },
  yOnM: 0,
  mOnX: 0,
  yOnX: 0,
};
export const NOTHING_MISSING: MissingValues = {
  mechanism: "mcar",
  on: "x",
  slope: 1,
  x: 0,
  m: 0,
  y: 0,
  dropout: 0,
};
/** What an analysis plan has beside tests, estimators, level and bootstrap, as the defaults are. */
export const PLAN_DEFAULTS = {
  imputation: { count: 20, iterations: 10, method: "normal" },
  lags: "first",
} as const satisfies Partial<AnalysisPlan>;

export type PathChanges = Partial<Omit<PathParameters, "teams" | "waves" | "missing">> & {
  readonly teams?: Partial<TeamStructure>;
  readonly waves?: Partial<WaveStructure>;
  readonly missing?: Partial<MissingValues>;
};

/** Path parameters of the textbook model with the given changes. */
export function pathsWith({ teams, waves, missing, ...changes }: PathChanges = {}): PathParameters {
  return {
    a: 0.3,
    b: 0.3,
    cPrime: 0.1,
    standardized: false,
    x: { distribution: "normal" },
    residualSd: { m: 1, y: 1 },
    covariates: { n: 0, rSquaredM: 0, rSquaredY: 0 },
    reliability: { x: 1, m: 1, y: 1 },
    residualSkew: { m: 0, y: 0 },
    teams: { ...NO_TEAMS, ...teams },
    waves: { ...ONE_OCCASION, ...waves },
    missing: { ...NOTHING_MISSING, ...missing },
    ...changes,
  };
}

export function conditionWith(
  nClients: number,
  tests: readonly PowerTest[],
  changes: PathChanges = {},
  plan: Partial<AnalysisPlan> = {},
): PathsCondition {
  const analysis: AnalysisPlan = {
    tests,
    estimators: ["ols"],
    level: 0.95,
    bootstrap: { resamples: 999, curtail: true },
    ...PLAN_DEFAULTS,
    ...plan,
  };
  return { index: 0, generator: "paths", factors: { nClients }, nClients, paths: pathsWith(changes), analysis };
}
