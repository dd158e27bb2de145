import type { WHAT } from "../what.ts";
import { alliance } from "./alliance.ts";
import { contacts } from "./contacts.ts";
import { events } from "./events.ts";
import { fidelity } from "./fidelity.ts";
import { goals } from "./goals.ts";
import { outcomes } from "./outcomes.ts";
import { referrals } from "./referrals.ts";
import { staffing } from "./staffing.ts";
import type { Step, World } from "./world.ts";

/** One kind of random decision: its address is (who, stream, when). */
export type Decision = {
  readonly decision: string;
  readonly distribution: string;
  readonly stream: keyof typeof WHAT;
  readonly who: "client" | "case manager" | "team" | "agency";
  readonly when: string;
};

export type ProcessName =
  | "referrals"
  | "staffing"
  | "contacts"
  | "fidelity"
  | "alliance"
  | "goals"
  | "outcomes"
  | "events";

export type Process = {
  readonly process: ProcessName;
  readonly does: string;
  readonly run: (world: World, step: Step) => void;
  readonly decisions: readonly Decision[];
};

function draw(
  stream: keyof typeof WHAT,
  who: Decision["who"],
  distribution: string,
  decision: string,
  when = "once",
): Decision {
  return { decision, distribution, stream, who, when };
}

/** What one step does, in this order. Ties within a process go by identity. */
export const SCHEDULE: readonly Process[] = [
  {
    process: "referrals",
    does: "Referrals of the step join the waiting list; free places are filled, least loaded case manager first.",
    run: referrals,
    decisions: [
      draw("givingUp", "client", "Bernoulli(1 − e^{−hΔ})", "leaves the waiting list", "step"),
      draw("dyadFit", "client", "normal", "fit with the case manager", "number of case managers so far"),
    ],
  },
  {
    process: "staffing",
    does: "Vacant seats are filled, competence grows, overload is remembered, case managers leave, their clients are handed over.",
    run: staffing,
    decisions: [
      draw("managerLeaves", "case manager", "Bernoulli(1 − e^{−hΔ})", "leaves", "step"),
      draw("vacancy", "case manager", "exponential", "how long the seat then stays vacant"),
      draw("managerSkill", "case manager", "normal", "skill"),
      draw("managerResponsiveness", "case manager", "normal", "responsiveness"),
      draw("managerStigmaSlope", "case manager", "normal", "deviation of the stigma slope"),
      draw("managerFidelity", "case manager", "normal", "deviation from team fidelity"),
      draw("managerWorkingTime", "case manager", "Bernoulli", "works part time"),
      draw("managerAge", "case manager", "uniform on 25 to 60", "age"),
      draw("managerExperience", "case manager", "uniform", "experience, as a share of the years since 23"),
    ],
  },
  {
    process: "contacts",
    does: "Hours available over hours asked for give the contacts that can happen; clients attend or not.",
    run: contacts,
    decisions: [draw("attendance", "client", "Bernoulli(logistic in alliance)", "attends what is offered", "step")],
  },
  {
    process: "fidelity",
    does: "Domains rise with training, drift, fall with staff replaced; the caseload domain follows caseloads.",
    run: fidelity,
    decisions: [draw("abandonment", "team", "Bernoulli(1 − e^{−hΔ})", "abandons the model", "step")],
  },
  {
    process: "alliance",
    does: "Alliance moves to its set-point as fast as contact allows, or fades without contact.",
    run: alliance,
    decisions: [draw("allianceNoise", "client", "normal", "random movement", "step")],
  },
  {
    process: "goals",
    does: "Goal steps are completed, goals attained; lifts and setbacks fade; self-worth follows alliance.",
    run: goals,
    decisions: [draw("goalStep", "client", "Poisson", "steps towards a goal", "step")],
  },
  {
    process: "outcomes",
    does: "Four outcomes move to their personal set-points, which alliance, goals, setbacks and housing shift.",
    run: outcomes,
    decisions: [draw("outcomeNoise", "client", "normal", "random movement", "4·step + outcome")],
  },
  {
    process: "events",
    does: "Crises, hospital, housing; clients leave, graduate, or never engaged and give their place to another.",
    run: events,
    decisions: [
      draw("crisis", "client", "Bernoulli(1 − e^{−hΔ})", "has a crisis", "step"),
      draw("hospital", "client", "Bernoulli(1 − e^{−hΔ})", "is admitted, or returns", "step"),
      draw("housing", "client", "Bernoulli(1 − e^{−hΔ})", "loses a home, or finds one", "step"),
      draw("leaving", "client", "Bernoulli(1 − e^{−hΔ})", "leaves the service", "step"),
      draw("graduation", "client", "Bernoulli(1 − e^{−hΔ})", "graduates", "step"),
    ],
  },
];

/** What is drawn before day 0. */
export const DECISIONS_AT_START: readonly Decision[] = [
  draw("referralCount", "team", "Poisson", "number of referrals in a week", "week"),
  draw("referralTime", "client", "uniform", "time of the referral within its week"),
  draw("cohortTime", "client", "uniform", "time of enrolment within the study's window"),
  draw("initialTenure", "client", "uniform", "time in service on day 0"),
  draw("agencyEffect", "agency", "normal", "effects on alliance and outcomes", "0 alliance, 1 to 4 outcomes"),
  draw("teamEffect", "team", "normal", "effect on alliance"),
  draw("teamFidelity", "team", "normal", "start, asymptote, domains", "0 start, 1 asymptote, 2 to 9 domains"),
  draw("teamRiseTime", "team", "log-normal", "time constant of the rise of fidelity"),
  draw("teamTurnover", "team", "log-normal", "factor on the hazard that staff leave"),
  draw("age", "client", "normal, 18 to 90", "age"),
  draw("gender", "client", "Bernoulli", "gender"),
  draw("education", "client", "Bernoulli", "basic education"),
  draw("employment", "client", "Bernoulli", "employed"),
  draw("housedAtEntry", "client", "Bernoulli", "stably housed at entry"),
  draw("adverseExperiences", "client", "normal, rounded to 0 … 10", "adverse childhood experiences"),
  draw("longHospitalisation", "client", "Bernoulli", "long hospitalisation"),
  draw("diagnosis", "client", "categorical", "diagnosis"),
  draw("substanceUse", "client", "Bernoulli", "substance use"),
  draw("neverEngages", "client", "Bernoulli", "never engages"),
  draw("need", "client", "log-normal, mean 1", "need for contact"),
  draw("stigma", "client", "normal", "felt stigma"),
  draw("allianceTrait", "client", "normal", "own part of the alliance set-point"),
  draw("outcomeSetPoint", "client", "normal", "personal set-points", "0 to 3 outcomes, 4 what they share"),
  draw("outcomeAtEntry", "client", "normal", "deviation at entry", "0 to 3 outcomes"),
];
