import type { WHAT } from "../what.ts";

/** One kind of random decision: its address is (who, stream, when). */
export type Decision = {
  readonly decision: string;
  readonly distribution: string;
  readonly stream: keyof typeof WHAT;
  readonly who: "client" | "case manager" | "team" | "agency";
  readonly when: string;
  /** Places in the parameters and the value of each that alone makes the decision moot: then no result depends on it. */
  readonly offIf?: Readonly<Record<string, boolean | number | string>>;
};

/** A decision; drawn once and never moot unless it says so. */
export function draw(
  stream: keyof typeof WHAT,
  who: Decision["who"],
  distribution: string,
  decision: string,
  when = "once",
  offIf: Decision["offIf"] = {},
): Decision {
  return { decision, distribution, stream, who, when, offIf };
}

/** An event at a constant hazard h, within a step of length Δ. */
export const HAZARD = "Bernoulli(1 − e^{−hΔ})";

/** What is drawn before day 0. */
export const DECISIONS_AT_START: readonly Decision[] = [
  draw("referralCount", "team", "Poisson", "number of referrals in a week", "week", { "referrals.perWeek": 0 }),
  draw("referralTime", "client", "uniform", "time of the referral within its week", "once", { "referrals.perWeek": 0 }),
  draw("cohortTime", "client", "uniform", "time of enrolment within the study's window", "once", {
    "referrals.cohort.on": false,
    "referrals.cohort.perTeam": 0,
    "referrals.cohort.window": 0,
  }),
  draw("initialTenure", "client", "uniform", "time in service on day 0", "once", {
    "referrals.initialCaseload": 0,
    "referrals.initialTenure": 0,
  }),
  draw("agencyEffect", "agency", "normal", "effects on alliance and outcomes", "0 alliance, 1 to 4 outcomes"),
  draw("teamEffect", "team", "normal", "effect on alliance", "once", { "alliance.teamSd": 0 }),
  draw("teamFidelity", "team", "normal", "start, asymptote, domains", "0 start, 1 asymptote, 2 to 9 domains"),
  draw("teamRiseTime", "team", "log-normal", "time constant of the rise of fidelity", "once", {
    "fidelity.on": false,
    "fidelity.riseLogSd": 0,
  }),
  draw("teamTurnover", "team", "log-normal, mean 1", "factor on the hazard that staff leave", "once", {
    "staffing.turnover.on": false,
    "staffing.turnover.perYear": 0,
    "staffing.turnover.teamLogSd": 0,
  }),
  draw("age", "client", "normal, 18 to 90", "age", "once", { "clients.ageSd": 0 }),
  draw("gender", "client", "Bernoulli", "gender"),
  draw("education", "client", "Bernoulli", "basic education"),
  draw("employment", "client", "Bernoulli", "employed"),
  draw("housedAtEntry", "client", "Bernoulli", "stably housed at entry"),
  draw("adverseExperiences", "client", "normal, rounded to 0 … 10", "adverse childhood experiences", "once", {
    "clients.adverseExperiencesSd": 0,
  }),
  draw("longHospitalisation", "client", "Bernoulli", "long hospitalisation"),
  draw("diagnosis", "client", "categorical", "diagnosis"),
  draw("substanceUse", "client", "Bernoulli", "substance use"),
  draw("neverEngages", "client", "Bernoulli", "never engages", "once", { "contacts.neverEngages.on": false }),
  draw("need", "client", "log-normal, mean 1", "need for contact", "once", { "contacts.needLogSd": 0 }),
  draw("stigma", "client", "normal", "felt stigma", "once", { "alliance.stigma.on": false }),
  draw("allianceTrait", "client", "normal", "own part of the alliance set-point", "once", { "alliance.traitSd": 0 }),
  draw("outcomeSetPoint", "client", "normal", "personal set-points", "0 to 3 outcomes, 4 what they share"),
  draw("outcomeAtEntry", "client", "normal", "deviation at entry", "0 to 3 outcomes"),
];
