import type { ServiceParameters } from "../service/parameters.ts";
import { DAYS_PER_WEEK } from "../service/time.ts";
import { INSTRUMENTS } from "./instruments.ts";
import { daysOf, occasionOf } from "./occasion.ts";
import { type StudyParameters, studyParameterEntries } from "./parameters.ts";
import type { StudyParameter } from "./studyRegistry.ts";

/**
 * What makes a study impossible, in itself and in the service it observes; empty if it can be observed. Each problem
 * names the parameter, the rule and the value.
 */
export function studyProblems(study: StudyParameters, service: ServiceParameters): string[] {
  const outside = studyParameterEntries()
    .map(({ path, parameter }) => outOfLimit(`study.${path}`, parameter, valueAt(study, path)))
    .filter((problem) => problem !== null);
  // The rest reckons with the values, so these must be right first.
  return outside.length > 0
    ? outside
    : [...timeProblems(study, service), ...varianceProblems(study), ...cohortProblems(study, service)];
}

function valueAt(study: StudyParameters, path: string): unknown {
  return path.split(".").reduce<unknown>((section, name) => (section as Record<string, unknown>)[name], study);
}

function outOfLimit(path: string, parameter: StudyParameter, value: unknown): string | null {
  const but = (rule: string) => `${path} must be ${rule}, got ${JSON.stringify(value)}`;
  switch (parameter.kind) {
    case "switch":
      return typeof value === "boolean" ? null : but("true or false");
    case "choice":
      return parameter.options.some((option) => option === value)
        ? null
        : but(`one of ${parameter.options.join(", ")}`);
    case "list": {
      const { least, most, unit } = parameter;
      const fits = (x: unknown) => typeof x === "number" && x >= least && x <= most;
      return Array.isArray(value) && value.length > 0 && value.every(fits) && rises(value)
        ? null
        : but(`a rising list of numbers from ${least} to ${most} (${unit}), at least .01 apart`);
    }
    default: {
      const { kind, least, most, unit } = parameter;
      const fits = typeof value === "number" && value >= least && value <= most;
      if (fits && (kind === "number" || Number.isInteger(value))) return null;
      const range = `${kind === "count" ? "a whole number" : "a number"} from ${least} to ${most}`;
      return but(`${least === most ? least : range}${unit === "1" ? "" : ` (${unit})`}`);
    }
  }
}

/** Times in one hundredth of a month would share their draws. */
function rises(months: readonly number[]): boolean {
  return months.every((month, i) => i === 0 || occasionOf(month) > occasionOf(months[i - 1]));
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
  const enrolled = study.sampling.from === "cohort" && cohort.on ? (cohort.start + cohort.window) * DAYS_PER_WEEK : 0;
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

function cohortProblems({ sampling }: StudyParameters, { referrals }: ServiceParameters): string[] {
  if (sampling.from === "cohort" && !referrals.cohort.on)
    return ['study.sampling.from is "cohort", but referrals.cohort.on is false; switch it on or sample "everyone"'];
  const { perTeam } = referrals.cohort;
  if (sampling.from === "cohort" && sampling.scheme !== "all" && sampling.perTeam > perTeam)
    return [
      `study.sampling.perTeam must be at most referrals.cohort.perTeam, whom a team enrols (${perTeam}), got ${sampling.perTeam}`,
    ];
  return [];
}
