import { expect } from "vitest";
import { leastLoaded } from "../../models/service/assign.ts";
import { OUTCOMES } from "../../models/service/outcomeParameters.ts";
import type { ProcessName } from "../../models/service/schedule.ts";
import { N_DOMAINS, NOBODY, STATUS, type World } from "../../models/service/world.ts";

const HOUR_ROUNDING = 1e-9;

/** As expect, without its cost: these run for every client and step. */
function must(holds: boolean, rule: string): void {
  if (!holds) expect.fail(rule);
}

/** Places, caseloads and states agree, and nobody is lost. */
function checkPlaces({ clients, managers, teams, parameters, roster }: World): void {
  const counted = new Int32Array(managers.n);
  const pooled = new Int32Array(teams.n);
  for (let row = 0; row < clients.n; row++) {
    const seat = clients.manager[row];
    switch (clients.status[row]) {
      case STATUS.active:
      case STATUS.notEngaging:
        must(managers.present[seat] === 1, "clients are with someone present, or on hold");
        counted[seat]++;
        break;
      case STATUS.onHold:
        if (seat === NOBODY) pooled[clients.team[row]]++;
        else {
          must(managers.present[seat] === 0, "clients are with someone present, or on hold");
          counted[seat]++;
        }
        break;
      default:
        must(seat === NOBODY, "only clients in service have a case manager");
    }
    must(
      seat === NOBODY || Math.floor(seat / parameters.teams.seats) === clients.team[row],
      "clients stay in their team",
    );
  }
  must(
    counted.every((n, seat) => n === managers.caseload[seat]),
    "caseloads are counted right",
  );
  must(
    pooled.every((n, team) => n === teams.nPooled[team]),
    "the pool is counted right",
  );
  const inState = (team: number, ...states: number[]) => {
    let n = 0;
    for (let row = roster.firstRow[team]; row < roster.firstRow[team + 1]; row++)
      if (states.includes(clients.status[row])) n++;
    return n;
  };
  for (let team = 0; team < teams.n; team++) {
    const { referred, admitted, left, graduated, neverEngaged, gaveUp } = teams.total;
    const inService = inState(team, STATUS.active, STATUS.onHold, STATUS.notEngaging);
    must(inState(team, STATUS.waiting) === teams.nWaiting[team], "the waiting list is counted right");
    must(referred[team] === teams.nWaiting[team] + gaveUp[team] + admitted[team], "referrals are conserved");
    must(admitted[team] === inService + left[team] + graduated[team] + neverEngaged[team], "clients are conserved");
  }
}

/** Scores, doses and competence are in their ranges at the end of a step. */
export function checkScores({ clients, managers, teams, parameters, served }: World): void {
  for (let i = 0; i < served.n; i++) {
    const row = served.rows[i];
    must(clients.alliance[row] >= 0 && clients.alliance[row] <= 100, "alliance in 0 to 100");
    must(clients.dose[row] >= 0 && clients.dose[row] <= 1, "dose in 0 to 1");
    OUTCOMES.forEach((name, o) => {
      const { low, high } = parameters.outcomes[name];
      must(clients.outcome[o][row] >= low && clients.outcome[o][row] <= high, `${name} in its range`);
    });
  }
  for (let at = 0; at < teams.n * N_DOMAINS; at++)
    must(teams.domain[at] >= 1 && teams.domain[at] <= 5, "domains in 1 to 5");
  for (let seat = 0; seat < managers.n; seat++) {
    must(managers.fidelity[seat] >= 8 && managers.fidelity[seat] <= 40, "fidelity in 8 to 40");
    must(managers.competence[seat] > 0 && managers.competence[seat] <= 1, "competence in 0 to 1");
  }
}

/** What must hold after a process: places and states, nobody waiting while there is room, caps, hours. */
export function checkAfter(process: ProcessName, world: World): void {
  const { parameters, managers, teams } = world;
  if (process === "referrals" || process === "staffing" || process === "events") checkPlaces(world);
  if (process === "referrals")
    for (let team = 0; team < teams.n; team++)
      must(teams.nWaiting[team] === 0 || leastLoaded(world, team, true) === NOBODY, "no one waits while there is room");
  if (parameters.staffing.handOver !== "redistribute")
    for (let seat = 0; seat < managers.n; seat++)
      must(managers.present[seat] === 0 || managers.caseload[seat] <= managers.cap[seat], "caseload within the cap");
  if (process === "contacts" && parameters.contacts.on) checkHours(world);
}

/** Contacts held in a team take no more hours than its case managers have. */
function checkHours({ parameters, clients, managers, teams, served }: World): void {
  const { contacts, time, teams: size } = parameters;
  const hours = new Float64Array(teams.n);
  const capacity = new Float64Array(teams.n);
  const planned = (contacts.perMonth * 7) / time.stepsPerWeek / (365.25 / 12);
  for (let i = 0; i < served.n; i++) {
    const row = served.rows[i];
    hours[clients.team[row]] +=
      clients.dose[row] * clients.need[row] * planned * (contacts.hoursPerContact + contacts.travelHours);
  }
  for (let seat = 0; seat < managers.n; seat++)
    if (managers.present[seat] === 1) capacity[Math.floor(seat / size.seats)] += managers.capacityHours[seat];
  for (let team = 0; team < teams.n; team++)
    must(hours[team] <= capacity[team] * (1 + HOUR_ROUNDING) + HOUR_ROUNDING, "contacts within hours");
}
