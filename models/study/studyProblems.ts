import type { ServiceParameters } from "../service/parameters.ts";
import { DAYS_PER_WEEK } from "../service/time.ts";
import { limitProblems } from "../registry/registry.ts";
import { INSTRUMENTS } from "./instruments.ts";
import { daysOf } from "./occasion.ts";
import { STUDY_PARAMETERS, type StudyParameters } from "./parameters.ts";

/**
 * What makes a study impossible, in itself and in the service it observes; empty if it can be observed. Each problem
 * names the parameter, the rule and the value.
 */
export function studyProblems(study: StudyParameters, service: ServiceParameters): string[] {
  const outside = limitProblems(STUDY_PARAMETERS, study, "study.");
  // The rest reckons with the values, so these must be right first.
  return outside.length > 0
    ? outside
    : [...timeProblems(study, service), ...varianceProblems(study), ...enrolmentProblems(study, service)];
}

function timeProblems(study: StudyParameters, service: ServiceParameters): string[] {
  const { interviews, instruments, managerRating, audits } = study;
  const problems: string[] = [];
  if (interviews.months[0] !== 0)
    problems.push(`study.interviews.months must begin with 0, the baseline, got ${interviews.months[0]}`);
  for (const name of INSTRUMENTS) {
    const isManager = name === "managerRating";
    const { months } = isManager ? managerRating : instruments[name];
    const without = months.filter((month) => !interviews.months.includes(month));
    if (without.length > 0)
      problems.push(
        `study.${isManager ? "" : "instruments."}${name}.months must be among study.interviews.months ` +
          `(${interviews.months.join(", ")}), got ${without.join(", ")}`,
      );
  }
  const days = service.time.weeks * DAYS_PER_WEEK;
  const lastAudit = daysOf(audits.months[audits.months.length - 1]);
  if (lastAudit >= days)
    problems.push(
      `study.audits.months must end within time.weeks (${service.time.weeks}), ` +
        `got ${audits.months[audits.months.length - 1]}; raise time.weeks to ${Math.floor(lastAudit / DAYS_PER_WEEK) + 1}`,
    );
  const { cohort } = service.referrals;
  const { from } = study.sampling;
  const { start, window } = from === "cohort" ? cohort : study.enrolment;
  const enrolled = from === "everyone" || cohort.on ? (start + window) * DAYS_PER_WEEK : 0;
  const lastMonth = interviews.months[interviews.months.length - 1];
  const lastInterview =
    enrolled + (interviews.enrolmentLag + 2 * interviews.jitter) * DAYS_PER_WEEK + daysOf(lastMonth);
  if (lastInterview >= days)
    problems.push(
      `the interviews at ${lastMonth} months of those enrolled last would come after time.weeks ` +
        `(${service.time.weeks}); raise it to ${Math.floor(lastInterview / DAYS_PER_WEEK) + 1} or enrol sooner`,
    );
  return problems;
}

function varianceProblems({ instruments, ratingStyle, managerRating, missing }: StudyParameters): string[] {
  const problems: string[] = [];
  for (const name of ["rprs", "qoli", "pgi", "ths"] as const)
    if (instruments[name].reliability + ratingStyle.share > 1)
      problems.push(
        `study.instruments.${name}.reliability and study.ratingStyle.share must sum to at most 1, ` +
          `got ${instruments[name].reliability} and ${ratingStyle.share}`,
      );
  if (managerRating.agreement * managerRating.agreement > instruments.rprs.reliability)
    problems.push(
      "study.managerRating.agreement must be at most √ of study.instruments.rprs.reliability " +
        `(${Math.sqrt(instruments.rprs.reliability).toFixed(3)}), got ${managerRating.agreement}`,
    );
  if (missing.atRandom + missing.notAtRandom > 1)
    problems.push(
      "study.missing.atRandom and study.missing.notAtRandom must sum to at most 1, " +
        `got ${missing.atRandom} and ${missing.notAtRandom}`,
    );
  return problems;
}

/** Why the world cannot enrol as many clients as the study asks for, as far as arrivals tell. */
function enrolmentProblems(
  { sampling, clientsPerTeam, enrolment }: StudyParameters,
  service: ServiceParameters,
): string[] {
  const { cohort, perWeek } = service.referrals;
  if (sampling.from === "cohort" && !cohort.on)
    return ['study.sampling.from is "cohort", but referrals.cohort.on is false; switch it on or sample "everyone"'];
  if (sampling.scheme === "all") return [];
  const ofCohort = cohort.on ? cohort.perTeam : 0;
  if (sampling.from === "cohort")
    return clientsPerTeam > ofCohort
      ? [
          `study.clientsPerTeam must be at most referrals.cohort.perTeam, whom a team enrols (${ofCohort}), got ${clientsPerTeam}`,
        ]
      : [];
  const weeks = Math.max(0, Math.min(enrolment.window, service.time.weeks - enrolment.start));
  const expected = ofCohort + perWeek * weeks;
  return clientsPerTeam > expected
    ? [
        `study.clientsPerTeam must be at most the clients referred to a team while the study enrols, ` +
          `${Number(expected.toPrecision(4))} (${perWeek} a week for ${weeks} weeks), got ${clientsPerTeam}; ` +
          "raise service.referrals.perWeek, study.enrolment.window or service.teams.count",
      ]
    : [];
}
