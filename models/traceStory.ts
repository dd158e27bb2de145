import { keyOf } from "../sim/random/address.ts";
import type { ClientTrace } from "./service/clientEvents.ts";
import type { ServiceParameters } from "./service/parameters.ts";
import { drawRoster, ORIGIN } from "./service/roster.ts";
import { simulateService } from "./service/simulateService.ts";
import { traceClient } from "./service/traceClient.ts";
import { watchTogether } from "./service/watchTogether.ts";
import type { SimulationPlan } from "./simulationTypes.ts";
import { recordInterviews } from "./study/interviews.ts";
import { observeStudy } from "./study/observe.ts";
import { type TracedInterview, traceInterviews } from "./study/traceInterviews.ts";

/** What one client of replication 0 lived through, and what the study heard of it (null if it does not follow the client). */
export type TracedStory = {
  readonly trace: ClientTrace;
  readonly interviews: readonly TracedInterview[] | null;
};

/** @throws RangeError if there is no such client (`idsOf`) */
export function traceStory(
  { service, study, seed }: Pick<SimulationPlan, "service" | "study" | "seed">,
  identity: number,
): TracedStory {
  const key = keyOf(seed, 0);
  const tracer = traceClient(identity);
  const recorder = recordInterviews(study, key);
  const history = simulateService(service, key, watchTogether([tracer.observer, recorder.observer]));
  const truth = recorder.truth();
  const trace = tracer.trace();
  return { trace, interviews: traceInterviews(observeStudy(history, truth, study, key), truth, study, trace.row) };
}

/** Identities of one kind in a team, ascending; there may be gaps. */
export type IdRange = {
  readonly origin: keyof typeof ORIGIN;
  readonly team: number;
  readonly n: number;
  readonly first: number;
  readonly last: number;
};

/** Every client of replication 0 by identity, and where they come from: what a message about an unknown one names. */
export function idsOf(
  service: ServiceParameters,
  seed: string,
): { readonly ids: Uint32Array; readonly ranges: IdRange[] } {
  const roster = drawRoster(service, keyOf(seed, 0));
  const ranges = new Map<string, IdRange>();
  for (let row = 0; row < roster.n; row++) {
    const origin = (Object.keys(ORIGIN) as IdRange["origin"][])[roster.origin[row]];
    const team = roster.team[row];
    const id = roster.identity[row];
    const { first = id, n = 0 } = ranges.get(`${team} ${origin}`) ?? {};
    ranges.set(`${team} ${origin}`, { origin, team, n: n + 1, first, last: id });
  }
  return { ids: roster.identity, ranges: [...ranges.values()] };
}
