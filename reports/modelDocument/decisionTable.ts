import type { Decision } from "../../models/service/decisions.ts";
import { WHAT } from "../../models/what.ts";
import { code, markdownTable } from "./markdown.ts";

/** Random decisions: whose, what, distribution, stream with its number, when, and what makes each moot. */
export function decisionTable(decisions: readonly Decision[]): string {
  return markdownTable(
    ["Who", "Decision", "Distribution", "Stream", "When", "Moot if"],
    decisions.map(({ who, decision, distribution, stream, when, offIf = {} }) => [
      who,
      decision,
      distribution,
      `${code(stream)} (${WHAT[stream]})`,
      when,
      Object.entries(offIf)
        .map(([path, value]) => `${code(path)} is ${value === false ? "off" : value}`)
        .join(", or "),
    ]),
  );
}
