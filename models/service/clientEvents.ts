import type { WHAT } from "../what.ts";
import type { ORIGIN } from "./roster.ts";

/** The draw behind an event: a uniform of the client's own stream, or of the case manager's. Rare events need small ones. */
export type Draw = { readonly stream: keyof typeof WHAT; readonly u: number };

/** A case manager, named by place: the seat counts from 1, its holders from 1. There are no other names. */
export type ManagerName = { readonly seat: number; readonly holder: number };

/** How a client came to a case manager. */
export type Pairing = "onDay0" | "admission" | "successor" | "redistributed" | "pooled";

/** Something that happened to one client. Days count from day 0 of the simulation. */
export type ClientEvent = { readonly day: number } & (
  | { readonly kind: "referred"; readonly origin: keyof typeof ORIGIN }
  | { readonly kind: "gaveUp"; readonly draw: Draw }
  | { readonly kind: "admitted"; readonly waitedDays: number }
  | {
      readonly kind: "managerBegan";
      readonly manager: ManagerName;
      readonly pairing: Pairing;
      /** Traits of the case manager, and the fit of the pair, in alliance points. */
      readonly skill: number;
      readonly fit: number;
      readonly competence: number;
      readonly alliance: { readonly before: number; readonly after: number };
    }
  /** Placed with a case manager who leaves within the same step, so that nobody knows who it was. */
  | { readonly kind: "brieflyPlaced" }
  | { readonly kind: "managerLeft"; readonly manager: ManagerName; readonly draw: Draw }
  | { readonly kind: "onHold"; readonly pooled: boolean }
  | { readonly kind: "goalSteps"; readonly steps: number; readonly draw: Draw }
  | { readonly kind: "goalAttained"; readonly nAttained: number }
  | { readonly kind: "crisis"; readonly draw: Draw }
  | { readonly kind: "hospital"; readonly admitted: boolean; readonly draw: Draw }
  | { readonly kind: "housing"; readonly housed: boolean; readonly draw: Draw }
  | { readonly kind: "left" | "graduated"; readonly draw: Draw }
  | { readonly kind: "neverEngaged" }
);

/** One week of a client in service. */
export type ClientWeek = {
  /** From 0. */
  readonly week: number;
  readonly events: readonly ClientEvent[];
  /** Steps in which the client was offered contact, and in which the client came. */
  readonly nOffered: number;
  readonly nKept: number;
  readonly contacts: number;
  /** At the end of the week. */
  readonly inService: boolean;
  readonly inHospital: boolean;
  readonly alliance: number;
  readonly outcome: readonly number[];
};

/** What one client lived through in a simulated service. */
export type ClientTrace = {
  readonly identity: number;
  readonly row: number;
  /** From 0. */
  readonly team: number;
  readonly traits: {
    readonly age: number;
    readonly woman: boolean;
    readonly need: number;
    readonly stigma: number;
    readonly neverEngages: boolean;
    readonly substanceUse: boolean;
    readonly housedAtEntry: boolean;
    /** On day 0, or at entry for whoever comes later. */
    readonly firstAlliance: number;
    readonly firstOutcome: readonly number[];
  };
  readonly weeks: readonly ClientWeek[];
};
