import type { ClientTrace, ClientWeek } from "../models/service/clientEvents.ts";
import { OUTCOMES } from "../models/service/outcomeParameters.ts";
import type { ServiceParameters } from "../models/service/parameters.ts";
import { DAYS_PER_WEEK } from "../models/service/time.ts";
import type { TracedInterview } from "../models/study/traceInterviews.ts";
import { eventWords, goalStepWords, interviewWords } from "./eventWords.ts";
import { formatFixed, joinWords } from "./format.ts";
import { wrapLines } from "./textTable.ts";

const WIDTH = 100;
/** Quiet weeks are folded into lines of at most a quarter. */
const MOST_FOLDED = 13;
/** An outcome is mentioned when it has moved by this many of its SDs since it was mentioned last. */
const WORTH_MENTION = 0.5;
const OUTCOME_WORDS = ["quality of life", "personal goals", "hope", "functioning"];

type Stage = "elsewhere" | "known";
/** Events with which a client's time with the service, waiting included, begins or ends. */
const STAGES: Readonly<Record<string, Stage | undefined>> = {
  referred: "known",
  gaveUp: "elsewhere",
  left: "elsewhere",
  graduated: "elsewhere",
  neverEngaged: "elsewhere",
};

/** One line of a story: what happened from the first week to the last of it (counted from 1). */
export type StoryLine = { readonly from: number; readonly to: number; readonly text: string };

/**
 * A client's story week by week. Weeks in which nothing but contacts and goal steps happened are folded together.
 *
 * @param interviews of the study, if the client is in it
 * @param firstWeek  (from 0) at which the telling begins
 */
export function storyLines(
  { weeks, traits }: ClientTrace,
  interviews: readonly TracedInterview[] | null,
  { outcomes }: ServiceParameters,
  firstWeek = 0,
): StoryLine[] {
  const lines: StoryLine[] = [];
  let alliance = traits.firstAlliance;
  const mentioned = [...traits.firstOutcome];
  let folded: ClientWeek[] = [];
  let stage: Stage = "elsewhere";

  const movements = (last: ClientWeek): string[] => {
    const words = [`alliance ${arrow(alliance, last.alliance, 0)}`];
    alliance = last.alliance;
    OUTCOMES.forEach((name, o) => {
      if (Math.abs(last.outcome[o] - mentioned[o]) < WORTH_MENTION * outcomes[name].sd) return;
      words.push(`${OUTCOME_WORDS[o]} ${arrow(mentioned[o], last.outcome[o], 0)}`);
      mentioned[o] = last.outcome[o];
    });
    return words;
  };
  const unfold = () => {
    if (folded.length === 0) return;
    const [first, last] = [folded[0], folded[folded.length - 1]];
    const text = last.inService ? [...contactWords(folded), ...movements(last)].join(", ") : "waits";
    lines.push({ from: first.week + 1, to: last.week + 1, text });
    folded = [];
  };

  for (const week of weeks) {
    // What is folded up to here does not go on beyond.
    if (week.week === firstWeek) unfold();
    const asked = (interviews ?? []).filter(({ day }) => Math.floor(day / DAYS_PER_WEEK) === week.week);
    const told = [
      ...week.events.filter(({ kind }) => kind !== "goalSteps").map(eventWords),
      ...asked.map(interviewWords),
    ];
    for (const { kind } of week.events) if (STAGES[kind] !== undefined) stage = STAGES[kind];
    if (told.length === 0) {
      // Before the referral, and once the client has gone, there is nothing to fold.
      if (stage === "elsewhere") continue;
      if (folded.length === MOST_FOLDED && week.inService) unfold();
      folded.push(week);
      continue;
    }
    unfold();
    const contacts =
      week.nOffered > 0 || week.inService ? [...contactWords([week]), ...(week.inService ? movements(week) : [])] : [];
    const text = [...told, ...(contacts.length > 0 ? [contacts.join(", ")] : [])].join("; ");
    lines.push({ from: week.week + 1, to: week.week + 1, text });
  }
  unfold();
  return lines.filter(({ from }) => from > firstWeek);
}

/** The whole story as text: who the client is, then a line per event or quiet stretch. */
export function clientStory(
  trace: ClientTrace,
  interviews: readonly TracedInterview[] | null,
  parameters: ServiceParameters,
): string {
  const lines = storyLines(trace, interviews, parameters);
  const labels = lines.map(({ from, to }) => (from === to ? `week ${from}` : `weeks ${from}–${to}`));
  const width = Math.max(0, ...labels.map((label) => label.length));
  const body = lines.map(({ text }, line) => {
    const [first, ...rest] = wrapLines(text, WIDTH - width - 2).split("\n");
    return [`${labels[line].padEnd(width)}  ${first}`, ...rest.map((more) => " ".repeat(width + 2) + more)].join("\n");
  });
  const about = [
    `Client ${trace.identity}, team ${trace.team + 1}, in replication 0.`,
    whoWords(trace),
    "Scores are true ones except at interviews. A draw is a uniform number between 0 and 1 from the address of its decision: small ones make events happen.",
  ];
  return [wrapLines(about.join(" "), WIDTH), "", ...body].join("\n");
}

/** Who the client is, and the scores at the beginning. */
export function whoWords({ traits }: ClientTrace): string {
  const facts = [
    traits.housedAtEntry ? "stably housed" : "not stably housed",
    ...(traits.substanceUse ? ["with substance use"] : []),
    `need for contact ${formatFixed(traits.need, 2)} of the average`,
    `felt stigma ${formatFixed(traits.stigma, 1)} SD from the mean`,
  ];
  const start = traits.firstOutcome.map((score, o) => `${OUTCOME_WORDS[o]} ${formatFixed(score, 0)}`);
  return (
    `A ${traits.woman ? "woman" : "man"} of ${formatFixed(traits.age, 0)}: ${joinWords(facts)}. ` +
    `At the beginning: alliance ${formatFixed(traits.firstAlliance, 0)}, ${joinWords(start)}.` +
    (traits.neverEngages ? " One of those who never engage." : "")
  );
}

/** How often the client came, and goal steps. */
function contactWords(weeks: readonly ClientWeek[]): string[] {
  const sum = (of: (week: ClientWeek) => number) => weeks.reduce((all, week) => all + of(week), 0);
  const nOffered = sum(({ nOffered }) => nOffered);
  const nKept = sum(({ nKept }) => nKept);
  const contacts = formatFixed(
    sum((week) => week.contacts),
    1,
  );
  const steps = sum(({ events }) =>
    events.reduce((all, event) => (event.kind === "goalSteps" ? all + event.steps : all), 0),
  );
  const times = nOffered === 1 ? "comes" : `comes ${nKept} of ${nOffered} times`;
  return [
    nOffered === 0 ? "no contact is offered" : nKept === 0 ? "does not come" : `${times} (${contacts} contacts)`,
    ...(steps > 0 ? [goalStepWords(steps)] : []),
  ];
}

/** "71 → 73", or "71" where the printed number stays. */
function arrow(from: number, to: number, decimals: number): string {
  const [before, after] = [formatFixed(from, decimals), formatFixed(to, decimals)];
  return before === after ? after : `${before} → ${after}`;
}
