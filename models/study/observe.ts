import type { Key } from "../../sim/random/address.ts";
import type { ServiceHistory } from "../service/history.ts";
import type { ServiceParameters } from "../service/parameters.ts";
import { simulateService } from "../service/simulateService.ts";
import { DAYS_PER_WEEK } from "../service/time.ts";
import { STATUS } from "../service/world.ts";
import { auditTeams, type FidelityAudits } from "./audits.ts";
import { type Column, columnNamed } from "./columns.ts";
import { fixedColumns } from "./fixedColumns.ts";
import { type InterviewRecorder, recordInterviews, type TruthAtInterviews } from "./interviews.ts";
import { dropoutDay } from "./missingness.ts";
import { monthsInName } from "./occasion.ts";
import type { StudyParameters } from "./parameters.ts";
import { type Candidate, sampleClients } from "./sampling.ts";
import { type WaveVariable, waveVariables } from "./waveVariables.ts";

/** What a study would have seen. NaN is a missing value. */
export type ObservedStudy = {
  readonly nClients: number;
  /** Clients whom the study could have taken. */
  readonly nEligible: number;
  readonly months: readonly number[];
  /** One row per client, by identity: fixed variables, then "rprs4_5" and the like. */
  readonly wide: readonly Column[];
  /** One row per client × interview, at client · months.length + interview: fixed variables, "months", then "rprs" and the like. */
  readonly long: readonly Column[];
  readonly audits: FidelityAudits;
  /** Rows of the clients in the history and the truth: for checks, no analysis may see what is there. */
  readonly rows: Int32Array;
};

/** What an analysis may use of a study: columns of the wide data, each measured when it is first asked for. */
export type StudySample = {
  readonly nClients: number;
  /** Clients whom the study could have taken. */
  readonly nEligible: number;
  /** @throws RangeError if there is no such column; the message lists those there are */
  readonly column: (name: string) => Float64Array;
};

/**
 * Observes a simulated service: whom the study samples, what audits and interviews say about them, what is missing. The
 * history and the truth are only read. Every draw is addressed by client or team, decision and planned time, so that
 * another client, interview or audit changes no other value.
 *
 * @param truth      of the same simulation, from a recorder with the same parameters and key (`recordInterviews`)
 * @param parameters checked (`studyProblems` is empty)
 * @param key        key of the replication
 */
export function observeStudy(
  history: ServiceHistory,
  truth: TruthAtInterviews,
  parameters: StudyParameters,
  key: Key,
): ObservedStudy {
  const { audits, nEligible, sample, variables, interviewer } = prepare(history, truth, parameters, key);
  const fixed = fixedColumns(history.clients, truth, sample);
  const measured = variables.map((variable) => interviewer.allWaves(variable));
  return {
    nClients: sample.length,
    nEligible,
    months: truth.months,
    wide: [...fixed, ...variables.flatMap((variable, v) => wideColumns(variable, measured[v], truth.months))],
    long: [...longFixed(fixed, truth.months), ...variables.map((variable, v) => longColumn(variable, measured[v]))],
    audits,
    rows: Int32Array.from(sample, ({ row }) => row),
  };
}

/** As `observeStudy`, for analyses that need a few columns of many studies: the same values, at a fraction of the cost. */
export function sampleStudy(
  history: ServiceHistory,
  truth: TruthAtInterviews,
  parameters: StudyParameters,
  key: Key,
): StudySample {
  const { nEligible, sample, variables, interviewer } = prepare(history, truth, parameters, key);
  const known = new Map<string, Float64Array>();
  const columnOf = (name: string): Float64Array => {
    for (const variable of variables)
      for (const [wave, month] of truth.months.entries())
        if (variable.months.includes(month) && variable.name + monthsInName(month) === name)
          return interviewer.oneWave(variable, wave);
    return columnNamed(fixedColumns(history.clients, truth, sample, [name]), name).values;
  };
  return {
    nClients: sample.length,
    nEligible,
    column: (name) => {
      const values = known.get(name) ?? columnOf(name);
      known.set(name, values);
      return values;
    },
  };
}

function prepare(history: ServiceHistory, truth: TruthAtInterviews, parameters: StudyParameters, key: Key) {
  const audits = auditTeams(history, parameters, key);
  const candidates = candidatesOf(history, truth, parameters);
  const sample = sampleClients(candidates, parameters, key);
  return {
    audits,
    nEligible: candidates.length,
    sample,
    variables: waveVariables(history.clients, truth, audits, parameters, key),
    interviewer: createInterviewer(sample, truth, parameters, key),
  };
}

/**
 * Several studies of one simulated service, on the same key. Studies that interview alike share what is recorded.
 *
 * @returns what each study observed, in their order
 */
