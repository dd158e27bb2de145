import {
  type ChangesOf,
  choice,
  count,
  number,
  onOff,
  rising,
  share,
  type ValuesOf,
} from "../registry/parameterKinds.ts";
import { defaultsOf, type ParameterEntry, registryEntries, type Values, withChanges } from "../registry/registry.ts";

type Shape = {
  readonly name: string;
  readonly months: readonly number[];
  readonly range: readonly [number, number];
  readonly step: number;
  readonly mean: number;
  readonly trueSd: number;
  readonly reliability: readonly [value: number, source: string, plausible: readonly [number, number]];
};

function instrument({ name, months, range: [low, high], step, mean, trueSd, reliability }: Shape) {
  const width = high - low;
  return {
    months: rising(months, "months", [0, 1200], `${name}: interviews at which it is given`, "Roebuck 2021"),
    low: number(low, "points", [low, low], `${name}: lowest score`, "the instrument"),
    high: number(high, "points", [high, high], `${name}: highest score`, "the instrument"),
    step: number(step, "points", [0, width], `${name}: distance between possible scores; 0: none`, "its items"),
    mean: number(mean, "points", [low, high], `${name}: level that nonresponse counts from`, "Roebuck 2021"),
    trueSd: number(
      trueSd,
      "points",
      [0.01, width],
      `${name}: SD of true scores that the reliability refers to`,
      "derived: published SD × √reliability",
    ),
    reliability: number(
      reliability[0],
      "1",
      [0.01, 1],
      `${name}: variance of true scores over that of measured ones`,
      reliability[1],
      reliability[2],
    ),
  } as const;
}

/**
 * The registry of a study's parameters: who is sampled, when teams are audited and clients interviewed, how well each
 * instrument measures, and what is missing. Nothing here changes the world that is observed.
 */
