import type { Key } from "../../sim/random/address.ts";
import { OUTCOMES } from "../service/outcomeParameters.ts";
import type { Clients } from "../service/world.ts";
import type { FidelityAudits } from "./audits.ts";
import type { CodebookEntry } from "./columns.ts";
import { courseOf, meanExposure } from "./exposure.ts";
import { INSTRUMENTS, managerRating, measuredScore, type ScaleName } from "./instruments.ts";
import type { TruthAtInterviews } from "./interviews.ts";
import { isMissing } from "./missingness.ts";
import type { StudyParameters } from "./parameters.ts";

/** One client at one interview: where the client and the truth are found. */
export type Occasion = {
  readonly row: number;
  readonly identity: number;
  readonly team: number;
  /** Index into the arrays of the truth. */
  readonly at: number;
  /** Planned time, months after baseline. */
  readonly months: number;
  /** Day of the baseline interview. */
  readonly baseline: number;
};

/** What is said of a variable that is measured at interviews. */
export type WaveEntry = CodebookEntry & {
  /** Interviews at which it is measured. */
  readonly months: readonly number[];
};

/** A variable measured at interviews that were held. */
export type WaveVariable = WaveEntry & {
  /** NaN if missing. */
  readonly observe: Observe;
};

type Observe = (occasion: Occasion) => number;

const NO_INTERVIEW = "no interview: dropout, or the simulated time had ended";

const SCALE_LABELS: Readonly<Record<ScaleName, string>> = {
  rprs: "Alliance rated by the client, RPRS",
  qoli: "Quality of life, QOLI-20",
  pgi: "Personal goals, PGI",
  ths: "Hope, THS",
  mcas: "Functioning, MCAS",
};
const SCALES = INSTRUMENTS.filter((name) => name !== "managerRating");

/** Everything that is measured at interviews, in the order of the data set. */
export function waveEntries(parameters: StudyParameters): WaveEntry[] {
  const { interviews, exposure, instruments, managerRating: rating } = parameters;
  const { months } = interviews;
  const record = (name: string, label: string, unit: string, missing = NO_INTERVIEW): WaveEntry => ({
    name,
    label,
    unit,
    range: null,
    missing,
    months,
  });
  return [
    record("day", "Days since baseline", "days"),
    record("cm", "Case manager", "identity", `${NO_INTERVIEW}; or no case manager at the time`),
    record("ncm", "Case managers so far", "case managers"),
    record("hosp", "Days in hospital since admission to the service", "days"),
    {
      name: "fid",
      label: `Team fidelity, mean over the ${exposure.days} days before the interview`,
      unit: "points",
      range: [8, 40],
      missing: `${NO_INTERVIEW}; or the team was never audited`,
      months,
    },
    ...SCALES.map((scale): WaveEntry => {
      const { months: given, low, high } = instruments[scale];
      return {
        name: scale,
        label: SCALE_LABELS[scale],
        unit: "points",
        range: [low, high],
        missing: `${NO_INTERVIEW}; or nonresponse (by chance, by age, by the score itself)`,
        months: given,
      };
    }),
    {
      name: "cmal",
      label: "Alliance rated by the case manager",
      unit: "points",
      range: [instruments.rprs.low, instruments.rprs.high],
      missing: `${NO_INTERVIEW}; no case manager at the time; or nonresponse`,
      months: rating.months,
    },
  ];
}

/** The same with what an interview finds. */
export function waveVariables(
  clients: Clients,
  truth: TruthAtInterviews,
  audits: FidelityAudits,
  parameters: StudyParameters,
  key: Key,
): WaveVariable[] {
  const observers = new Map<string, Observe>([
    // Counted in the service's files, without error.
    ["day", ({ at, baseline }) => truth.day[at] - baseline],
    ["cm", ({ at }) => truth.manager[at]],
    ["ncm", ({ at }) => truth.managers[at]],
    ["hosp", ({ at }) => truth.hospitalDays[at]],
    ["fid", exposureOf(truth, audits, parameters)],
    ...SCALES.map((scale): [string, Observe] => [scale, scaleScore(scale, clients, truth, parameters, key)]),
    ["cmal", ratingByManager(clients, truth, parameters, key)],
  ]);
  return waveEntries(parameters).map((entry) => {
    const observe = observers.get(entry.name);
    if (observe === undefined) throw new RangeError(`nothing observes "${entry.name}"`);
    return { ...entry, observe };
  });
}

function exposureOf(truth: TruthAtInterviews, audits: FidelityAudits, { exposure }: StudyParameters): Observe {
  const courses = Array.from({ length: audits.nTeams }, (_, team) => courseOf(audits, team));
  return ({ team, at }) => meanExposure(courses[team], truth.day[at], exposure.days);
}

function scaleScore(
  scale: ScaleName,
  clients: Clients,
  truth: TruthAtInterviews,
  parameters: StudyParameters,
  key: Key,
): Observe {
  const { mean, trueSd } = parameters.instruments[scale];
  const trueScores = scale === "rprs" ? truth.alliance : truth.outcome[OUTCOMES.indexOf(scale)];
  return ({ row, identity, at, months }) => {
    const trueScore = trueScores[at];
    const client = { age: clients.age[row], zTrue: (trueScore - mean) / trueSd };
    return isMissing(key, identity, scale, months, client, parameters)
      ? Number.NaN
      : measuredScore(key, identity, scale, months, trueScore, parameters);
  };
}

function ratingByManager(clients: Clients, truth: TruthAtInterviews, parameters: StudyParameters, key: Key): Observe {
  const { mean, trueSd } = parameters.instruments.rprs;
  const functioning = truth.outcome[OUTCOMES.indexOf("mcas")];
  return ({ row, identity, at, months }) => {
    const alliance = truth.alliance[at];
    const client = { age: clients.age[row], zTrue: (alliance - mean) / trueSd };
    const seen = { alliance, functioning: functioning[at], load: truth.load[at] };
    return isMissing(key, identity, "managerRating", months, client, parameters)
      ? Number.NaN
      : managerRating(key, identity, months, seen, parameters);
  };
}