export function observeWorld(service: ServiceParameters, studies: readonly StudyParameters[], key: Key): StudySample[] {
  const recorders = new Map<string, InterviewRecorder>();
  const recorderOf = studies.map((study) => {
    const name = JSON.stringify([study.interviews, study.sampling.from]);
    const recorder = recorders.get(name) ?? recordInterviews(study, key);
    recorders.set(name, recorder);
    return recorder;
  });
  const observers = [...recorders.values()].map(({ observer }) => observer);
  const history = simulateService(service, key, {
    atStart: (world) => {
      for (const { atStart } of observers) atStart(world);
    },
    afterStep: (world, step) => {
      for (const { afterStep } of observers) afterStep(world, step);
    },
  });
  return studies.map((study, s) => sampleStudy(history, recorderOf[s].truth(), study, key));
}

/** A service and the study of it, on the same key. */
export function simulateStudy(
  service: ServiceParameters,
  study: StudyParameters,
  key: Key,
): { readonly history: ServiceHistory; readonly truth: TruthAtInterviews; readonly observed: ObservedStudy } {
  const recorder = recordInterviews(study, key);
  const history = simulateService(service, key, recorder.observer);
  const truth = recorder.truth();
  return { history, truth, observed: observeStudy(history, truth, study, key) };
}

/** Clients whose first interview fell within the simulated time. Case managers choose by the alliance that RPRS rates first. */
function candidatesOf({ clients }: ServiceHistory, truth: TruthAtInterviews, p: StudyParameters): Candidate[] {
  const rated = truth.months.indexOf(p.instruments.rprs.months[0]);
  const { start, window } = p.enrolment;
  const inWindow = (day: number) =>
    p.sampling.from === "cohort" || (day >= start * DAYS_PER_WEEK && day < (start + window) * DAYS_PER_WEEK);
  const candidates: Candidate[] = [];
  for (let row = 0; row < clients.n; row++) {
    const first = row * truth.n;
    if (truth.eligible[row] === 0 || Number.isNaN(truth.day[first])) continue;
    if (!inWindow(clients.admissionDay[row])) continue;
    const chosenAt = rated >= 0 && !Number.isNaN(truth.day[first + rated]) ? first + rated : first;
    const alliance = truth.alliance[chosenAt];
    candidates.push({ row, identity: clients.identity[row], team: clients.team[row], alliance });
  }
  return candidates;
}

/** Asks the sample; NaN where a variable was not measured, or no interview was held. */
function createInterviewer(
  sample: readonly Candidate[],
  truth: TruthAtInterviews,
  parameters: StudyParameters,
  key: Key,
) {
  const lastDay = Float64Array.from(
    sample,
    ({ row, identity }) => truth.day[row * truth.n] + dropoutDay(key, identity, parameters),
  );
  const ask = ({ months: measuredAt, observe }: WaveVariable, client: number, wave: number): number => {
    const { row, identity, team } = sample[client];
    const at = row * truth.n + wave;
    const months = truth.months[wave];
    // The day is NaN where there was no interview, and NaN is not before anything.
    const held = truth.day[at] <= lastDay[client] && (parameters.interviews.afterExit || inService(truth.status[at]));
    if (!held || !measuredAt.includes(months)) return Number.NaN;
    return observe({ row, identity, team, at, months, baseline: truth.day[row * truth.n] });
  };
  return {
    /** Length nClients. */
    oneWave: (variable: WaveVariable, wave: number) =>
      Float64Array.from(sample, (_, client) => ask(variable, client, wave)),
    /** At client · number of interviews + interview. */
    allWaves: (variable: WaveVariable) =>
      Float64Array.from({ length: sample.length * truth.n }, (_, i) =>
        ask(variable, Math.floor(i / truth.n), i % truth.n),
      ),
  };
}

function inService(status: number): boolean {
  return status === STATUS.active || status === STATUS.onHold || status === STATUS.notEngaging;
}

function wideColumns(variable: WaveVariable, measured: Float64Array, months: readonly number[]): Column[] {
  return months.flatMap((month, wave) =>
    variable.months.includes(month)
      ? [
          {
            name: variable.name + monthsInName(month),
            label: `${variable.label}, ${month} months`,
            unit: variable.unit,
            range: variable.range,
            missing: variable.missing,
            values: measured.filter((_, i) => i % months.length === wave),
          },
        ]
      : [],
  );
}

function longColumn({ name, label, unit, range, missing, months }: WaveVariable, values: Float64Array): Column {
  return { name, label, unit, range, missing: `not given (only at ${months.join(", ")} months); ${missing}`, values };
}

/** The fixed variables again at every interview, and the planned time. */
function longFixed(fixed: readonly Column[], months: readonly number[]): Column[] {
  const nClients = fixed[0].values.length;
  const spread = (value: (client: number, wave: number) => number) =>
    Float64Array.from({ length: nClients * months.length }, (_, i) =>
      value(Math.floor(i / months.length), i % months.length),
    );
  return [
    ...fixed.map((column) => ({ ...column, values: spread((client) => column.values[client]) })),
    {
      name: "months",
      label: "Planned time of the interview after baseline",
      unit: "months",
      range: null,
      missing: "never",
      values: spread((_, wave) => months[wave]),
    },
  ];
}
