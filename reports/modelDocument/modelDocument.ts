import { HELD_OUT } from "../../models/calibration/heldOut.ts";
import { TARGETS } from "../../models/calibration/targets.ts";
import { COST_PARAMETERS, costParameters } from "../../models/costs/parameters.ts";
import { kpiDefinitionsOf } from "../../models/kpis/kpiDefinitions.ts";
import { DECISIONS_AT_START } from "../../models/service/decisions.ts";
import { OUTCOMES } from "../../models/service/outcomeParameters.ts";
import { PARAMETERS, serviceParameters } from "../../models/service/parameters.ts";
import { SCHEDULE } from "../../models/service/schedule.ts";
import { loopGain } from "../../models/service/serviceProblems.ts";
import { DOMAINS, STATUS } from "../../models/service/world.ts";
import { OBSERVATION } from "../../models/study/decisions.ts";
import { STUDY_PARAMETERS, studyParameters } from "../../models/study/parameters.ts";
import { formatCount } from "../format.ts";
import { decisionTable } from "./decisionTable.ts";
import { DIAGRAM } from "./diagram.ts";
import { bulletList, code, codeBlock, heading, markdownTable, plain } from "./markdown.ts";
import { countSources, parameterTables } from "./parameterTables.ts";
import { patternTable } from "./patternTable.ts";
import { PROSE } from "./prose.ts";
import { REFERENCES } from "./references.ts";
import { CLIENT_STATE, MANAGER_STATE, STATUS_MEANINGS, type StateVariables, TEAM_STATE } from "./stateVariables.ts";
import { STRESS_ABS } from "./stressAbs.ts";
import { SYMBOLS } from "./symbols.ts";

const EXTENT = [
  ["Teams", PARAMETERS.teams.count],
  ["Seats for case managers in a team", PARAMETERS.teams.seats],
  ["Most clients of a full-time case manager", PARAMETERS.staffing.caseloadCap],
  ["Length", PARAMETERS.time.weeks],
  ["Steps in a week", PARAMETERS.time.stepsPerWeek],
] as const;

/**
 * The text of docs/model.md: the model under the headings of ODD, from the registries that the program runs with.
 *
 * @source Grimm et al. (2020), doi:10.18564/jasss.4259
 */
export function modelDocument(): string {
  const sections = [
    [PROSE.intro],
    purposeAndPatterns(),
    entitiesAndScales(),
    overviewAndScheduling(),
    designConcepts(),
    [heading(2, "5 Initialization"), PROSE.initialization, decisionTable(DECISIONS_AT_START)],
    [heading(2, "6 Input data"), PROSE.inputData],
    submodels(),
    stressAbs(),
    [heading(2, "Appendix B: works cited"), PROSE.references, markdownTable(["Cited as", "Work"], REFERENCES)],
  ];
  return `${sections.flat().join("\n\n")}\n`;
}

function purposeAndPatterns(): string[] {
  return [
    heading(2, "1 Purpose and patterns"),
    heading(3, "Purpose"),
    PROSE.purpose,
    heading(3, "Patterns"),
    PROSE.patterns,
    PROSE.fitted,
    patternTable(TARGETS),
    PROSE.heldOut,
    patternTable(HELD_OUT),
  ];
}

function entitiesAndScales(): string[] {
  const states = (name: string, { fixed, changing }: StateVariables) => [
    heading(3, name),
    markdownTable(
      ["Variable", "Unit", "Meaning", "Changes"],
      [
        ...fixed.map(([variable, unit, meaning]) => [code(variable), unit, meaning, "no"]),
        ...changing.map(([variable, unit, meaning]) => [code(variable), unit, meaning, "yes"]),
      ],
    ),
  ];
  return [
    heading(2, "2 Entities, state variables and scales"),
    PROSE.entities,
    ...states("Teams", TEAM_STATE),
    `The eight fidelity domains, in the order of the program: ${DOMAINS.map(code).join(", ")}. ` +
      "The first is computed from caseloads unless `fidelity.caseloadDomain.on` is off.",
    ...states("Case managers", MANAGER_STATE),
    "What is fixed belongs to the person: a successor in the seat is another person.",
    ...states("Clients", CLIENT_STATE),
    "A client is in exactly one of these states:",
    bulletList(Object.keys(STATUS).map((status) => `${code(status)}: ${STATUS_MEANINGS[status]}`)),
    heading(3, "Scales"),
    PROSE.scales,
    markdownTable(
      ["Scale", "Unit", "Default", "At most"],
      EXTENT.map(([name, { value, most, unit }]) => [name, unit, formatCount(value), formatCount(most)]),
    ),
  ];
}

