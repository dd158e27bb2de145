import { type Key, normalAt, uniformAt } from "../../sim/random/address.ts";
import { agencyOf } from "../service/agencies.ts";
import type { ServiceObserver } from "../service/simulateService.ts";
import { ORIGIN } from "../service/roster.ts";
import { DAYS_PER_WEEK } from "../service/time.ts";
import { N_OUTCOMES, NEVER, NOBODY, type World } from "../service/world.ts";
import { WHAT } from "../what.ts";
import { daysOf, occasionOf } from "./occasion.ts";
import type { StudyParameters } from "./parameters.ts";

/** Interviews keep within this many SD of the planned time. */
const MOST_JITTER = 2;

/**
 * The truth at the moments of interviews, for every client whom the study may take. Arrays are at row · n + wave, rows as
 * in the history; NaN where the world ended before the interview, or the client was never admitted.
 */
export type TruthAtInterviews = {
  readonly n: number;
  readonly months: readonly number[];
  /** Agency of each team. */
  readonly agency: Int32Array;
  /** Whether the study may take the client (1) or not (0), by row. */
  readonly eligible: Uint8Array;
  readonly day: Float64Array;
  readonly alliance: Float64Array;
  readonly outcome: readonly Float64Array[];
  readonly status: Uint8Array;
  readonly hospitalDays: Float64Array;
  /** Case managers so far, and the identity of the present one; NaN while there is none. */
  readonly managers: Float64Array;
  readonly manager: Float64Array;
  /** Caseload over the cap of the client's case manager; NaN while there is none. */
  readonly load: Float64Array;
};

/** Watches the world for a study and keeps what is true when clients are interviewed. */
export type InterviewRecorder = {
  readonly observer: Required<Pick<ServiceObserver, "atStart" | "afterStep">>;
  /** What was recorded; call it once the service has been simulated. */
  readonly truth: () => TruthAtInterviews;
};

/** Day of the baseline interview: uniform within the lag after admission. */
export function baselineDay(key: Key, identity: number, admissionDay: number, p: StudyParameters): number {
  return admissionDay + p.interviews.enrolmentLag * DAYS_PER_WEEK * uniformAt(key, identity, WHAT.interviewLag, 0);
}

/** Day of an interview: baseline + planned time + jitter, never before the baseline. The baseline itself has no jitter. */
export function interviewDay(key: Key, identity: number, baseline: number, months: number, p: StudyParameters): number {
  if (months === 0) return baseline;
  const z = normalAt(key, identity, WHAT.interviewJitter, occasionOf(months));
  const jitter = p.interviews.jitter * DAYS_PER_WEEK * Math.min(MOST_JITTER, Math.max(-MOST_JITTER, z));
  return Math.max(baseline, baseline + daysOf(months) + jitter);
}

/**
 * A recorder to hand to `simulateService`. An interview sees the client as at the end of the step in which it falls.
 * Memory: 97 bytes per client and interview.
 */
export function recordInterviews(parameters: StudyParameters, key: Key): InterviewRecorder {
  const { months } = parameters.interviews;
  let truth: TruthAtInterviews | undefined;
  let pending: number[] = [];
  /** Interviews to come, by the step in which they fall. */
  const due = new Map<number, { readonly at: number; readonly day: number }[]>();

  const plan = (world: World, row: number, index: number, stepDays: number) => {
    const { identity, admissionDay } = world.clients;
    const baseline = baselineDay(key, identity[row], admissionDay[row], parameters);
    for (let wave = 0; wave < months.length; wave++) {
      const day = interviewDay(key, identity[row], baseline, months[wave], parameters);
      const step = Math.max(index, Math.floor(day / stepDays));
      const planned = due.get(step) ?? [];
      planned.push({ at: row * months.length + wave, day });
      due.set(step, planned);
    }
  };

  return {
    observer: {
      atStart: (world) => {
        truth = emptyTruth(world, months, parameters.sampling.from === "cohort");
        pending = Array.from(world.roster.byDay).filter((row) => truth?.eligible[row] === 1);
      },
      afterStep: (world, { index, days }) => {
        if (truth === undefined) return;
        pending = pending.filter((row) => {
          if (world.clients.admissionDay[row] === NEVER) return true;
          plan(world, row, index, days);
          return false;
        });
        for (const { at, day } of due.get(index) ?? []) writeTruth(world, truth, at, day);
        due.delete(index);
      },
    },
    truth: () => {
      if (truth === undefined) throw new RangeError("no service has been simulated with this recorder");
      return truth;
    },
  };
}

function emptyTruth(world: World, months: readonly number[], cohortOnly: boolean): TruthAtInterviews {
  const size = world.clients.n * months.length;
  const values = () => new Float64Array(size).fill(Number.NaN);
  return {
    n: months.length,
    months,
    agency: Int32Array.from(world.teams.identity, (team) => agencyOf(world.parameters, team)),
    eligible: world.roster.origin.map((origin) =>
      origin === ORIGIN.cohort || (!cohortOnly && origin === ORIGIN.referral) ? 1 : 0,
    ),
    day: values(),
    alliance: values(),
    outcome: Array.from({ length: N_OUTCOMES }, values),
    status: new Uint8Array(size),
    hospitalDays: values(),
    managers: values(),
    manager: values(),
    load: values(),
  };
}

function writeTruth({ clients, managers }: World, truth: TruthAtInterviews, at: number, day: number): void {
  const row = Math.floor(at / truth.n);
  const seat = clients.manager[row];
  truth.day[at] = day;
  truth.alliance[at] = clients.alliance[row];
  for (let o = 0; o < N_OUTCOMES; o++) truth.outcome[o][at] = clients.outcome[o][row];
  truth.status[at] = clients.status[row];
  truth.hospitalDays[at] = clients.hospitalDays[row];
  truth.managers[at] = clients.dyads[row];
  if (seat === NOBODY || managers.present[seat] === 0) return;
  truth.manager[at] = managers.identity[seat];
  truth.load[at] = managers.caseload[seat] / managers.cap[seat];
}
