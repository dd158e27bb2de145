import type { Key } from "../../sim/random/address.ts";
import type { ServiceHistory } from "../service/history.ts";
import type { ServiceParameters } from "../service/parameters.ts";
import { simulateService } from "../service/simulateService.ts";
import { recordInterviews } from "../study/interviews.ts";
import { type ObservedStudy, observeStudy } from "../study/observe.ts";
import { type StudyParameters, studyParameters } from "../study/parameters.ts";

/** Months at which a case-management study elsewhere rated alliance: the first foretold the second (Klinkenberg 1998). */
export const FORETELLING_MONTHS = { first: 2, second: 14 } as const;
/** When changes of case manager are counted (Fukui 2020: within 12 months). */
export const CHANGE_MONTHS = 12;

/** How many clients the sample chosen by case managers has in all: that of Roebuck, Aubry & Manoni-Millar (2021). */
const SELECTED_CLIENTS = 20;

/** One simulated service, seen four ways. */
export type ReplicateStudy = {
  readonly history: ServiceHistory;
  /** As the published analysis had it: nobody missing. Alliance is rated at two more times, for held-out checks only. */
  readonly complete: ObservedStudy;
  /** With nonresponse and dropout. */
  readonly withNonresponse: ObservedStudy;
  /** A small sample that case managers chose from the same clients. */
  readonly selected: ObservedStudy;
};

/**
 * Simulates a service and observes it. The published study imputed its missing values; here it is analysed as it was before
 * nonresponse: draws have addresses, so these are the values that nonresponse hides, and no other value differs.
 *
 * @param study as the scenario says, nonresponse included
 */
export function simulateReplicate(service: ServiceParameters, study: StudyParameters, key: Key): ReplicateStudy {
  const complete = completeStudy(study);
  const recorder = recordInterviews(complete, key);
  const history = simulateService(service, key, recorder.observer);
  const truth = recorder.truth();
  const observe = (changed: StudyParameters) => observeStudy(history, truth, changed, key);
  return {
    history,
    complete: observe(complete),
    withNonresponse: observe(study),
    selected: observe(
      studyParameters(
        { clientsPerTeam: SELECTED_CLIENTS / service.teams.count, sampling: { scheme: "managerSelected" } },
        completeStudy(study, []),
      ),
    ),
  };
}

/** The study without nonresponse; alliance is rated at further months as well. */
function completeStudy(study: StudyParameters, further: readonly number[] = furtherMonths()): StudyParameters {
  return studyParameters(
    {
      missing: { share: 0 },
      dropout: { perYear: 0 },
      interviews: { months: merged(study.interviews.months, [...further, CHANGE_MONTHS]) },
      instruments: { rprs: { months: merged(study.instruments.rprs.months, further) } },
    },
    study,
  );
}

function furtherMonths(): number[] {
  return [FORETELLING_MONTHS.first, FORETELLING_MONTHS.second];
}

function merged(one: readonly number[], other: readonly number[]): number[] {
  return [...new Set([...one, ...other])].sort((a, b) => a - b);
}
