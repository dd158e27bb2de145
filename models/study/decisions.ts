import type { Decision } from "../service/schedule.ts";

/** Every random decision of an observation; occasions are planned times, never numbers in a list. */
export const STUDY_DECISIONS: readonly Decision[] = [
  {
    decision: "is sampled: the highest of a team, plus the case managers' bias",
    distribution: "Gumbel",
    stream: "studySample",
    who: "client",
    when: "once",
  },
  {
    decision: "error of an audit that its assessors share",
    distribution: "normal",
    stream: "auditVisitError",
    who: "team",
    when: "audit",
  },
  {
    decision: "error of one assessor in one domain",
    distribution: "normal",
    stream: "auditAssessorError",
    who: "team",
    when: "128·audit + 8·assessor + domain",
  },
  {
    decision: "time from admission to baseline",
    distribution: "uniform",
    stream: "interviewLag",
    who: "client",
    when: "once",
  },
  {
    decision: "actual less planned time of an interview",
    distribution: "normal, within 2 SD",
    stream: "interviewJitter",
    who: "client",
    when: "interview",
  },
  {
    decision: "error of a scale",
    distribution: "normal",
    stream: "scaleError",
    who: "client",
    when: "16·interview + instrument",
  },
  { decision: "style of rating", distribution: "normal", stream: "ratingStyle", who: "client", when: "once" },
  {
    decision: "time from baseline to dropout",
    distribution: "exponential",
    stream: "studyDropout",
    who: "client",
    when: "once",
  },
  {
    decision: "liability to miss an interview's scales",
    distribution: "normal",
    stream: "interviewMissing",
    who: "client",
    when: "interview",
  },
  {
    decision: "liability to miss one scale",
    distribution: "normal",
    stream: "scaleMissing",
    who: "client",
    when: "16·interview + instrument",
  },
];
