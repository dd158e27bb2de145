import { type Decision, draw } from "../service/decisions.ts";

/** One part of an observation: what it computes, and the random decisions it takes. */
export type ObservationPart = {
  readonly part: string;
  readonly does: string;
  /** Symbols as in the service's schedule; plain names are places in the study's parameters. */
  readonly equations: readonly string[];
  readonly decisions: readonly Decision[];
};

/** What a study sees of a service, part by part; occasions are planned times, never numbers in a list. */
export const OBSERVATION: readonly ObservationPart[] = [
  {
    part: "sampling",
    does: "Takes all clients whom the study may take, a random number of each team, or those whom case managers choose.",
    equations: [
      "may be taken = the study's own enrolment (sampling.from cohort), or everyone admitted in the window enrolment.start, enrolment.window (everyone); the baseline interview falls within the simulated time",
      "rank = −ln(−ln u) + b·A/sampling.allianceSd, b = sampling.managerBias when case managers choose, else 0; A is true alliance when RPRS is first given",
      "of each team the highest ranks are taken: team j (from 0) gives ⌊(j + 1)·n⌋ − ⌊j·n⌋, n = clientsPerTeam",
    ],
    decisions: [
      draw(
        "studySample",
        "client",
        "Gumbel",
        "is sampled: the highest of a team, plus the case managers' bias",
        "once",
        { "sampling.scheme": "all" },
      ),
    ],
  },
  {
    part: "audits and exposure",
    does: "Assessors score every domain of every team with error; between audits scores are interpolated and averaged.",
    equations: [
      "score = mean over audits.assessors of clip(D + audits.visitErrorSd/8·ε_visit + audits.assessorErrorSd·ε_assessor, 1, 5); the team's score is the sum of eight",
      "D is that of the end of the week in which the audit falls; teams that abandoned the model are not audited unless audits.afterAbandonment",
      "exposure of a client = mean, over the exposure.days before the interview, of the straight lines between audits (constant before the first and after the last)",
    ],
    decisions: [
      draw("auditVisitError", "team", "normal", "error of an audit that its assessors share", "audit", {
        "audits.visitErrorSd": 0,
      }),
      draw(
        "auditAssessorError",
        "team",
        "normal",
        "error of one assessor in one domain",
        "128·audit + 8·assessor + domain",
        { "audits.assessorErrorSd": 0 },
      ),
    ],
  },
  {
    part: "interviews",
    does: "Every client of the study is interviewed at planned times after a baseline, until dropout or the end of the simulated time.",
    equations: [
      "baseline = admission + u·interviews.enrolmentLag",
      "interview = max(baseline, baseline + planned time + interviews.jitter·clip(ε, −2, 2)); the baseline itself has no jitter",
      "dropout = baseline − ln(u)/dropout.perYear; interviews after it are not held",
      "an interview sees the client as at the end of the step in which it falls",
    ],
    decisions: [
      draw("interviewLag", "client", "uniform", "time from admission to baseline", "once", {
        "interviews.enrolmentLag": 0,
      }),
      draw(
        "interviewJitter",
        "client",
        "normal, within 2 SD",
        "actual less planned time of an interview",
        "interview",
        {
          "interviews.jitter": 0,
        },
      ),
      draw("studyDropout", "client", "exponential", "time from baseline to dropout", "once", { "dropout.perYear": 0 }),
    ],
  },
  {
    part: "instruments",
    does: "Scales measure true scores with error and rounding; case managers rate the alliance.",
    equations: [
      "measured score = round to the scale of (true + (SD/√ρ)·(√(1 − ρ − s)·ε_scale + √s·ε_style)), SD = trueSd, ρ = reliability, s = ratingStyle.share (RPRS, QOLI-20, PGI, THS), 0 for MCAS",
      "case manager's rating = mean + sd·(λ·z_A + √(1 − λ²)·ε) − caseload·max(0, caseload/cap − 1) + severity·z_MCAS, names of managerRating; λ = agreement/√ρ_RPRS; z by the mean and trueSd of RPRS and MCAS",
    ],
    decisions: [
      draw("scaleError", "client", "normal", "error of a scale", "16·interview + instrument"),
      draw("ratingStyle", "client", "normal", "style of rating", "once", { "ratingStyle.share": 0 }),
    ],
  },
  {
    part: "missing data",
    does: "Scales are missing by chance, by age and by the score itself; whole interviews more or less together.",
    equations: [
      "liability = √r·(missing.meanAge − age)/missing.ageSd − √n·z + √(1 − r − n)·(√w·ε_interview + √(1 − w)·ε_scale)",
      "r = missing.atRandom, n = missing.notAtRandom, w = missing.wholeInterview, z = (true score − mean)/trueSd of the instrument",
      "a scale is missing if its liability > Φ⁻¹(1 − missing.share)",
    ],
    decisions: [
      draw("interviewMissing", "client", "normal", "liability to miss an interview's scales", "interview", {
        "missing.share": 0,
        "missing.wholeInterview": 0,
      }),
      draw("scaleMissing", "client", "normal", "liability to miss one scale", "16·interview + instrument", {
        "missing.share": 0,
        "missing.wholeInterview": 1,
      }),
    ],
  },
];

/** Every random decision of an observation. */
export const STUDY_DECISIONS: readonly Decision[] = OBSERVATION.flatMap(({ decisions }) => decisions);
