import type {
  AnalysisPlan,
  Condition,
  Factors,
  PathsCondition,
  PathsScenario,
  Scenario,
  ServiceCondition,
  ServiceScenario,
} from "./types.ts";

/**
 * The conditions of a scenario in order, each with the scenario's values once its factors are applied. A service has the
 * conditions of its grid once for every model of the analysis, model after model.
 *
 * @param scenario a checked scenario: factors are `nClients` or dotted paths of numbers
 */
export function conditionsOf(scenario: Scenario): readonly Condition[] {
  return scenario.generator === "paths" ? conditionsOfPaths(scenario) : conditionsOfService(scenario);
}

export function conditionsOfPaths(scenario: PathsScenario): PathsCondition[] {
  return scenario.power.conditions.map((factors, index) => {
    const label = scenario.power.labels?.[index];
    return { index, ...(label ? { label } : {}), factors, generator: "paths", ...applyPathsFactors(scenario, factors) };
  });
}

export function conditionsOfService(scenario: ServiceScenario): ServiceCondition[] {
  const { conditions, labels } = scenario.power;
  return scenario.analysis.models.flatMap((model, m) =>
    conditions.map((written, c) => {
      const { nClients, factors, service, study, analysis } = applyServiceFactors(scenario, written);
      const label = [model.label, labels?.[c] ?? ""].filter((words) => words !== "").join(", ");
      const index = m * conditions.length + c;
      const named = label === "" ? {} : { label };
      return { index, ...named, factors, generator: "service", nClients, service, study, analysis, model };
    }),
  );
}

/** The scenario's values with the factors put in their place. */
export function applyPathsFactors(
  base: Pick<PathsScenario, "paths" | "analysis">,
  factors: Factors,
): Pick<PathsCondition, "nClients" | "paths" | "analysis"> {
  const { nClients, ...others } = factors;
  return { nClients, ...withNumbers({ paths: base.paths, analysis: base.analysis }, others) };
}

/**
 * The same for a service. Clients per team and the number of teams give nClients, or nClients and the number of teams give
 * clients per team; where everyone is taken, nClients is what is expected to arrive.
 *
 * @returns `factors` with nClients first
 */
export function applyServiceFactors(
  base: Pick<ServiceScenario, "service" | "study" | "analysis">,
  written: Factors,
): Pick<ServiceCondition, "nClients" | "factors" | "service" | "study" | "analysis"> {
  const { nClients: asked, ...others } = written;
  const { models: _, ...plan } = base.analysis as AnalysisPlan & { readonly models?: unknown };
  const { service, study, analysis } = withNumbers(
    { service: base.service, study: base.study, analysis: plan },
    others,
  );
  const nTeams = service.teams.count;
  const nClients = asked ?? Math.floor(nTeams * clientsPerTeam({ service, study }) + 0.5);
  const sized = asked === undefined ? study : { ...study, clientsPerTeam: asked / nTeams };
  return { nClients, factors: { nClients, ...others }, service, study: sized, analysis };
}

function clientsPerTeam({ service, study }: Pick<ServiceCondition, "service" | "study">): number {
  const { cohort, perWeek } = service.referrals;
  if (study.sampling.scheme !== "all") return study.clientsPerTeam;
  const ofCohort = cohort.on ? cohort.perTeam : 0;
  return study.sampling.from === "cohort" ? ofCohort : ofCohort + perWeek * study.enrolment.window;
}

function withNumbers<T extends object>(values: T, numbers: Factors): T {
  return Object.entries(numbers).reduce(
    (changed, [path, value]) => withNumberAt(changed, path.split("."), value),
    values,
  );
}

function withNumberAt<T extends object>(values: T, [key, ...rest]: readonly string[], value: number): T {
  const below = (values as Record<string, unknown>)[key];
  return { ...values, [key]: rest.length === 0 ? value : withNumberAt(below as object, rest, value) };
}
