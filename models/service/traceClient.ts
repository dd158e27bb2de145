import { uniformAt } from "../../sim/random/address.ts";
import { WHAT } from "../what.ts";
import type { ClientEvent, ClientTrace, ClientWeek, Draw, ManagerName, Pairing } from "./clientEvents.ts";
import { offeredShare, plannedPerNeed } from "./offers.ts";
import { ORIGIN } from "./roster.ts";
import type { ProcessName } from "./schedule.ts";
import type { ServiceObserver } from "./simulateService.ts";
import { NOBODY, STATUS, type Step, type World } from "./world.ts";

/** What of a client's state tells that something happened. */
type Seen = {
  readonly status: number;
  readonly seat: number;
  readonly generation: number;
  readonly dyads: number;
  readonly alliance: number;
  readonly goalSteps: number;
  readonly goalsAttained: number;
  readonly housed: number;
  readonly inHospital: number;
};

/** The events of one process, from what was seen before it and the world after it. */
type Telling = (world: World, row: number, step: Step, before: Seen) => ClientEvent[];

const TELLINGS: Partial<Record<ProcessName, Telling>> = { referrals, staffing, goals, events };

/**
 * An observer that writes down what happens to one client: it compares the client's state before and after every process,
 * and looks up the draws behind what changed, which are where their addresses say. The history does not depend on it.
 *
 * @param identity of the client, as in the column "id" of the data
 * @returns the observer, and the story once the service has been simulated
 * @throws RangeError at the start of the simulation if there is no such client
 */
export function traceClient(identity: number): {
  readonly observer: ServiceObserver;
  readonly trace: () => ClientTrace;
} {
  let row = -1;
  let traits: ClientTrace["traits"] | undefined;
  let team = 0;
  let before: Seen | undefined;
  const weeks: ClientWeek[] = [];
  let events: ClientEvent[] = [];
  let nOffered = 0;
  let nKept = 0;
  let contacts = 0;

  return {
    observer: {
      atStart(world) {
        row = world.roster.identity.indexOf(identity);
        if (row < 0) throw new RangeError(`there is no client ${identity}`);
        team = world.clients.team[row];
        traits = traitsOf(world, row);
        before = see(world, row);
        events = eventsAtStart(world, row, before);
      },
      afterProcess(process, world, step) {
        if (before === undefined) return;
        const tell = TELLINGS[process];
        if (tell !== undefined) events.push(...tell(world, row, step, before));
        if (process === "contacts" && isInService(world.clients.status[row])) {
          if (offeredShare(world, row) > 0) nOffered++;
          const { dose, need } = world.clients;
          if (dose[row] > 0) nKept++;
          contacts += dose[row] * need[row] * plannedPerNeed(world, step);
        }
        before = see(world, row);
      },
      afterStep({ clients, parameters }, { index }) {
        const { stepsPerWeek } = parameters.time;
        if ((index + 1) % stepsPerWeek !== 0) return;
        weeks.push({
          week: Math.floor(index / stepsPerWeek),
          events,
          nOffered,
          nKept,
          contacts,
          inService: isInService(clients.status[row]),
          inHospital: clients.inHospital[row] === 1,
          alliance: clients.alliance[row],
          outcome: clients.outcome.map((column) => column[row]),
        });
        events = [];
        nOffered = 0;
        nKept = 0;
        contacts = 0;
      },
    },
    trace() {
      if (traits === undefined) throw new RangeError("no service has been simulated with this observer");
      return { identity, row, team, traits, weeks };
    },
  };
}

function isInService(status: number): boolean {
  return status >= STATUS.active && status <= STATUS.notEngaging;
}

function see({ clients, managers }: World, row: number): Seen {
  const seat = clients.manager[row];
  return {
    status: clients.status[row],
    seat,
    generation: seat === NOBODY ? NOBODY : managers.generation[seat],
    dyads: clients.dyads[row],
    alliance: clients.alliance[row],
    goalSteps: clients.goalSteps[row],
    goalsAttained: clients.goalsAttained[row],
    housed: clients.housed[row],
    inHospital: clients.inHospital[row],
  };
}

function traitsOf({ clients }: World, row: number): ClientTrace["traits"] {
  return {
    age: clients.age[row],
    woman: clients.woman[row] === 1,
    need: clients.need[row],
    stigma: clients.stigma[row],
    neverEngages: clients.neverEngages[row] === 1,
    substanceUse: clients.substanceUse[row] === 1,
    housedAtEntry: clients.housedAtEntry[row] === 1,
    firstAlliance: clients.alliance[row],
    firstOutcome: clients.outcome.map((column) => column[row]),
  };
}

function eventsAtStart(world: World, row: number, { status, alliance }: Seen): ClientEvent[] {
  if (status === STATUS.expected) return [];
  const day = world.clients.referralDay[row];
  const referred: ClientEvent = { kind: "referred", day, origin: "initial" };
  return status === STATUS.waiting ? [referred] : [referred, beginning(world, row, day, "onDay0", alliance)];
}

/** The client's own draw of this step. */
function drawOf({ clients, key }: World, row: number, stream: Draw["stream"], { index }: Step): Draw {
  return { stream, u: uniformAt(key, clients.identity[row], WHAT[stream], index) };
}