function overviewAndScheduling(): string[] {
  return [
    heading(2, "3 Process overview and scheduling"),
    PROSE.scheduling,
    SCHEDULE.map(({ process, does }, index) => `${index + 1}. **${process}.** ${does}`).join("\n"),
    "What acts on what within and between steps (numbers: the process that moves it):",
    codeBlock(DIAGRAM),
  ];
}

function designConcepts(): string[] {
  return [heading(2, "4 Design concepts"), ...PROSE.concepts.flatMap(([concept, text]) => [heading(3, concept), text])];
}

function submodels(): string[] {
  const service = countSources(PARAMETERS);
  const study = countSources(STUDY_PARAMETERS);
  return [
    heading(2, "7 Submodels"),
    PROSE.submodels,
    "Symbols:",
    markdownTable(["Symbol", "Meaning"], SYMBOLS),
    heading(3, "7.1 Processes of a step"),
    ...SCHEDULE.flatMap(({ process, does, equations, switches, decisions }, index) => [
      heading(4, `7.1.${index + 1} ${process}`),
      does,
      bulletList(equations.map(plain)),
      `Parts of it are switched off by ${switches.map(code).join(", ")} (a switch off, a number at 0).`,
      decisionTable(decisions),
    ]),
    heading(3, "7.2 Observation by a study"),
    PROSE.observation,
    ...OBSERVATION.flatMap(({ part, does, equations, decisions }, index) => [
      heading(4, `7.2.${index + 1} ${part}`),
      does,
      bulletList(equations.map(plain)),
      decisionTable(decisions),
    ]),
    heading(3, "7.3 Reciprocity, and what a regression sees of it"),
    PROSE.reciprocity,
    outcomeTable(),
    heading(3, "7.4 What the model cannot say"),
    PROSE.limits,
    heading(3, "7.5 Parameters"),
    `The service has ${service.all} parameters, the study ${study.all}; ${service.assumed} and ${study.assumed} of them rest on an ` +
      "`assumption`. Values outside the limits are refused. Sources that say *derived* were reckoned from the study named; " +
      "*design* is a choice of the experimenter, not a claim about the world.",
    heading(4, "Parameters of the service"),
    ...parameterTables(PARAMETERS, 5),
    heading(4, "Parameters of the study"),
    ...parameterTables(STUDY_PARAMETERS, 5),
    heading(3, "7.6 Key figures"),
    PROSE.kpis,
    kpiDefinitionTable(),
    heading(3, "7.7 Costs"),
    PROSE.costs,
    ...parameterTables({ costs: COST_PARAMETERS }, 4),
  ];
}

function kpiDefinitionTable(): string {
  const definitions = kpiDefinitionsOf({
    study: studyParameters(),
    costs: costParameters({ budget: 1_000_000 }),
    kpis: [],
  });
  return markdownTable(
    ["Name", "Key figure", "Unit", "Better", "Definition"],
    definitions.map(({ name, label, unit, better, definition }) => [code(name), label, unit, better ?? "", definition]),
  );
}

function outcomeTable(): string {
  const { outcomes } = serviceParameters();
  const rows = OUTCOMES.map((name) => {
    const { alliance, feedback, sd } = outcomes[name];
    return [code(name), String(alliance), String(feedback), String(sd), ((feedback * alliance) / sd).toFixed(4)];
  });
  return [
    `With the defaults L = ${loopGain(serviceParameters()).toFixed(4)}, and alliance is amplified by ${(1 / (1 - loopGain(serviceParameters()))).toFixed(3)}:`,
    markdownTable(["Outcome", "B", "g", "sd", "g·B/sd"], rows),
  ].join("\n\n");
}

function stressAbs(): string[] {
  return [
    heading(2, "Appendix A: STRESS-ABS"),
    "Where the items of the checklist are answered. The report of a run answers those about the experiment in its own words.",
    markdownTable(["Item", "Name", "Answer"], STRESS_ABS),
  ];
}
