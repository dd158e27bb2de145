import type { PowerRun } from "../models/powerTypes.ts";
import { conditionsOfPaths, conditionsOfService } from "../models/scenario/conditions.ts";
import type {
  AnalysisPlan,
  PathParameters,
  PathsScenario,
  Scenario,
  ServiceScenario,
} from "../models/scenario/types.ts";

/**
 * What all conditions of a run have in common, and what varies. `paths` and `analysis` are those of the first condition;
 * a number named in `varied` holds for that condition alone and must not be stated of the run.
 */
export type PathsSettings = {
  readonly generator: "paths";
  readonly paths: PathParameters;
  readonly analysis: AnalysisPlan;
  /** Paths of the numbers, nClients apart, that differ between conditions: "paths.a", "analysis.level"; in the order of the scenario. */
  readonly varied: readonly string[];
};

/** The same of a service, whose values are those of the scenario. */
export type ServiceSettings = {
  readonly generator: "service";
  readonly scenario: ServiceScenario;
  readonly analysis: AnalysisPlan;
  /** Factors, nClients apart, that differ between conditions. */
  readonly varied: readonly string[];
};

export type Settings = PathsSettings | ServiceSettings;

export function settingsOf({ scenario }: Pick<PowerRun, "scenario">): Settings {
  return scenario.generator === "paths" ? settingsOfPaths(scenario) : settingsOfService(scenario);
}

function settingsOfPaths(scenario: PathsScenario): PathsSettings {
  const [{ paths, analysis }, ...others] = conditionsOfPaths(scenario);
  const numbers = numbersIn({ paths, analysis });
  const otherNumbers = others.map((condition) => numbersIn({ paths: condition.paths, analysis: condition.analysis }));
  const varied = [...numbers.keys()].filter((path) =>
    otherNumbers.some((known) => known.get(path) !== numbers.get(path)),
  );
  return { generator: "paths", paths, analysis, varied };
}

function settingsOfService(scenario: ServiceScenario): ServiceSettings {
  const [{ factors, analysis }, ...others] = conditionsOfService(scenario);
  const varied = Object.keys(factors).filter(
    (name) => name !== "nClients" && others.some((condition) => condition.factors[name] !== factors[name]),
  );
  return { generator: "service", scenario, analysis, varied };
}

/** Every number below an object by its dotted path. */
export function numbersIn(values: object, below = ""): Map<string, number> {
  const found = new Map<string, number>();
  for (const [key, value] of Object.entries(values)) {
    if (typeof value === "number") found.set(below + key, value);
    else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [path, number] of numbersIn(value, `${below}${key}.`)) found.set(path, number);
    }
  }
  return found;
}

const FACTOR_WORDS: Readonly<Record<string, string>> = {
  nClients: "N",
  "paths.a": "a",
  "paths.b": "b",
  "paths.cPrime": "c′",
  "paths.x.share": "share of ones in X",
  "paths.residualSd.m": "residual SD of M",
  "paths.residualSd.y": "residual SD of Y",
  "paths.covariates.n": "covariates",
  "paths.covariates.rSquaredM": "R² of M on the covariates",
  "paths.covariates.rSquaredY": "R² of Y on the covariates",
  "paths.reliability.x": "reliability of X",
  "paths.reliability.m": "reliability of M",
  "paths.reliability.y": "reliability of Y",
  "paths.residualSkew.m": "residual skewness of M",
  "paths.residualSkew.y": "residual skewness of Y",
  "paths.teams.count": "teams",
  "paths.teams.sizeCv": "CV of team sizes",
  "paths.teams.managers": "case managers per team",
  "paths.teams.managerIccM": "ICC of M by case manager",
  "paths.teams.managerIccY": "ICC of Y by case manager",
  "paths.teams.iccM": "residual ICC of M",
  "paths.teams.iccY": "residual ICC of Y",
  "paths.teams.xBetween": "share of X's variance between teams",
  "paths.teams.bBetween": "b between teams",
  "paths.waves.count": "waves",
  "paths.waves.stability.x": "stability of X",
  "paths.waves.stability.m": "stability of M",
  "paths.waves.stability.y": "stability of Y",
  "paths.waves.yOnM": "Y → M",
  "paths.waves.mOnX": "M → X",
  "paths.waves.yOnX": "Y → X",
  "paths.missing.slope": "log odds of missing per SD",
  "paths.missing.x": "share of X missing",
  "paths.missing.m": "share of M missing",
  "paths.missing.y": "share of Y missing",
  "paths.missing.dropout": "dropout per wave",
  "service.teams.count": "teams",
  "service.effects.fidelityOnAlliance": "effect of fidelity on alliance",
  "study.clientsPerTeam": "clients per team",
  "analysis.level": "confidence level",
  "analysis.bootstrap.resamples": "bootstrap resamples",
  "analysis.imputation.count": "imputed data sets",
  "analysis.imputation.iterations": "imputation rounds",
};

/** A factor as people say it: "paths.reliability.m" → "reliability of M"; a parameter of a service by its own name. */
export function factorWords(path: string): string {
  return FACTOR_WORDS[path] ?? path.replace(/^service\./, "");
}

/** The unit of ab: standardized coefficients count in standard deviations, a binary X in its one step. */
export function unitOfAb(scenario: Scenario): string {
  if (scenario.generator === "service" || !scenario.paths.standardized) return "units of Y per unit of X";
  return scenario.paths.x.distribution === "binary" ? "SD of Y per step of X" : "SD of Y per SD of X";
}
