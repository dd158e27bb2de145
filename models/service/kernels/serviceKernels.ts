import type { Key } from "../../../sim/random/address.ts";
import type {
  AllianceTerms,
  AttendanceTerms,
  DemandTerms,
  GoalTerms,
  OutcomeReferences,
  OutcomeTerms,
  SelfWorthTerms,
} from "./terms.ts";

/**
 * The loops over clients in service, bound to the arrays of one world. Each process file says what its loop computes.
 * Draws have the address (who = client, when) in `stream`.
 */
export type ServiceKernels = {
  /**
   * Lists the clients in service, in order of identity, in `served`; moves `teams.oldest` past those who are gone.
   *
   * @returns how many
   */
  gatherServed(): number;
  /** Adds the hours that clients ask for to `managers.demandHours`, takes crises from `capacityHours`, likewise for cover. */
  askForHours(terms: DemandTerms): void;
  /** Dose and contacts of the step. Offered share by case manager in `scratch.bySeat`, of those on hold in `byTeam`. */
  attend(stream: Key, when: number, terms: AttendanceTerms): void;
  /** Usual dose by case manager in `scratch.bySeat`, the rate 1 − e^{speed·dose} that goes with it in `rateBySeat`. */
  moveAlliance(stream: Key, when: number, terms: AllianceTerms): void;
  /**
   * Fades goal lifts and finds who completes goal steps, u < h: rows to `scratch.chosen`, u and h to `draws`. Rates at
   * reference levels in `scratch.bySeat` and `byTeam`.
   *
   * @returns how many
   */
  workOnGoals(stream: Key, when: number, terms: GoalTerms): number;
  moveSelfWorth(terms: SelfWorthTerms): void;
  /** @param terms of each outcome, whose draws have the address (client, when = 4 · step + outcome) */
  moveOutcomes(stream: Key, step: number, terms: readonly OutcomeTerms[], references: OutcomeReferences): void;
  /**
   * Finds those of the identities with u < p, and those in service whose flag is set whatever their u: positions to
   * `scratch.chosen`, ascending, u to `draws[0]`.
   *
   * @param who   identities at the start of an array with room for a multiple of 16
   * @param flags by client; only where `who` is `served.identities`
   * @returns how many
   */
  drawBelow(who: Uint32Array, n: number, stream: Key, when: number, p: number, flags?: Uint8Array): number;
  /**
   * Finds those in service whose flag is set: positions to `scratch.chosen`, ascending.
   *
   * @returns how many
   */
  findFlagged(flags: Uint8Array): number;
  /** To `scratch.sums` at 8 · team: clients in service, on hold, in hospital, sums of alliance and four outcomes. */
  sumTeams(): void;
};
