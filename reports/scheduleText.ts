import { valueAt } from "../models/registry/registry.ts";
import { DECISIONS_AT_START, type Decision } from "../models/service/decisions.ts";
import type { ServiceParameters } from "../models/service/parameters.ts";
import { SCHEDULE } from "../models/service/schedule.ts";
import { DAYS_PER_WEEK } from "../models/service/time.ts";
import { OBSERVATION } from "../models/study/decisions.ts";
import type { StudyParameters } from "../models/study/parameters.ts";
import { WHAT } from "../models/what.ts";
import { formatNumber } from "./format.ts";
import { SYMBOLS } from "./modelDocument/symbols.ts";
import { wrapLines } from "./textTable.ts";

const WIDTH = 100;
const SIGNS = "~ marks a random decision, [on] and [off] a switch, or a number that switches off at 0";

/**
 * What a scenario does, in order: the symbols, what is drawn before day 0, the processes of one step with their equations, switches and
 * random decisions (distribution, stream with its number, who, when), then how the study observes them. A switch that is
 * off, a dial at 0 and a decision that no result depends on are marked "off".
 *
 * @param study left out where nobody observes the service
 * @returns lines for the terminal, at most 100 columns wide unless a word is longer
 */
export function scheduleText(service: ServiceParameters, study?: StudyParameters): string {
  const { weeks, stepsPerWeek } = service.time;
  const nSteps = weeks * stepsPerWeek;
  const days = DAYS_PER_WEEK / stepsPerWeek;
  const blocks = [
    [
      "Symbols (other names are places in the parameters)",
      "",
      ...SYMBOLS.map((symbol) => indented(symbol.join(": "))),
      indented(SIGNS),
    ].join("\n"),
    ["Before day 0", "", ...decisionLines(DECISIONS_AT_START, service)].join("\n"),
    `Each step of ${formatNumber(days)} ${days === 1 ? "day" : "days"} (${nSteps} steps in ${weeks} weeks), in this order`,
    ...SCHEDULE.map(({ process, does, equations, switches, decisions }, index) =>
      [
        wrapLines(`${index + 1}. ${process}: ${does}`, WIDTH),
        ...equations.map(indented),
        ...switches.map((path) => indented(switchText(path, service))),
        ...decisionLines(decisions, service),
      ].join("\n"),
    ),
  ];
  if (study !== undefined)
    blocks.push(
      "What the study observes, which changes nothing above",
      ...OBSERVATION.map(({ part, does, equations, decisions }) =>
        [wrapLines(`${part}: ${does}`, WIDTH), ...equations.map(indented), ...decisionLines(decisions, study)].join(
          "\n",
        ),
      ),
    );
  return blocks.join("\n\n");
}

/** Why no result of a scenario depends on a decision: "alliance.dyadFit.on is false"; undefined if one does. */
export function reasonOff({ offIf = {} }: Decision, parameters: object): string | undefined {
  const reason = Object.entries(offIf).find(([path, off]) => valueAt(parameters, path) === off);
  return reason === undefined ? undefined : `${reason[0]} is ${reason[1]}`;
}

function switchText(path: string, service: ServiceParameters): string {
  const value = valueAt(service, path);
  if (typeof value === "boolean") return `[${value ? "on" : "off"}] ${path}`;
  return `[${value === 0 ? "off" : "on"}] ${path} = ${value}`;
}

function decisionLines(decisions: readonly Decision[], parameters: object): string[] {
  return decisions.map((decision) => {
    const { who, distribution, stream, when } = decision;
    const reason = reasonOff(decision, parameters);
    const off = reason === undefined ? "" : ` [off: ${reason}]`;
    return indented(
      `~ ${who}, ${decision.decision}: ${distribution}; stream ${stream} (${WHAT[stream]}), when: ${when}${off}`,
    );
  });
}

/** Two columns in; lines that go on, four. */
function indented(text: string): string {
  return wrapLines(text, WIDTH - 4)
    .split("\n")
    .map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`))
    .join("\n");
}
