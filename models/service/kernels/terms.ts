/** What a kernel is told besides the state, in the order in which the kernel reads it. */

/** Hours asked for: need · hoursPerNeed, in hospital times hospitalShare; on hold times coverShare, from the team. */
export const DEMAND_TERMS = ["hoursPerNeed", "hospitalShare", "crisisHours", "coverShare"] as const;

/**
 * Attends if u < p = 1/(1 + oddsAgainst·e^{slope·(A − mean)}); A lies in the band min(A · bandsPerPoint, lastBand), whose
 * bounds of p are in `attendanceBounds`. `mayMiss` 0: everyone attends.
 */
export const ATTENDANCE_TERMS = [
  "plannedPerNeed",
  "hospitalShare",
  "oddsAgainst",
  "slope",
  "mean",
  "bandsPerPoint",
  "lastBand",
  "mayMiss",
] as const;

/** A ← A + (1 − e^{speed·dose})·(T − A) + noise·ε, or towards its entry level at the rate `fade`. */
export const ALLIANCE_TERMS = [
  "offset",
  "perQoli",
  "perPgi",
  "perThs",
  "perMcas",
  "lift",
  "speed",
  "fade",
  "noise",
  "perFidelity",
  "fidelityReference",
] as const;

/** h = dose·rate·e^{perAlliance·(A − meanAlliance) + perHope·(hope − hopeReference)}; `highest` bounds the exponential. */
export const GOAL_TERMS = ["keep", "perAlliance", "meanAlliance", "perHope", "hopeReference", "highest"] as const;

/** setback ← keep·setback; W ← W + rate·(A − meanAlliance + lift·goal lift − drop·setback − W). */
export const SELF_WORTH_TERMS = ["keep", "rate", "meanAlliance", "lift", "drop"] as const;

/** Y ← Y + rate·(set-point − Y) + noise·ε, in [low, high]: of each outcome. */
export const OUTCOME_TERMS = [
  "direct",
  "throughSelfWorth",
  "perGoal",
  "perSetback",
  "perHome",
  "rate",
  "noise",
  "low",
  "high",
  "fidelityDirect",
] as const;

/** Where alliance, housing and fidelity move no outcome. */
export const OUTCOME_REFERENCES = ["meanAlliance", "housedShare", "fidelity"] as const;

type Terms<Names extends readonly string[]> = Readonly<Record<Names[number], number>>;
export type DemandTerms = Terms<typeof DEMAND_TERMS>;
export type AttendanceTerms = Terms<typeof ATTENDANCE_TERMS>;
export type AllianceTerms = Terms<typeof ALLIANCE_TERMS>;
export type GoalTerms = Terms<typeof GOAL_TERMS>;
export type SelfWorthTerms = Terms<typeof SELF_WORTH_TERMS>;
export type OutcomeReferences = Terms<typeof OUTCOME_REFERENCES>;
export type OutcomeTerms = Terms<typeof OUTCOME_TERMS>;
