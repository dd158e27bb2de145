import { groupsOf } from "./conditionGroups.ts";
import type { ServiceCondition } from "./scenario/types.ts";
import { wholeCohort } from "./cohortProducts.ts";
import { keyOf } from "../sim/random/address.ts";
import { observeWorld } from "./study/observe.ts";

/** Teams that a pilot plays out at least: enough for a mean that is known to a few per cent. */
const TEAMS_IN_PILOT = 14;

/**
 * Conditions that ask for more clients than their service enrols, as a pilot of a few worlds finds: arrivals alone do not
 * tell, for a client is enrolled on being admitted, and that takes a free place.
 *
 * @param seed the scenario's
 * @returns for each such condition what is wrong, with the number that a team can give
 */
export function enrolmentShortfalls(
  conditions: readonly ServiceCondition[],
  seed: string,
): { readonly condition: ServiceCondition; readonly problem: string }[] {
  return groupsOf(conditions).flatMap((indices) => {
    const group = indices.map((i) => conditions[i]).filter(({ study }) => study.sampling.scheme !== "all");
    if (group.length === 0) return [];
    const studies = new Map(group.map(({ study }) => [enrolmentOf(study), wholeCohort(study)]));
    const perTeam = enrolledPerTeam(group[0].service, [...studies.values()], seed);
    const names = [...studies.keys()];
    return group.flatMap((condition) => {
      const most = perTeam[names.indexOf(enrolmentOf(condition.study))];
      const { clientsPerTeam, enrolment } = condition.study;
      if (clientsPerTeam <= most) return [];
      const problem =
        `study.clientsPerTeam must be at most what a team enrols, ${Math.floor(most * 10) / 10} clients in ` +
        `${enrolment.window} weeks by a pilot, got ${Number(clientsPerTeam.toPrecision(4))}; ` +
        "raise study.enrolment.window, service.referrals.perWeek or service.teams.count";
      return [{ condition, problem }];
    });
  });
}

/** Equal for studies that could take the same clients. */
function enrolmentOf({ enrolment, sampling, interviews }: ServiceCondition["study"]): string {
  return JSON.stringify([enrolment, sampling, interviews]);
}

function enrolledPerTeam(
  service: ServiceCondition["service"],
  studies: readonly ServiceCondition["study"][],
  seed: string,
): number[] {
  const nWorlds = Math.ceil(TEAMS_IN_PILOT / service.teams.count);
  const sums = studies.map(() => 0);
  for (let world = 0; world < nWorlds; world++)
    for (const [s, { nEligible }] of observeWorld(service, studies, keyOf(seed, world)).entries()) sums[s] += nEligible;
  return sums.map((sum) => sum / (nWorlds * service.teams.count));
}
