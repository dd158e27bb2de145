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

/** A variable measured at interviews that were held. */
export type WaveVariable = CodebookEntry & {
  /** Interviews at which it is measured. */
  readonly months: readonly number[];
  /** NaN if missing. */
  readonly observe: (occasion: Occasion) => number;
};

const NO_INTERVIEW = "no interview: dropout, or the simulated time had ended";

const SCALE_LABELS: Readonly<Record<ScaleName, string>> = {
  rprs: "Alliance rated by the client, RPRS",
  qoli: "Quality of life, QOLI-20",
  pgi: "Personal goals, PGI",
  ths: "Hope, THS",
  mcas: "Functioning, MCAS",
};

/** Everything that is measured at interviews, in the order of the data set. */
export function waveVariables(
  clients: Clients,
  truth: TruthAtInterviews,
  audits: FidelityAudits,
  parameters: StudyParameters,
  key: Key,
): WaveVariable[] {
  const scales = INSTRUMENTS.filter((name) => name !== "managerRating");
  return [
    ...records(truth, parameters),
    exposure(truth, audits, parameters),
    ...scales.map((scale) => scaleVariable(scale, clients, truth, parameters, key)),
    ratingByManager(clients, truth, parameters, key),
  ];
}

/** Counted in the service's files, without error. */
function records(truth: TruthAtInterviews, { interviews }: StudyParameters): WaveVariable[] {
  const { months } = interviews;
  return [
    {
      name: "day",
      label: "Days since baseline",
      unit: "days",
      range: null,
      missing: NO_INTERVIEW,
      months,
      observe: ({ at, baseline }) => truth.day[at] - baseline,
    },
    {
      name: "cm",
      label: "Case manager",
      unit: "identity",
      range: null,
      missing: `${NO_INTERVIEW}; or no case manager at the time`,
      months,
      observe: ({ at }) => truth.manager[at],
    },
    {
      name: "ncm",
      label: "Case managers so far",
      unit: "case managers",
      range: null,
      missing: NO_INTERVIEW,
      months,
      observe: ({ at }) => truth.managers[at],
    },
    {
      name: "hosp",
      label: "Days in hospital since admission to the service",
      unit: "days",
      range: null,
      missing: NO_INTERVIEW,
      months,
      observe: ({ at }) => truth.hospitalDays[at],
    },
  ];
}

function exposure(truth: TruthAtInterviews, audits: FidelityAudits, parameters: StudyParameters): WaveVariable {
  const { days } = parameters.exposure;
  const courses = Array.from({ length: audits.nTeams }, (_, team) => courseOf(audits, team));
  return {
    name: "fid",
    label: `Team fidelity, mean over the ${days} days before the interview`,
    unit: "points",
    range: [8, 40],
    missing: `${NO_INTERVIEW}; or the team was never audited`,
    months: parameters.interviews.months,
    observe: ({ team, at }) => meanExposure(courses[team], truth.day[at], days),
  };
}

function scaleVariable(
  scale: ScaleName,
  clients: Clients,
  truth: TruthAtInterviews,
  parameters: StudyParameters,
  key: Key,
): WaveVariable {
  const { months: given, low, high, mean, trueSd } = parameters.instruments[scale];
  const trueScores = scale === "rprs" ? truth.alliance : truth.outcome[OUTCOMES.indexOf(scale)];
  return {
    name: scale,
    label: SCALE_LABELS[scale],
    unit: "points",
    range: [low, high],
    missing: `${NO_INTERVIEW}; or nonresponse (by chance, by age, by the score itself)`,
    months: given,
    observe: ({ row, identity, at, months }) => {
      const trueScore = trueScores[at];
      const client = { age: clients.age[row], zTrue: (trueScore - mean) / trueSd };
      return isMissing(key, identity, scale, months, client, parameters)
        ? Number.NaN
        : measuredScore(key, identity, scale, months, trueScore, parameters);
    },
  };
}

function ratingByManager(
  clients: Clients,
  truth: TruthAtInterviews,
  parameters: StudyParameters,
  key: Key,
): WaveVariable {
  const { low, high, mean, trueSd } = parameters.instruments.rprs;
  const functioning = truth.outcome[OUTCOMES.indexOf("mcas")];
  return {
    name: "cmal",
    label: "Alliance rated by the case manager",
    unit: "points",
    range: [low, high],
    missing: `${NO_INTERVIEW}; no case manager at the time; or nonresponse`,
    months: parameters.managerRating.months,
    observe: ({ row, identity, at, months }) => {
      const alliance = truth.alliance[at];
      const client = { age: clients.age[row], zTrue: (alliance - mean) / trueSd };
      return isMissing(key, identity, "managerRating", months, client, parameters)
        ? Number.NaN
        : managerRating(
            key,
            identity,
            months,
            { alliance, functioning: functioning[at], load: truth.load[at] },
            parameters,
          );
    },
  };
}
