import type { Key } from "../../sim/random/address.ts";
import { plainRoom, type Room } from "./kernels/room.ts";
import type { ServiceKernels } from "./kernels/serviceKernels.ts";
import type { Roster } from "./roster.ts";
import { OUTCOMES } from "./outcomeParameters.ts";
import type { ServiceParameters } from "./parameters.ts";

/** Fidelity domains, in the order of every array that is indexed by domain. */
export const DOMAINS = [
  "caseloadSize",
  "communityContact",
  "individualSupervision",
  "groupSupervision",
  "strengthsAssessment",
  "recoveryPlan",
  "nonFormalResources",
  "hopeInducingPractice",
] as const;
export const CASELOAD_DOMAIN = 0;
export const STRENGTHS_DOMAIN = 4;
export const PLAN_DOMAIN = 5;
export const N_DOMAINS = DOMAINS.length;
export const N_OUTCOMES = OUTCOMES.length;

/** Where a client stands; every client is in exactly one of these. */
export const STATUS = {
  expected: 0,
  waiting: 1,
  active: 2,
  onHold: 3,
  notEngaging: 4,
  left: 5,
  graduated: 6,
  neverEngaged: 7,
  gaveUp: 8,
} as const;

/** No case manager: waiting, pooled or gone. */
export const NOBODY = -1;
export const NEVER = Number.POSITIVE_INFINITY;

/** Arrays of length nTeams, or nTeams × 8 where indexed by team · 8 + domain, nTeams × 4 by team · 4 + outcome. */
function createTeams(nTeams: number, { floats, integers, words, bytes }: Room) {
  return {
    n: nTeams,
    identity: words(nTeams),
    /** Site effects, fixed: alliance (agency and team), outcomes (agency). */
    allianceEffect: floats(nTeams),
    outcomeEffect: floats(nTeams * N_OUTCOMES),
    /** Level at start and under full support, 1–5 each; time constant of the rise, days; factor on the hazard of leaving. */
    startLevel: floats(nTeams * N_DOMAINS),
    asymptote: floats(nTeams * N_DOMAINS),
    riseDays: floats(nTeams),
    turnoverFactor: floats(nTeams),
    /** Changing: domain scores 1–5 and their sum 8–40. */
    domain: floats(nTeams * N_DOMAINS),
    fidelity: floats(nTeams),
    abandoned: bytes(nTeams),
    nPresent: integers(nTeams),
    /** The waiting list: rows of clients at queue[firstRow(team) …], in order of referral. */
    nWaiting: integers(nTeams),
    /** Rows of the team outside [oldest, newest) are gone for good, or have not been referred yet. */
    oldest: integers(nTeams),
    newest: integers(nTeams),
    /** Clients on hold whom no case manager is to take over (policy pool, or nobody is left). */
    nPooled: integers(nTeams),
    /** Case managers who left in the present step. */
    leavers: integers(nTeams),
    /** Counts since day 0. */
    total: {
      referred: integers(nTeams),
      admitted: integers(nTeams),
      left: integers(nTeams),
      graduated: integers(nTeams),
      neverEngaged: integers(nTeams),
      gaveUp: integers(nTeams),
      managersLeft: integers(nTeams),
      managersHired: integers(nTeams),
      managerChanges: integers(nTeams),
      hospitalAdmissions: integers(nTeams),
      crises: integers(nTeams),
      goalsAttained: integers(nTeams),
      contactsPlanned: floats(nTeams),
      contactsHeld: floats(nTeams),
      hospitalDays: floats(nTeams),
    },
    /** Of clients on hold: the share of planned contacts that team-mates can give. */
    coverContactShare: floats(nTeams),
  };
}

/** Arrays of length nTeams × seats, at team · seats + seat: the person who holds the seat, or held it last. */
export function createManagers(nSeats: number, { floats, integers, words, bytes }: Room = plainRoom) {
  return {
    n: nSeats,
    identity: words(nSeats),
    generation: integers(nSeats),
    present: bytes(nSeats),
    vacantUntil: floats(nSeats),
    hiredDay: floats(nSeats),
    skill: floats(nSeats),
    responsiveness: floats(nSeats),
    stigmaSlope: floats(nSeats),
    fidelityDeviation: floats(nSeats),
    fte: floats(nSeats),
    age: floats(nSeats),
    experienceYears: floats(nSeats),
    cap: integers(nSeats),
    caseload: integers(nSeats),
    competence: floats(nSeats),
    overloadMemory: floats(nSeats),
    /** Of the present step: hours available and asked for, share of planned contacts that can happen, own fidelity. */
    capacityHours: floats(nSeats),
    demandHours: floats(nSeats),
    contactShare: floats(nSeats),
    fidelity: floats(nSeats),
    /** The manager's part of a client's alliance set-point. */
    alliancePart: floats(nSeats),
  };
}

