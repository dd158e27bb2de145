import type { CostParameters } from "../costs/parameters.ts";
import { kpiDefinitionsOf } from "../kpis/kpiDefinitions.ts";
import type { ServiceParameters } from "../service/parameters.ts";
import { serviceProblems } from "../service/serviceProblems.ts";
import { wideColumnNames } from "../study/columnNames.ts";
import type { StudyParameters } from "../study/parameters.ts";
import { studyProblems } from "../study/studyProblems.ts";
import { bootstrapProblem, clusterProblem } from "./checkConditions.ts";
import { applyServiceFactors, conditionsOfService } from "./conditions.ts";
import type { ExpandedCondition } from "./expandConditions.ts";
import { suggestion } from "./nearestName.ts";
import { ownKpisOf } from "./ownKpiSection.ts";
import { commonOf, planOf } from "./scenarioCommon.ts";
import type { ScenarioFile } from "./schema.ts";
import { fullPath } from "./schemaWalk.ts";
import { shown } from "./shown.ts";
import type { AnalysisModel, ServiceScenario } from "./types.ts";

/** A scenario of the service model, or what is wrong with its conditions and its analysis. */
export async function serviceScenario(
  file: ScenarioFile,
  expanded: readonly ExpandedCondition[],
  placeOf: (path: string) => string,
): Promise<{ readonly scenario: ServiceScenario } | { readonly problems: readonly string[] }> {
  const service = file.service as ServiceParameters;
  const study = file.study as StudyParameters;
  const costs = (file.costs as CostParameters | undefined) ?? null;
  const own = await ownKpisOf(file.kpis ?? {}, kpiDefinitionsOf({ study, costs, kpis: [] }), placeOf);
  const { free = {}, replications = 1_000 } = file.calibration ?? {};
  const scenario: ServiceScenario = {
    ...commonOf(file, expanded),
    generator: "service",
    service,
    study,
    analysis: { ...planOf(file.analysis), models: modelsOf(file.analysis) },
    calibration: {
      free: Object.fromEntries(Object.entries(free).map(([path, [low, high]]) => [path, [low, high] as const])),
      replications,
    },
    costs,
    kpis: own.kpis,
  };
  const problems = [
    ...own.problems,
    ...modelProblems(file, scenario, placeOf),
    ...sizeProblems(scenario, expanded, placeOf),
    ...conditionProblems(scenario, expanded, placeOf),
  ];
  return problems.length > 0 ? { problems } : { scenario };
}

/** What a model leaves out is that of the analysis; covariates add up. */
function modelsOf({ x, m, y, covariates = [], models = [{}] }: ScenarioFile["analysis"]): AnalysisModel[] {
  return models.map((model) => {
    const columns = { x: model.x ?? x ?? "", m: model.m ?? m ?? "", y: model.y ?? y ?? "" };
    return { label: model.label ?? "", ...columns, covariates: [...covariates, ...(model.covariates ?? [])] };
  });
}

function modelProblems(
  { analysis: written }: ScenarioFile,
  { analysis, study, service }: ServiceScenario,
  placeOf: (path: string) => string,
): string[] {
  const known = wideColumnNames(study);
  const where = placeOf(written.models === undefined ? "analysis" : "analysis.models");
  const problems: string[] = [];
  for (const [index, { x, m, y, covariates }] of analysis.models.entries()) {
    const which = analysis.models.length > 1 ? ` of model ${index + 1}` : "";
    for (const [key, name] of Object.entries({ x, m, y }))
      if (name === "")
        problems.push(`${where}: analysis.${key}${which} is missing: the column of the study's wide data`);
    const names = [x, m, y, ...covariates].filter((name) => name !== "");
    for (const name of new Set(names)) {
      if (!known.includes(name))
        problems.push(`${where}: there is no column ${shown(name)}${which}${suggestion(name, known)}`);
      if (names.indexOf(name) !== names.lastIndexOf(name))
        problems.push(`${where}: column ${shown(name)}${which} is used twice; leave one out`);
    }
  }
  const labels = analysis.models.map(({ label }) => label);
  for (const label of new Set(labels))
    if (labels.length > 1 && labels.filter((other) => other === label).length > 1)
      problems.push(
        `${where}: ${label === "" ? "every model needs a label" : `two models have the label ${shown(label)}`}; name each`,
      );
  if (analysis.models.some(({ covariates }) => covariates.includes("site")) && isOneSite(service))
    problems.push(`${where}: site is the same for all clients, as there is one agency; leave it out of the covariates`);
  return [...new Set(problems)];
}

