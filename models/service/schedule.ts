import { alliance } from "./alliance.ts";
import { contacts } from "./contacts.ts";
import { type Decision, draw, HAZARD } from "./decisions.ts";
import { events } from "./events.ts";
import { fidelity } from "./fidelity.ts";
import { goals } from "./goals.ts";
import { outcomes } from "./outcomes.ts";
import { referrals } from "./referrals.ts";
import { staffing } from "./staffing.ts";
import type { Step, World } from "./world.ts";

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
  /** What it computes, in order; the symbols are explained in docs/model.md, other names are places in the parameters. */
  readonly equations: readonly string[];
  /** Places of the switches at work in it, and of dials that switch a path off at 0. */
  readonly switches: readonly string[];
  readonly run: (world: World, step: Step) => void;
  readonly decisions: readonly Decision[];
};

/** What one step does, in this order. Ties within a process go by identity. */
export const SCHEDULE: readonly Process[] = [
  {
    process: "referrals",
    does: "Referrals of the step join the waiting list; free places are filled, least loaded case manager first.",
    equations: [
      "A client joins the waiting list of the team in the step that contains the drawn time of the referral.",
      "giving up: u < 1 − exp(−referrals.givingUp.perYear·Δ) for each client who waits",
      "place = a case manager who is present and has caseload < cap: smallest caseload/FTE first, then lowest seat",
      "cap = max(1, round(staffing.caseloadCap·FTE))",
      "admitted first = first referred (referrals.priority firstCome), or highest need and then first referred (need); pooled clients before them",
      "new case manager, not the first: A ← A_entry + alliance.carriedOver·(A − A_entry); dyad fit ~ N(0, alliance.dyadFit.sd²) at every pairing",
    ],
    switches: ["referrals.cohort.on", "referrals.givingUp.on", "alliance.dyadFit.on"],
    run: referrals,
    decisions: [
      draw("givingUp", "client", HAZARD, "leaves the waiting list", "step", {
        "referrals.givingUp.on": false,
        "referrals.givingUp.perYear": 0,
      }),
      draw("dyadFit", "client", "normal", "fit with the case manager", "number of case managers so far", {
        "alliance.dyadFit.on": false,
        "alliance.dyadFit.sd": 0,
      }),
    ],
  },
  {
    process: "staffing",
    does: "Vacant seats are filled, competence grows, overload is remembered, case managers leave, their clients are handed over.",
    equations: [
      "a seat is filled in the step nearest to the day of leaving + X, X ~ exponential with mean staffing.vacancy; during staffing.hiringFreeze none is, after it those due are",
      "competence: C ← C + (1 − e^{−Δ/τ})·(1 − C), τ = staffing.competence.months; C = staffing.competence.start when hired, 1 for those present on day 0",
      "overload memory: O ← O + (1 − e^{−Δ/τ})·(min(10, max(0, demand/capacity − 1)) − O), τ = staffing.turnover.overload.memory; hours of the step before",
      "leaving: u < 1 − exp(−staffing.turnover.perYear·f_team·exp(staffing.turnover.overload.effect·O)·m·Δ), m = staffing.turnover.monitoring.hazardRatio while the team is monitored, else 1",
      "hand-over hold: clients are on hold until the successor comes; those beyond the cap of a part-time successor are pooled",
      "hand-over redistribute: clients go at once to the least loaded team-mate, above the cap if need be; pooled if nobody is left",
      "hand-over pool, and pooled clients: on hold until whoever of the team has a place takes them, lowest identity first",
    ],
    switches: [
      "staffing.hiringFreeze.on",
      "staffing.turnover.on",
      "staffing.turnover.overload.on",
      "staffing.turnover.monitoring.on",
      "staffing.competence.on",
      "alliance.skill.on",
      "alliance.responsiveness.on",
    ],
    run: staffing,
    decisions: [
      draw("managerLeaves", "case manager", HAZARD, "leaves", "step", {
        "staffing.turnover.on": false,
        "staffing.turnover.perYear": 0,
      }),
      draw("vacancy", "case manager", "exponential", "how long the seat then stays vacant", "once", {
        "staffing.turnover.on": false,
        "staffing.turnover.perYear": 0,
      }),
      draw("managerSkill", "case manager", "normal", "skill", "once", {
        "alliance.skill.on": false,
        "alliance.skill.sd": 0,
      }),
      draw("managerResponsiveness", "case manager", "normal", "responsiveness", "once", {
        "alliance.responsiveness.on": false,
      }),
      draw("managerStigmaSlope", "case manager", "normal", "deviation of the stigma slope", "once", {
        "alliance.stigma.on": false,
        "alliance.stigma.managerSd": 0,
      }),
      draw("managerFidelity", "case manager", "normal", "deviation from team fidelity", "once", {
        "fidelity.managerSd": 0,
      }),
      draw("managerWorkingTime", "case manager", "Bernoulli", "works part time", "once", {
        "staffing.partTimeShare": 0,
      }),
      draw("managerAge", "case manager", "uniform on 25 to 60", "age"),
      draw("managerExperience", "case manager", "uniform", "experience, as a share of the years since 23"),
    ],
  },
  {
    process: "contacts",
    does: "Hours available over hours asked for give the contacts that can happen; clients attend or not.",
    equations: [
      "planned = need·contacts.perMonth·Δ",
      "hours asked for = planned·(contacts.hoursPerContact + contacts.travelHours), times contacts.hospitalShare in hospital",
      "demand = Σ over the case manager's clients + own part (by FTE) of staffing.coverShare·Σ over the team's clients on hold",
      "capacity = FTE·max(0, contacts.hoursPerWeek·contacts.directShare − extra supervision)·Δ − contacts.crisisHours per crisis of the step before (own part, by FTE, for clients on hold), at least 0",
      "extra supervision = fidelity.training.supervisionHours − supervisionNeeded (below 0: time gained) while the team is trained; else 0",
      "q = min(1, capacity/demand), the share of planned contacts that can happen; without limits (contacts.on off) q = 1",
      "offered = q of the own case manager; on hold staffing.coverShare·(mean q of team-mates, by FTE); times contacts.hospitalShare in hospital",
      "attends: u < 1/(1 + (1 − p)/p·exp(−contacts.attendance.alliance·(A − Ā)/sd_A)), p = contacts.attendance.mean; who never engages attends nothing",
      "dose = offered if the client attends, else 0; contacts held = dose·planned",
    ],
    switches: ["contacts.on", "contacts.attendance.on", "contacts.neverEngages.on"],
    run: contacts,
    decisions: [
      draw("attendance", "client", "Bernoulli(logistic in alliance)", "attends what is offered", "step", {
        "contacts.attendance.on": false,
      }),
    ],
  },
  {
    process: "fidelity",
    does: "Domains rise with training, drift, fall with staff replaced; the caseload domain follows caseloads.",
    equations: [
      "for each domain score D in 1 … 5 that is not computed, n of them, in this order:",
      "training, while it lasts and the team has not abandoned the model: D ← D + (1 − e^{−Δ/τ_team})·max(0, D_start + s·(D_asymptote − D_start) − D), s = min(1, supervisionHours/supervisionNeeded)",
      "drift, while not monitored (monitoring off or ended) and D > D_start: D ← max(D_start, D − fidelity.drift.perYear·Δ/n)",
      "abandoned (u < 1 − exp(−fidelity.abandonment.perYear·Δ), for good), in place of both: D ← D + (1 − e^{−Δ/τ_team})·(min(D_start, D) − D)",
      "staff: D ← D − fidelity.turnoverLoss.points/n·(case managers who left in the step)/seats",
      "caseload size: straight lines between (fidelity.caseloadDomain.five, 5) … (one, 1) at clients in service per FTE present; as before while nobody is present",
      "team fidelity F_team = Σ D, 8 to 40; case manager's own F = 8 + (F_team + deviation − 8)·C, kept in 8 to 40",
    ],
    switches: [
      "fidelity.on",
      "fidelity.training.on",
      "fidelity.monitoring.on",
      "fidelity.drift.on",
      "fidelity.turnoverLoss.on",
      "fidelity.abandonment.on",
      "fidelity.caseloadDomain.on",
    ],
    run: fidelity,
    decisions: [
      draw("abandonment", "team", HAZARD, "abandons the model", "step", {
        "fidelity.on": false,
        "fidelity.abandonment.on": false,
        "fidelity.abandonment.perYear": 0,
      }),
    ],
  },
  {
    process: "alliance",
    does: "Alliance moves to its set-point as fast as contact allows, or fades without contact.",
    equations: [
      "T = Ā + client + a·(F − F̄) + skill + alliance.responsiveness.slope·R + dyad fit + (alliance.stigma.slope + deviation)·stigma + alliance.feedback·Σ_o g_o·(Y_o − Ȳ_o)/sd_o + goals.allianceLift·L",
      "client = agency + team + trait; a = effects.fidelityOnAlliance; on hold a·(F_team − F̄) stands for the parts of the case manager and the pair",
      "with contact: A ← A + (1 − e^{−Δ·dose·(1 − contacts.paperworkShare)/τ_A})·(T − A) + σ_A·√Δ·ε, τ_A = alliance.buildUp; no paperwork where contacts.on is off",
      "without any in the step: A ← A + (1 − e^{−Δ/τ})·(A_entry − A) + σ_A·√Δ·ε, τ = alliance.withoutContact.weeks",
      "σ_A = alliance.fluctuation, ε ~ N(0, 1); A is kept in 0 to 100",
    ],
    switches: ["effects.fidelityOnAlliance", "alliance.feedback", "alliance.withoutContact.on", "alliance.stigma.on"],
    run: alliance,
    decisions: [draw("allianceNoise", "client", "normal", "random movement", "step", { "alliance.fluctuation": 0 })],
  },
  {
    process: "goals",
    does: "Goal steps are completed, goals attained; lifts and setbacks fade; self-worth follows alliance.",
    equations: [
      "lift of attained goals: L ← L·e^{−Δ/τ}, τ = goals.fading; setbacks: Z ← Z·e^{−Δ/τ}, τ = setbacks.fading",
      "expected steps: h = goals.stepsPerWeek·Δ·dose·exp(goals.alliance·(A − Ā)/sd_A + goals.hope·(Y_ths − Ȳ_ths)/sd_ths + goals.planFidelity·(D_plan − 3) + goals.responsiveness·R); R = 0 on hold",
      "steps ← steps + N, N ~ Poisson(h)",
      "steps ≥ goals.stepsPerGoal: a goal is attained (at most one in a step), steps ← steps − goals.stepsPerGoal, L ← L + 1",
      "self-worth: W ← W + (1 − e^{−Δ/τ})·((A − Ā) + goals.selfWorthLift·L − setbacks.selfWorthDrop·Z − W), τ = selfWorth.lag",
    ],
    switches: ["goals.on", "selfWorth.on"],
    run: goals,
    decisions: [
      draw("goalStep", "client", "Poisson", "steps towards a goal", "step", {
        "goals.on": false,
        "goals.stepsPerWeek": 0,
      }),
    ],
  },
  {
    process: "outcomes",
    does: "Four outcomes move to their personal set-points, which alliance, goals, setbacks and housing shift.",
    equations: [
      "S* = S + G(t) + effects.allianceOnOutcomes·B·((1 − s)·(A − Ā) + s·W) + c′·(F − F̄) + goal·L + setback·Z + housed·(housed now − clients.housed), s = selfWorth.share",
      "Y ← Y + (1 − e^{−kΔ})·(S* − Y) + σ·√(1 − e^{−2kΔ})·ε, k = rate, σ = fluctuationSd, ε ~ N(0, 1); Y is kept in low to high",
      "G(t) = gain at once if delay = 0, else gain·(ℓ(t) − ℓ(0))/(1 − ℓ(0)), ℓ(t) = 1/(1 + e^{−(t − delay)/delayWidth}), t = time in service",
      "B = alliance, c′ = fidelityDirect, and the other plain names, are those of outcomes.qoli, .pgi, .ths, .mcas; on hold F = F_team",
    ],
    switches: ["effects.allianceOnOutcomes"],
    run: outcomes,
    decisions: [draw("outcomeNoise", "client", "normal", "random movement", "4·step + outcome")],
  },
  {
    process: "events",
    does: "Crises, hospital, housing; clients leave, graduate, or never engaged and give their place to another.",
    equations: [
      "crisis: u < 1 − exp(−setbacks.crisesPerYear·Δ)",
      "hospital, one u: admitted if u < 1 − exp(−events.hospital.perYear·exp(events.hospital.alliance·(A − Ā)/sd_A)·Δ); in hospital, returns if u < Δ/events.hospital.days",
      "housing, one u: lost if u < 1 − exp(−events.housing.lossPerYear·Δ); without a home, found if u < 1 − exp(−events.housing.gainPerYear·Δ)",
      "each crisis, admission or lost home: Z ← Z + 1 − setbacks.softening·(D_strengths − 1)/4",
      "leaves: u < 1 − exp(−events.leaving.perYear·events.leaving.alliance^((A − Ā)/sd_A)·c·Δ), c = events.leaving.afterChange within afterChangeWeeks of a change of case manager, else 1",
      "graduates: u < 1 − exp(−events.graduation.perYear·Δ), after events.graduation.months in service and with Y_mcas ≥ events.graduation.functioning",
      "who never engages neither leaves nor graduates; the place is given to another after contacts.neverEngages.trial",
    ],
    switches: ["setbacks.on", "events.hospital.on", "events.housing.on", "events.leaving.on", "events.graduation.on"],
    run: events,
    decisions: [
      draw("crisis", "client", HAZARD, "has a crisis", "step", { "setbacks.on": false, "setbacks.crisesPerYear": 0 }),
      draw("hospital", "client", `${HAZARD} in, Bernoulli(Δ/stay) out`, "is admitted, or returns", "step", {
        "events.hospital.on": false,
        "events.hospital.perYear": 0,
      }),
      draw("housing", "client", HAZARD, "loses a home, or finds one", "step", { "events.housing.on": false }),
      draw("leaving", "client", HAZARD, "leaves the service", "step", {
        "events.leaving.on": false,
        "events.leaving.perYear": 0,
      }),
      draw("graduation", "client", HAZARD, "graduates", "step", {
        "events.graduation.on": false,
        "events.graduation.perYear": 0,
      }),
    ],
  },
];
