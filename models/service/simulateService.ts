import type { Key } from "../../sim/random/address.ts";
import { createWorld } from "./createWorld.ts";
import { createTeamWeeks, historyOf, recordWeek, type ServiceHistory } from "./history.ts";
import { withServiceMemory } from "./kernels/wasmMemory.ts";
import type { ServiceParameters } from "./parameters.ts";
import { type ProcessName, SCHEDULE } from "./schedule.ts";
import { DAYS_PER_WEEK } from "./time.ts";
import type { Step, World } from "./world.ts";

/**
 * Watches the world without touching it, and only while it lasts: its arrays are used again for the next world, so an
 * observer copies what it wants to keep. Times: `step.day` is the start of the step.
 */
export type ServiceObserver = {
  readonly atStart?: (world: World) => void;
  readonly afterProcess?: (process: ProcessName, world: World, step: Step) => void;
  readonly afterStep?: (world: World, step: Step) => void;
};

/**
 * Plays a service out, step by step: referrals, staffing, contacts, fidelity, alliance, goals, outcomes, events
 * (`SCHEDULE`). The world is drawn from the key alone, so two parameter sets meet the same people with the same luck.
 *
 * @param parameters checked (`serviceProblems` is empty)
 * @param key        key of the replication (`keyOf`)
 * @param observer   sees the world; the history does not depend on it
 * @throws RangeError if a week brings a team more referrals than there are identities (255)
 */
export function simulateService(
  parameters: ServiceParameters,
  key: Key,
  observer: ServiceObserver = {},
): ServiceHistory {
  return withServiceMemory((memory) => play(createWorld(parameters, key, memory), observer));
}

function play(world: World, observer: ServiceObserver): ServiceHistory {
  const { weeks, stepsPerWeek } = world.parameters.time;
  const days = DAYS_PER_WEEK / stepsPerWeek;
  const record = createTeamWeeks(world, weeks);
  let clientSteps = 0;
  observer.atStart?.(world);

  for (let index = 0; index < weeks * stepsPerWeek; index++) {
    const step = { index, day: index * days, days };
    for (const { process, run } of SCHEDULE) {
      run(world, step);
      observer.afterProcess?.(process, world, step);
    }
    clientSteps += world.served.n;
    if ((index + 1) % stepsPerWeek === 0) recordWeek(world, record, Math.floor(index / stepsPerWeek));
    observer.afterStep?.(world, step);
  }
  return historyOf(world, record, clientSteps);
}
