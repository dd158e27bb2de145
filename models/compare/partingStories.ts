import type { ClientEvent, ClientTrace, ClientWeek } from "../service/clientEvents.ts";

/** Something decided about one client in one week: an event, or how often the client came of the times contact was offered. */
export type ClientDecision =
  | { readonly kind: "event"; readonly event: ClientEvent }
  | { readonly kind: "attendance"; readonly nOffered: number; readonly nKept: number };

/** The first decision that differs between two worlds; null on the side where nothing was decided. */
export type Parting = {
  /** From 0. */
  readonly week: number;
  readonly base: ClientDecision | null;
  readonly other: ClientDecision | null;
};

/** Decisions in the order of a step: referral, staffing, contacts, goals, events. */
const ORDER: readonly (ClientEvent["kind"] | "attendance")[] = [
  ...(["referred", "gaveUp", "admitted", "managerBegan", "brieflyPlaced", "managerLeft", "onHold"] as const),
  "attendance",
  ...(["goalSteps", "goalAttained", "crisis", "hospital", "housing", "left", "graduated", "neverEngaged"] as const),
];
/** What makes two events the same: all but scores, and traits of people who are named already. */
const DECIDED = [
  ...["kind", "event", "day", "origin", "waitedDays", "manager", "seat", "holder", "pairing", "pooled"],
  ...["steps", "nAttained", "admitted", "housed", "nOffered", "nKept"],
];

/**
 * The first decision at which one client's stories in two worlds differ, in the order of a step. Scores that drift apart are
 * no decision. Null if all decisions are the same.
 */
export function partingOf(base: ClientTrace, other: ClientTrace): Parting | null {
  for (const [week, ofBase] of base.weeks.entries()) {
    const [mine, theirs] = [decisionsOf(ofBase), decisionsOf(other.weeks[week])];
    for (let i = 0; i < Math.max(mine.length, theirs.length); i++) {
      const [one, another] = [mine[i] ?? null, theirs[i] ?? null];
      if (JSON.stringify(one, DECIDED) === JSON.stringify(another, DECIDED)) continue;
      // Of two kinds, the earlier one has no counterpart.
      const [here, there] = [placeOf(one), placeOf(another)];
      return { week, base: here <= there ? one : null, other: there <= here ? another : null };
    }
  }
  return null;
}

function decisionsOf({ events, nOffered, nKept }: ClientWeek): ClientDecision[] {
  const decisions: ClientDecision[] = events.map((event) => ({ kind: "event", event }));
  if (nOffered > 0) decisions.push({ kind: "attendance", nOffered, nKept });
  const stage = (decision: ClientDecision) => Math.sign(placeOf(decision) - ORDER.indexOf("attendance"));
  return decisions.sort((one, another) => stage(one) - stage(another));
}

function placeOf(decision: ClientDecision | null): number {
  if (decision === null) return ORDER.length;
  return ORDER.indexOf(decision.kind === "event" ? decision.event.kind : decision.kind);
}