/** Arrays with one entry per client who will ever be referred, in order of identity; outcomes: one array per outcome. */
export function createClients(n: number, { floats, integers, words, bytes }: Room = plainRoom) {
  const perOutcome = () => OUTCOMES.map(() => floats(n));
  return {
    n,
    identity: words(n),
    team: integers(n),
    /** Days; NEVER until it happens. Clients in service on day 0 have negative days. */
    referralDay: floats(n),
    admissionDay: floats(n).fill(NEVER),
    exitDay: floats(n).fill(NEVER),
    /** Step of the admission, from which time in service is counted; negative for clients in service on day 0. */
    admissionStep: integers(n),
    age: floats(n),
    woman: bytes(n),
    basicEducation: bytes(n),
    employed: bytes(n),
    housedAtEntry: bytes(n),
    adverseExperiences: floats(n),
    longHospitalisation: bytes(n),
    /** 0 schizophrenia, 1 bipolar, 2 borderline, 3 other. */
    diagnosis: bytes(n),
    substanceUse: bytes(n),
    neverEngages: bytes(n),
    need: floats(n),
    stigma: floats(n),
    /** The client's own part of the alliance set-point, site and stigma included; set-points of outcomes likewise. */
    alliancePart: floats(n),
    setPoint: perOutcome(),
    status: bytes(n),
    manager: integers(n).fill(NOBODY),
    /** Case managers so far; with the client it addresses the dyad. */
    dyads: integers(n),
    dyadFit: floats(n),
    managerChangeDay: floats(n).fill(-NEVER),
    alliance: floats(n),
    entryAlliance: floats(n),
    selfWorth: floats(n),
    outcome: perOutcome(),
    goalSteps: integers(n),
    goalsAttained: integers(n),
    goalLift: floats(n),
    setback: floats(n),
    housed: bytes(n),
    inHospital: bytes(n),
    inCrisis: bytes(n),
    hospitalDays: floats(n),
    /** Contacts held over contacts planned in the present step, and the contacts held so far. */
    dose: floats(n),
    contacts: floats(n),
  };
}

/** How many there are of everything; `steps`: entries of the tables of gains. */
export type WorldSize = {
  readonly teams: number;
  readonly seats: number;
  readonly clients: number;
  readonly steps: number;
};

/** Draws come sixteen at a time: the identities they are for have room for as many beyond the last. */
const LANES = 16;

/** Bands of alliance, 0 to 100, with bounds of the probability of attendance. */
export const ATTENDANCE_BANDS = 32;

/** All arrays of a world. */
export function createWorldArrays(room: Room, size: WorldSize) {
  const { floats, integers, words } = room;
  const nDraws = Math.max(size.clients, size.seats, size.teams);
  return {
    teams: createTeams(size.teams, room),
    managers: createManagers(size.seats, room),
    clients: createClients(size.clients, room),
    /** Waiting lists of all teams, see Teams.nWaiting. */
    queue: integers(size.clients),
    /** Clients on the caseload or on hold, ascending: rows, and their identities for draws in batches. */
    served: {
      n: 0,
      rows: integers(size.clients + 1),
      identities: words(size.clients + LANES),
      /** Those of team t are at first[t] … first[t + 1] − 1. */
      first: integers(size.teams + 1),
    },
    /** G of each outcome by steps in service. */
    gain: OUTCOMES.map(() => floats(size.steps)),
    /** By band of alliance, see fillAttendanceBounds. */
    attendanceBounds: { surely: floats(ATTENDANCE_BANDS), perhaps: floats(ATTENDANCE_BANDS) },
    /** Room for draws, one entry per client: no process keeps anything here. */
    draws: [floats(nDraws), floats(nDraws)],
    /** Room for what processes and kernels tell each other, see ServiceKernels: nobody keeps anything here. */
    scratch: {
      bySeat: floats(size.seats),
      rateBySeat: floats(size.seats),
      byTeam: floats(size.teams),
      coverDemand: floats(size.teams),
      coverCrises: floats(size.teams),
      sums: floats(8 * size.teams),
      chosen: integers(size.clients + 1),
      identities: words(nDraws + LANES),
    },
  };
}

export type WorldArrays = ReturnType<typeof createWorldArrays>;
export type Teams = WorldArrays["teams"];
export type Managers = WorldArrays["managers"];
export type Clients = WorldArrays["clients"];

/** The present moment: step n covers the days [n·Δ, (n + 1)·Δ). */
export type Step = { readonly index: number; readonly day: number; readonly days: number };

/** The whole state of the service; a mutable container that only the processes write to. */
export type World = Readonly<WorldArrays> & {
  readonly parameters: ServiceParameters;
  readonly key: Key;
  readonly roster: Roster;
  readonly kernels: ServiceKernels;
  /** Referrals that have arrived, in order of arrival. */
  arrived: number;
};
