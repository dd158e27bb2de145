import type { ClientDecision } from "../models/compare/partingStories.ts";
import type { OtherStory, StoryIn } from "../models/compare/storiesOfClient.ts";
import { type StoryLine, storyLines, whoWords } from "./clientStory.ts";
import { eventWords } from "./eventWords.ts";
import { formatCount } from "./format.ts";
import { textTable, wrapLines } from "./textTable.ts";

const WIDTH = 100;
/** Of each story, beside the other. */
const COLUMN = 56;

/**
 * The same client in two worlds: until when the stories are the same, the first decision that differs, and both from there,
 * side by side, a row for every week in which a line of either begins.
 */
export function twoStories(base: StoryIn, { name, story: other, parting }: OtherStory): string {
  const { trace } = base;
  const who = `Client ${trace.identity}, team ${trace.team + 1}, in replication 0 of ${base.name} and of ${name}. ${whoWords(trace)}`;
  if (other === null) return wrapLines(`${who} In ${name} the client is never referred.`, WIDTH);
  if (parting === null)
    return wrapLines(
      `${who} Every decision about the client is the same in both. ${scoreWords(base, other, trace.weeks.length)}`,
      WIDTH,
    );
  const { week } = parting;
  const words = [
    week === 0
      ? "The stories part in week 1."
      : `The stories are the same until week ${formatCount(week)}. ${scoreWords(base, other, week)}`,
    `The first decision that differs, in week ${formatCount(week + 1)}: in ${base.name}, ${decisionWords(parting.base)}; in ${other.name}, ${decisionWords(parting.other)}.`,
  ];
  const [left, right] = [base, other].map(({ trace, interviews, service }) =>
    storyLines(trace, interviews, service, week),
  );
  const starts = [...new Set([...left, ...right].map(({ from }) => from))].sort((one, another) => one - another);
  const table = textTable(
    [
      { title: base.name, align: "left" },
      { title: other.name, align: "left" },
    ],
    starts.flatMap((from) => sideBySide(linesAt(left, from), linesAt(right, from))),
  );
  return [wrapLines(who, WIDTH), wrapLines(words.join(" "), WIDTH), table].join("\n\n");
}

/** Alliance at the end of a number of weeks, where it shows a difference. */
function scoreWords(base: StoryIn, other: StoryIn, nWeeks: number): string {
  const [mine, theirs] = [base, other].map(({ trace }) => trace.weeks[nWeeks - 1].alliance.toFixed(1));
  return mine === theirs
    ? `Alliance then is ${mine} in both.`
    : `Alliance then is ${mine} in ${base.name} and ${theirs} in ${other.name}.`;
}

function decisionWords(decision: ClientDecision | null): string {
  if (decision === null) return "nothing of the kind";
  if (decision.kind === "event") return eventWords(decision.event);
  const { nOffered, nKept } = decision;
  if (nOffered > 1) return `the client comes ${nKept} of ${nOffered} times`;
  return nKept === 1 ? "the client comes" : "the client does not come";
}

function linesAt(lines: readonly StoryLine[], from: number): string[] {
  return lines
    .filter((line) => line.from === from)
    .flatMap(({ to, text }) => {
      const label = from === to ? `week ${from}` : `weeks ${from}–${to}`;
      const [first, ...rest] = wrapLines(`${label}: ${text}`, COLUMN).split("\n");
      return [first, ...rest.map((line) => `  ${line}`)];
    });
}

function sideBySide(left: readonly string[], right: readonly string[]): string[][] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => [left[i] ?? "", right[i] ?? ""]);
}
