import { clientIdentity, INITIAL_PERIOD } from "./identity.ts";
import { limitProblems } from "../registry/registry.ts";
import { OUTCOMES } from "./outcomeParameters.ts";
import { PARAMETERS, type ServiceParameters } from "./parameters.ts";
import { initialClients } from "./roster.ts";
import { DAYS_PER_MONTH, DAYS_PER_WEEK } from "./time.ts";

/** Clients one simulated world may hold: about 500 bytes each. */
const MAX_CLIENTS = 2_000_000;

/**
 * What makes a parameter set impossible or runaway; empty if it can be simulated. Each problem names the parameter, the
 * rule, the value and, where there is one, the way out.
 */
export function serviceProblems(parameters: ServiceParameters): string[] {
  const outside = limitProblems(PARAMETERS, parameters);
  // The rest reckons with the values, so these must be right first.
  return outside.length > 0
    ? outside
    : [...sumsOver1(parameters), ...sizeProblems(parameters), ...stepProblems(parameters), ...loopProblems(parameters)];
}

function sumsOver1({ clients }: ServiceParameters): string[] {
  const sum = clients.schizophrenia + clients.bipolar + clients.borderline;
  return sum > 1 + 1e-12
    ? [`clients.schizophrenia, bipolar and borderline must sum to at most 1, got ${rounded(sum)}`]
    : [];
}

function sizeProblems(parameters: ServiceParameters): string[] {
  const { time, teams, referrals, fidelity } = parameters;
  const problems: string[] = [];
  try {
    clientIdentity(0, INITIAL_PERIOD, Math.max(0, initialClients(parameters) - 1));
  } catch {
    problems.push(
      `${initialClients(parameters)} clients per team on day 0 are more than the 4096 that have identities; ` +
        "lower referrals.initialCaseload, teams.seats or staffing.caseloadCap",
    );
  }
  const perTeam =
    initialClients(parameters) + (referrals.cohort.on ? referrals.cohort.perTeam : 0) + referrals.perWeek * time.weeks;
  if (perTeam * teams.count > MAX_CLIENTS)
    problems.push(
      `about ${Math.ceil(perTeam * teams.count)} clients would be referred; at most ${MAX_CLIENTS} can be simulated: ` +
        "lower teams.count, time.weeks or referrals.perWeek",
    );
  const { five, four, three, two, one } = fidelity.caseloadDomain;
  if (!(five < four && four < three && three < two && two < one))
    problems.push(
      `fidelity.caseloadDomain must rise from five to one, got ${[five, four, three, two, one].join(", ")}`,
    );
  return problems;
}

/** The step must not be longer than any delay at work in the model. */
function stepProblems(parameters: ServiceParameters): string[] {
  const { time, staffing, contacts, alliance, goals, selfWorth, setbacks, events, fidelity, outcomes } = parameters;
  const weeks = DAYS_PER_WEEK;
  const delays: [path: string, days: number, on: boolean][] = [
    ["staffing.vacancy", staffing.vacancy * weeks, staffing.turnover.on],
    ["staffing.competence.months", staffing.competence.months * DAYS_PER_MONTH, staffing.competence.on],
    ["staffing.turnover.overload.memory", staffing.turnover.overload.memory * weeks, staffing.turnover.overload.on],
    ["contacts.neverEngages.trial", contacts.neverEngages.trial * weeks, contacts.neverEngages.on],
    ["fidelity.rise", fidelity.rise * DAYS_PER_MONTH, fidelity.on && fidelity.training.on],
    ["alliance.buildUp", alliance.buildUp * weeks, true],
    ["alliance.withoutContact.weeks", alliance.withoutContact.weeks * weeks, alliance.withoutContact.on],
    ["goals.fading", goals.fading * weeks, goals.on],
    ["selfWorth.lag", selfWorth.lag * weeks, selfWorth.on],
    ["setbacks.fading", setbacks.fading * weeks, setbacks.on],
    ["events.hospital.days", events.hospital.days, events.hospital.on],
    ...OUTCOMES.map((name): [string, number, boolean] => [
      `outcomes.${name}.rate`,
      DAYS_PER_MONTH / outcomes[name].rate,
      outcomes[name].rate > 0,
    ]),
  ];
  const step = weeks / time.stepsPerWeek;
  return delays
    .filter(([, days, on]) => on && days < step)
    .map(
      ([path, days]) =>
        `the step of ${rounded(step)} days is longer than the delay of ${path}, ${rounded(days)} days; ` +
        `raise time.stepsPerWeek to ${Math.ceil(weeks / days)}`,
    );
}

function loopProblems(parameters: ServiceParameters): string[] {
  const gain = loopGain(parameters);
  return gain < 1
    ? []
    : [
        `alliance and outcomes would run away: the loop gain Σ feedback·alliance/sd must be below 1, got ${rounded(gain)}; ` +
          "lower alliance.feedback, effects.allianceOnOutcomes, or the feedback or alliance effects of outcomes",
      ];
}

/**
 * Loop gain L = Σ_o g_o·B_o/sd_o, factors included: what one RPRS point of alliance comes back as, through the outcomes, once all have
 * settled. A lasting lift of the alliance set-point by 1 then raises alliance by 1/(1 − L). Goals and attendance add a
 * little that is not linear and not counted.
 */
export function loopGain({ alliance, effects, outcomes }: ServiceParameters): number {
  const sum = OUTCOMES.reduce((sum, name) => {
    const { feedback, alliance: effect, sd } = outcomes[name];
    return sum + (feedback * effect) / sd;
  }, 0);
  return alliance.feedback * effects.allianceOnOutcomes * sum;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(4)));
}
