import { type Key, normalAt } from "../../sim/random/address.ts";
import type { ServiceHistory } from "../service/history.ts";
import { DAYS_PER_WEEK } from "../service/time.ts";
import { N_DOMAINS } from "../service/world.ts";
import { WHAT } from "../what.ts";
import { daysOf, occasionOf } from "./occasion.ts";
import type { StudyParameters } from "./parameters.ts";

const LOWEST = 1;
const HIGHEST = 5;
/** Draws of one visit have addresses visit · 128 + assessor · 8 + domain. */
const DRAWS_PER_VISIT = 16 * N_DOMAINS;

/** Fidelity audits of all teams. Scores are NaN where no audit was held. */
export type FidelityAudits = {
  readonly n: number;
  readonly nTeams: number;
  readonly day: Float64Array;
  /** Sum of the eight domains, 8–40, at audit · nTeams + team. */
  readonly total: Float64Array;
  /** Domain scores, 1–5, at (audit · nTeams + team) · 8 + domain. */
  readonly domain: Float64Array;
};

/**
 * The audits a study would have held: every assessor scores every domain with error, scores are averaged,
 *
 *   score = mean over assessors of clip(true + visit error/8 + own error, 1, 5).
 *
 * An audit sees the service as it is at the end of the week in which it falls. None is held after the last simulated
 * week, nor (unless parameters say so) in a team that has abandoned the model.
 */
export function auditTeams(history: ServiceHistory, { audits: p }: StudyParameters, key: Key): FidelityAudits {
  const { nTeams, nWeeks, weeks } = history;
  const n = p.months.length;
  const audits: FidelityAudits = {
    n,
    nTeams,
    day: Float64Array.from(p.months, daysOf),
    total: new Float64Array(n * nTeams).fill(Number.NaN),
    domain: new Float64Array(n * nTeams * N_DOMAINS).fill(Number.NaN),
  };
  for (let audit = 0; audit < n; audit++) {
    const week = Math.floor(audits.day[audit] / DAYS_PER_WEEK);
    if (week >= nWeeks) continue;
    const visit = occasionOf(p.months[audit]);
    for (let team = 0; team < nTeams; team++) {
      const seen = week * nTeams + team;
      if (weeks.abandoned[seen] === 1 && !p.afterAbandonment) continue;
      const at = audit * nTeams + team;
      const shared = (p.visitErrorSd / N_DOMAINS) * normalAt(key, team, WHAT.auditVisitError, visit);
      let total = 0;
      for (let domain = 0; domain < N_DOMAINS; domain++) {
        let sum = 0;
        for (let assessor = 0; assessor < p.assessors; assessor++) {
          const when = visit * DRAWS_PER_VISIT + assessor * N_DOMAINS + domain;
          const own = p.assessorErrorSd * normalAt(key, team, WHAT.auditAssessorError, when);
          sum += Math.min(HIGHEST, Math.max(LOWEST, weeks.domain[seen * N_DOMAINS + domain] + shared + own));
        }
        audits.domain[at * N_DOMAINS + domain] = sum / p.assessors;
        total += sum / p.assessors;
      }
      audits.total[at] = total;
    }
  }
  return audits;
}
