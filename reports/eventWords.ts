import type { ClientEvent, Draw, ManagerName } from "../models/service/clientEvents.ts";
import type { InstrumentName } from "../models/study/instruments.ts";
import type { TracedInterview } from "../models/study/traceInterviews.ts";
import { DAYS_PER_WEEK } from "../models/service/time.ts";
import { formatFixed, formatNumber } from "./format.ts";

const SCALE_NAMES: Readonly<Record<InstrumentName, string>> = {
  rprs: "RPRS",
  qoli: "QOLI-20",
  pgi: "PGI",
  ths: "THS",
  mcas: "MCAS",
  managerRating: "case manager's rating",
};

/** One event of a client's story in words. */
export function eventWords(event: ClientEvent): string {
  switch (event.kind) {
    case "referred":
      return referralWords(event.day, event.origin);
    case "gaveUp":
      return `gives up waiting (${drawWords(event.draw)})`;
    case "admitted":
      return event.waitedDays < 1
        ? "admitted at once"
        : `admitted after ${formatNumber(event.waitedDays, 3)} days of waiting`;
    case "managerBegan":
      return pairingWords(event);
    case "brieflyPlaced":
      return "placed with a case manager who leaves in the same step";
    case "managerLeft":
      return `the case manager of ${managerWords(event.manager)}, leaves (${drawWords(event.draw)})`;
    case "onHold":
      return event.pooled
        ? "on hold until someone has room, team-mates cover"
        : "on hold until a successor comes, team-mates cover";
    case "goalSteps":
      return goalStepWords(event.steps);
    case "goalAttained":
      return `attains a goal, the ${ordinal(event.nAttained)}`;
    case "crisis":
      return `a crisis (${drawWords(event.draw)})`;
    case "hospital":
      return `${event.admitted ? "goes to hospital" : "returns from hospital"} (${drawWords(event.draw)})`;
    case "housing":
      return `${event.housed ? "finds stable housing" : "loses stable housing"} (${drawWords(event.draw)})`;
    case "left":
      return `leaves the service (${drawWords(event.draw)})`;
    case "graduated":
      return `graduates (${drawWords(event.draw)})`;
    case "neverEngaged":
      return "never engaged: the place is given to another";
  }
}

export function goalStepWords(steps: number): string {
  return steps === 1 ? "a goal step" : `${steps} goal steps`;
}

/** An interview with its measured scores. */
export function interviewWords({ months, held, scores }: TracedInterview): string {
  const name = months === 0 ? "baseline interview" : `interview at ${months} months`;
  if (!held) return `${name}: not held, the client no longer takes part`;
  const words = scores.map(
    ({ instrument, value }) => `${SCALE_NAMES[instrument]} ${Number.isNaN(value) ? "missing" : formatNumber(value, 3)}`,
  );
  return words.length === 0 ? `${name}: no scale is given` : `${name}: ${words.join(", ")}`;
}

function referralWords(day: number, origin: "initial" | "cohort" | "referral"): string {
  switch (origin) {
    case "initial": {
      const weeks = formatFixed(-day / DAYS_PER_WEEK, 0);
      return `with the service for ${weeks} ${weeks === "1" ? "week" : "weeks"} before day 0`;
    }
    case "cohort":
      return "referred, by the study's own enrolment";
    case "referral":
      return "referred";
  }
}

function pairingWords(event: Extract<ClientEvent, { kind: "managerBegan" }>): string {
  const { manager, pairing, alliance } = event;
  const traits = `skill ${signed(event.skill)}, fit ${signed(event.fit)}, competence ${formatFixed(event.competence, 2)}`;
  const who = `the case manager of ${managerWords(manager)} (${traits})`;
  const change = `, alliance ${formatFixed(alliance.before, 0)} → ${formatFixed(alliance.after, 0)}`;
  switch (pairing) {
    case "onDay0":
      return `works with ${who}`;
    case "admission":
      return `begins with ${who}`;
    case "successor":
      return `the successor comes: goes on with ${who}${change}`;
    case "redistributed":
      return `handed over at once to ${who}${change}`;
    case "pooled":
      return `placed where there is room: with ${who}${change}`;
  }
}

function managerWords({ seat, holder }: ManagerName): string {
  return `seat ${seat}, its ${ordinal(holder)} holder`;
}

function drawWords({ u }: Draw): string {
  return `draw ${formatNumber(u, 2).replace(/^0\./, ".")}`;
}

function signed(value: number): string {
  const text = formatFixed(value, 1);
  return text.startsWith("−") || Number(text) === 0 ? text : `+${text}`;
}

function ordinal(n: number): string {
  const tens = n % 100;
  const ending = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${ending}`;
}
