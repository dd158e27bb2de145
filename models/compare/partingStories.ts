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

/** Events that come before the contacts of a step. */
const BEFORE_CONTACTS: readonly ClientEvent["kind"][] = [
  "referred",
  "gaveUp",
  "admitted",
  "managerBegan",
  "brieflyPlaced",
  "managerLeft",
  "onHold",
];
/** What makes two events the same: all but scores, and traits of people who are named already. */
const DECIDED = [
  ...["kind", "event", "day", "origin", "waitedDays", "manager", "seat", "holder", "pairing", "pooled"],
  ...["steps", "nAttained", "admitted", "housed", "nOffered", "nKept"],
];

/**
 * The first decision at which one client's stories in two worlds differ, in the order of a step: referral, staffing,
 * contacts, goals, events. Scores that drift apart are no decision. Null if all decisions are the same.
 */
export function partingOf(base: ClientTrace, other: ClientTrace): Parting | null {
  for (const [week, ofBase] of base.weeks.entries()) {
    const [mine, theirs] = [decisionsOf(ofBase), decisionsOf(other.weeks[week])];
    for (let i = 0; i < Math.max(mine.length, theirs.length); i++) {
      const [one, another] = [mine[i] ?? null, theirs[i] ?? null];
      if (JSON.stringify(one, DECIDED) !== JSON.stringify(another, DECIDED)) return { week, base: one, other: another };
    }
  }
  return null;
}

function decisionsOf({ events, nOffered, nKept }: ClientWeek): ClientDecision[] {
  const isEarly = ({ kind }: ClientEvent) => BEFORE_CONTACTS.includes(kind);
  const asDecision = (event: ClientEvent): ClientDecision => ({ kind: "event", event });
  return [
    ...events.filter(isEarly).map(asDecision),
    ...(nOffered > 0 ? [{ kind: "attendance", nOffered, nKept } as const] : []),
    ...events.filter((event) => !isEarly(event)).map(asDecision),
  ];
}