function nameOf({ parameters }: World, seat: number, generation: number): ManagerName {
  return { seat: (seat % parameters.teams.seats) + 1, holder: generation + 1 };
}

function beginning(world: World, row: number, day: number, pairing: Pairing, alliance: number): ClientEvent {
  const { clients, managers } = world;
  const seat = clients.manager[row];
  return {
    kind: "managerBegan",
    day,
    manager: nameOf(world, seat, managers.generation[seat]),
    pairing,
    skill: managers.skill[seat],
    fit: clients.dyadFit[row],
    competence: managers.competence[seat],
    alliance: { before: alliance, after: clients.alliance[row] },
  };
}

function referrals(world: World, row: number, step: Step, before: Seen): ClientEvent[] {
  const { clients, roster } = world;
  const { status } = see(world, row);
  const told: ClientEvent[] = [];
  if (before.status === STATUS.expected && status !== STATUS.expected) {
    const origin = roster.origin[row] === ORIGIN.cohort ? "cohort" : "referral";
    told.push({ kind: "referred", day: clients.referralDay[row], origin });
  }
  if (before.status <= STATUS.waiting && status === STATUS.gaveUp)
    told.push({ kind: "gaveUp", day: clients.exitDay[row], draw: drawOf(world, row, "givingUp", step) });
  if (before.status <= STATUS.waiting && isInService(status)) {
    const day = clients.admissionDay[row];
    told.push({ kind: "admitted", day, waitedDays: day - clients.referralDay[row] });
    told.push(beginning(world, row, day, "admission", before.alliance));
  } else if (clients.dyads[row] > before.dyads) told.push(beginning(world, row, step.day, "pooled", before.alliance));
  return told;
}

/**
 * Within one step a client on hold may be taken over by someone who then leaves as well, so that the client is on hold
 * again or with a third.
 */
function staffing(world: World, row: number, { day, index }: Step, before: Seen): ClientEvent[] {
  const { clients, managers, key, parameters } = world;
  const after = see(world, row);
  const nBegun = after.dyads - before.dyads;
  const wasOnHold = before.status === STATUS.onHold;
  const isOnHold = after.status === STATUS.onHold;
  const told: ClientEvent[] = [];
  const begin = (pairing: Pairing) => told.push(beginning(world, row, day, pairing, before.alliance));
  const leave = (seat: number) => {
    const u = uniformAt(key, managers.identity[seat], WHAT.managerLeaves, index);
    const manager = nameOf(world, seat, managers.generation[seat]);
    told.push({ kind: "managerLeft", day, manager, draw: { stream: "managerLeaves", u } });
  };
  const handedOver = parameters.staffing.handOver === "redistribute" ? "redistributed" : "pooled";

  if (wasOnHold && nBegun === 0) return told;
  if (wasOnHold && nBegun === 1 && after.seat !== NOBODY) {
    begin(after.seat === before.seat ? "successor" : "pooled");
    if (isOnHold) leave(after.seat);
  } else if (wasOnHold) {
    told.push({ kind: "brieflyPlaced", day });
    if (nBegun === 2) begin(handedOver);
  } else if (before.seat !== NOBODY && managers.present[before.seat] === 0) {
    leave(before.seat);
    if (nBegun === 1) begin(handedOver);
  }
  if (isOnHold && told.length > 0) told.push({ kind: "onHold", day, pooled: clients.manager[row] === NOBODY });
  return told;
}

function goals(world: World, row: number, step: Step, before: Seen): ClientEvent[] {
  const { goalsAttained, goalSteps } = see(world, row);
  const nAttained = goalsAttained - before.goalsAttained;
  const steps = goalSteps - before.goalSteps + nAttained * world.parameters.goals.stepsPerGoal;
  const told: ClientEvent[] = [];
  if (steps > 0) told.push({ kind: "goalSteps", day: step.day, steps, draw: drawOf(world, row, "goalStep", step) });
  if (nAttained > 0) told.push({ kind: "goalAttained", day: step.day, nAttained: goalsAttained });
  return told;
}

function events(world: World, row: number, step: Step, before: Seen): ClientEvent[] {
  if (!isInService(before.status)) return [];
  const day = step.day + step.days;
  const { status, housed, inHospital } = see(world, row);
  const told: ClientEvent[] = [];
  const draw = (stream: Draw["stream"]) => drawOf(world, row, stream, step);
  if (world.parameters.setbacks.on && world.clients.inCrisis[row] === 1)
    told.push({ kind: "crisis", day, draw: draw("crisis") });
  if (inHospital !== before.inHospital)
    told.push({ kind: "hospital", day, admitted: inHospital === 1, draw: draw("hospital") });
  if (housed !== before.housed) told.push({ kind: "housing", day, housed: housed === 1, draw: draw("housing") });
  if (status === STATUS.left) told.push({ kind: "left", day, draw: draw("leaving") });
  if (status === STATUS.graduated) told.push({ kind: "graduated", day, draw: draw("graduation") });
  if (status === STATUS.neverEngaged) told.push({ kind: "neverEngaged", day });
  return told;
}