export const STUDY_PARAMETERS = {
  clientsPerTeam: number(
    22,
    "clients",
    [1, 4096],
    "Clients sampled per team, on average (random, managerSelected): a broken number is spread evenly over the teams",
    "Roebuck 2021",
    [17, 27],
  ),
  enrolment: {
    start: number(0, "weeks", [0, 4000], "Start of the window in which a client must be admitted to be taken"),
    window: number(
      97,
      "weeks",
      [0.01, 4000],
      "Length of that window; the study's own enrolment (cohort) is not bound by it",
      "Roebuck 2021: 22.5 months",
    ),
  },
  sampling: {
    from: choice(
      "cohort",
      ["cohort", "everyone"],
      "Whom the study may take: the clients of its own enrolment, or everyone admitted in the window",
      "design",
    ),
    scheme: choice(
      "all",
      ["all", "random", "managerSelected"],
      "All of them, a random number per team, or clients chosen by their case managers",
      "design",
    ),
    managerBias: number(
      1.2,
      "SD",
      [0, 5],
      "Case managers choose with weight exp(bias·alliance/SD): in a large population the mean alliance of the chosen rises by this much",
      "Roebuck, Aubry & Manoni-Millar 2021: +1.2 SD",
      [0.8, 1.5],
    ),
    allianceSd: number(
      14,
      "RPRS points",
      [0.1, 100],
      "SD of true alliance that the bias refers to",
      "derived: 17.8·√.665",
    ),
  },
  audits: {
    months: rising([0, 6, 12, 18, 24, 36], "months", [0, 1200], "Times of the fidelity audits", "Roebuck 2021"),
    assessors: count(2, "assessors", [1, 16], "Assessors whose scores are averaged", "Roebuck 2021"),
    assessorErrorSd: number(0.4, "points", [0, 4], "Error SD of one assessor in one domain (1–5)"),
    visitErrorSd: number(
      2.35,
      "points",
      [0, 16],
      "Error SD of the sum score (8–40) that the assessors of one visit share: the same charts, the same days",
      "derived: r = .73 between exposures asks for 2.5 in all",
      [1, 3],
    ),
    afterAbandonment: onOff(false, "Teams that abandoned the model are still audited", "Roebuck 2021: they were not"),
  },
  exposure: {
    days: number(
      180,
      "days",
      [1, 3650],
      "Window before the interview over which fidelity is averaged",
      "Roebuck 2021",
      [90, 270],
    ),
  },
  interviews: {
    months: rising(
      [0, 4.5, 9, 13.5, 18],
      "months",
      [0, 1200],
      "Planned times after the baseline interview",
      "Roebuck 2021",
    ),
    enrolmentLag: number(
      6,
      "weeks",
      [0, 520],
      "Baseline comes up to this long after admission: uniform",
      "Roebuck 2021: enrolled 6 weeks or less before baseline",
    ),
    jitter: number(2, "weeks", [0, 26], "SD of the difference between actual and planned time (within 2 SD)"),
    afterExit: onOff(true, "Clients who have left, graduated or never engaged are still interviewed", "design"),
  },
  instruments: {
    rprs: instrument({
      name: "RPRS",
      months: [4.5, 13.5],
      range: [0, 100],
      // 24 items from 1 to 4, rescaled from 24–96.
      step: 100 / 72,
      mean: 71.2,
      trueSd: 14,
      reliability: [0.665, "Roebuck, Aubry & Manoni-Millar 2021: retest .61 to .72", [0.61, 0.72]],
    }),
    qoli: instrument({
      name: "QOLI-20",
      months: [0, 9, 18],
      range: [20, 140],
      step: 1,
      mean: 86.3,
      trueSd: 15,
      reliability: [0.8, "assumption; published reliabilities .41 to .95", [0.41, 0.95]],
    }),
    pgi: instrument({
      name: "PGI",
      months: [0, 9, 18],
      range: [0, 100],
      step: 1,
      mean: 34.2,
      trueSd: 15.6,
      reliability: [0.65, "assumption; 9-month retest .37", [0.4, 0.85]],
    }),
    ths: instrument({
      name: "THS",
      months: [0, 9, 18],
      range: [8, 64],
      step: 1,
      mean: 43.9,
      trueSd: 7.7,
      reliability: [0.75, "assumption; 9-month retest .51", [0.55, 0.9]],
    }),
    mcas: instrument({
      name: "MCAS",
      months: [0, 9, 18],
      range: [17, 85],
      step: 1,
      mean: 73,
      trueSd: 5.6,
      reliability: [0.85, "assumption; short-term retest .91", [0.6, 0.95]],
    }),
  },
  /** Persistent style of answering, shared by what clients rate themselves (RPRS, QOLI-20, PGI, THS). */
  ratingStyle: {
    share: share(0.05, "Share of measured variance that is the client's style of rating", "assumption", [0, 0.1]),
  },
  managerRating: {
    months: rising(
      [4.5, 13.5],
      "months",
      [0, 1200],
      "Interviews at which case managers rate the alliance",
      "Neale 1995",
    ),
    agreement: number(
      0.25,
      "1",
      [0, 0.8],
      "Correlation with the client's rating",
      "Neale 1995: modest; a meta-analysis of agreement",
      [0.1, 0.4],
    ),
    mean: number(64, "points", [0, 100], "Mean rating", "Igra 2020: d = −.46 against the client's"),
    sd: number(16, "points", [0.1, 50], "SD of ratings at the usual caseload"),
    caseload: number(8, "points", [0, 100], "Drop of the rating per full caseload above the cap", "Neale 1995 (sign)"),
    severity: number(2, "points", [0, 50], "Drop of the rating per SD of poorer functioning", "Neale 1995 (sign)"),
  },
  missing: {
    share: share(
      0.0893,
      "Share of scales missing at interviews of clients who have not dropped out",
      "derived: with dropout, 11.6 % of scale-level data (Roebuck 2021)",
    ),
    atRandom: share(
      0.1,
      "Part of the liability that observed covariates explain (MAR): younger clients are missing more",
    ),
    notAtRandom: share(0.05, "Part that the true score explains (MNAR): low scores are missing more"),
    wholeInterview: share(0.5, "Part of the rest that the scales of one interview share"),
    meanAge: number(40.3, "years", [18, 90], "Age that the covariate part counts from", "Roebuck 2021"),
    ageSd: number(13.1, "years", [0.1, 40], "Its SD", "Roebuck 2021"),
  },
  dropout: {
    perYear: number(
      0.04,
      "1/year",
      [0, 50],
      "Hazard of dropping out of the study after baseline",
      "assumption",
      [0, 0.15],
    ),
  },
} as const;

export type StudyParameters = ValuesOf<typeof STUDY_PARAMETERS>;
export type StudyChanges = ChangesOf<StudyParameters>;

/** All parameters of a study with their places, "interviews.months". */
export function studyParameterEntries(): ParameterEntry[] {
  return registryEntries(STUDY_PARAMETERS);
}

/**
 * The defaults with some values changed.
 *
 * @param changes only what differs, nested as the registry; a list replaces the list
 * @param base    what is changed; the defaults if left out
 */
export function studyParameters(changes: StudyChanges = {}, base?: StudyParameters): StudyParameters {
  return withChanges(base ?? defaultsOf(STUDY_PARAMETERS), changes as Values) as StudyParameters;
}