function isOneSite({ teams }: ServiceParameters): boolean {
  return teams.perAgency[0] >= teams.count;
}

/** The number of clients is set once: as nClients, or as clients per team. */
function sizeProblems(
  { study }: ServiceScenario,
  [{ factors, places }]: readonly ExpandedCondition[],
  placeOf: (path: string) => string,
): string[] {
  if (!("nClients" in factors)) return [];
  const place = places.nClients;
  if ("study.clientsPerTeam" in factors)
    return [`${place}: nClients and study.clientsPerTeam both set the number of clients; give one of the two`];
  if (study.sampling.scheme === "all")
    return [
      `${place}: nClients needs a sample to be drawn, but study.sampling.scheme (${placeOf("study.sampling.scheme")}) is "all"; ` +
        'write "random"',
    ];
  return [];
}

/** Faults that no single value shows, once for each place, naming the first condition that has it. */
function conditionProblems(
  scenario: ServiceScenario,
  expanded: readonly ExpandedCondition[],
  placeOf: (path: string) => string,
): string[] {
  const found = new Map<string, string>();
  for (const [index, { factors, places }] of expanded.entries()) {
    const { service, study } = applyServiceFactors(scenario, factors);
    const ofService = serviceProblems(service);
    for (const text of ofService.length > 0 ? ofService : studyProblems(study, service)) {
      const named = (text.match(/[a-z][A-Za-z]*(\.[A-Za-z]+)+/g) ?? []).map(fullPath);
      const factor = Object.keys(factors).find((name) => named.includes(name) || isSizeOf(name, named));
      const place = factor === undefined ? placeOf(named[0] ?? "service") : places[factor];
      const setting = Object.entries(factors).map(([name, value]) => `${name}=${value}`);
      const which = setting.length === 0 ? "" : `condition ${index + 1} (${setting.join(", ")}): `;
      if (!found.has(`${place}: ${text}`)) found.set(`${place}: ${text}`, `${place}: ${which}${text}`);
    }
  }
  for (const condition of conditionsOfService(scenario)) {
    const text = bootstrapProblem(condition.analysis);
    if (text !== null) found.set("bootstrap", `${placeOf("analysis.bootstrap.resamples")}: ${text}`);
    const nTeams = condition.service.teams.count;
    const ofTeams = clusterProblem(
      condition.analysis,
      nTeams,
      `service.teams.count is ${nTeams}`,
      condition.model.covariates.length + 3,
    );
    if (ofTeams !== null) found.set("clusters", `${placeOf(ofTeams.path)}: ${ofTeams.text}`);
    for (const [name, why] of Object.entries(NOT_OF_SERVICES))
      if (condition.analysis.estimators.some((estimator) => estimator === name))
        found.set(name, `${placeOf("analysis.estimators")}: ${name} is for scenarios with paths: ${why}; leave it out`);
  }
  return [...found.values()];
}

const NOT_OF_SERVICES = {
  mixedManagers: "in a service clients change case managers, so that none is theirs throughout",
  withinBetween: "in a service clients of a team are exposed to its fidelity at different times",
};

/** nClients stands for study.clientsPerTeam. */
function isSizeOf(factor: string, named: readonly string[]): boolean {
  return factor === "nClients" && named.includes("study.clientsPerTeam");
}
