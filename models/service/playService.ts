import type { Key } from "../../sim/random/address.ts";
import type { ServiceHistory } from "./history.ts";
import type { ServiceParameters } from "./parameters.ts";
import { recordStaffWeeks, type StaffWeeks } from "./recordStaffWeeks.ts";
import { recordTenure, type TenureRecord } from "./recordTenure.ts";
import { type ServiceObserver, simulateService } from "./simulateService.ts";
import { watchTogether } from "./watchTogether.ts";

/** A simulated service with all that its key figures are made from. */
export type PlayedService = {
  readonly parameters: ServiceParameters;
  readonly history: ServiceHistory;
  readonly tenure: TenureRecord;
  readonly staffWeeks: StaffWeeks;
};

/**
 * Plays a service out and watches it for key figures.
 *
 * @param parameters checked (`serviceProblems` is empty)
 * @param key        key of the replication (`keyOf`)
 * @param observers  others who watch
 */
export function playService(
  parameters: ServiceParameters,
  key: Key,
  observers: readonly ServiceObserver[] = [],
): PlayedService {
  const tenure = recordTenure(parameters.time.weeks);
  const staff = recordStaffWeeks();
  const observer = watchTogether([tenure.observer, staff.observer, ...observers]);
  const history = simulateService(parameters, key, observer);
  return { parameters, history, tenure: tenure.tenure(), staffWeeks: staff.staffWeeks() };
}
