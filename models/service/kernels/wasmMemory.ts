import { compileKernels, instanceOf, type KernelInstance, type MemoryExports } from "../../../sim/kernels/instance.ts";
import { N_OUTCOMES, type WorldArrays } from "../world.ts";
import { addressesOf } from "./addresses.ts";
import { SERVICE_KERNELS_WASM } from "./generated/serviceKernelsWasm.ts";
import { measuringRoom, type Room, roomIn } from "./room.ts";
import type { ServiceKernels } from "./serviceKernels.ts";
import {
  ALLIANCE_TERMS,
  ATTENDANCE_TERMS,
  DEMAND_TERMS,
  GOAL_TERMS,
  OUTCOME_REFERENCES,
  OUTCOME_TERMS,
  SELF_WORTH_TERMS,
} from "./terms.ts";

/** The functions of models/service/kernels/assembly: `arrays` and `terms` are addresses of blocks in memory. */
type ServiceKernelExports = MemoryExports & {
  gatherServed(arrays: number, nTeams: number): number;
  askForHours(arrays: number, n: number, terms: number): void;
  attend(arrays: number, nTeams: number, key0: number, key1: number, when: number, terms: number): void;
  moveAlliance(arrays: number, n: number, key0: number, key1: number, when: number, terms: number): void;
  workOnGoals(arrays: number, n: number, key0: number, key1: number, when: number, terms: number): number;
  moveSelfWorth(arrays: number, n: number, terms: number): void;
  moveOutcomes(
    arrays: number,
    n: number,
    step: number,
    key0: number,
    key1: number,
    terms: number,
    references: number,
    direct: number,
  ): void;
  drawBelow(
    arrays: number,
    ids: number,
    n: number,
    flags: number,
    key0: number,
    key1: number,
    when: number,
    p: number,
  ): number;
  findFlagged(arrays: number, n: number, flags: number): number;
  sumTeams(arrays: number, nTeams: number): void;
};

/** Where a world lives. */
export type ServiceMemory = {
  /** All that `make` asks for, zero at first; what was laid out before ends here. */
  layOut<T>(make: (room: Room) => T): T;
  kernelsOf(arrays: WorldArrays): ServiceKernels;
};

const MAX_ARRAYS = 64;
const MAX_TERMS = 64;
let compiled: WebAssembly.Module | undefined;
/** Memories that no world lives in at present. */
const free: ServiceMemory[] = [];

/**
 * Lends a memory for as long as `use` runs. A thread keeps its memories: worlds one after the other share one, a world
 * within the run of another gets its own.
 */
export function withServiceMemory<T>(use: (memory: ServiceMemory) => T): T {
  const memory = free.pop() ?? createServiceMemory();
  try {
    return use(memory);
  } finally {
    free.push(memory);
  }
}

function createServiceMemory(): ServiceMemory {
  compiled ??= compileKernels(SERVICE_KERNELS_WASM);
  const instance = instanceOf<ServiceKernelExports>(compiled);
  return {
    layOut(make) {
      const { room, size } = measuringRoom();
      make(room);
      const [, , start] = instance.layOut([MAX_ARRAYS * 4, MAX_TERMS * 8, size()]);
      const { buffer } = instance.run.memory;
      new Uint8Array(buffer, start, size()).fill(0);
      return make(roomIn(buffer, start));
    },
    kernelsOf: (arrays) => bindKernels(instance, arrays),
  };
}

function bindKernels(instance: KernelInstance<ServiceKernelExports>, arrays: WorldArrays): ServiceKernels {
  const { run } = instance;
  const { teams, served } = arrays;
  const [at, termsAt] = instance.layOut([MAX_ARRAYS * 4, MAX_TERMS * 8]);
  instance.words(at, MAX_ARRAYS).set(addressesOf(arrays));
  const block = instance.doubles(termsAt, MAX_TERMS);
  const tell = <Name extends string>(names: readonly Name[], terms: Readonly<Record<Name, number>>, from = 0) => {
    for (let i = 0; i < names.length; i++) block[from + i] = terms[names[i]];
    return termsAt + 8 * from;
  };
  return {
    gatherServed: () => run.gatherServed(at, teams.n),
    askForHours: (terms) => run.askForHours(at, served.n, tell(DEMAND_TERMS, terms)),
    attend: ([key0, key1], when, terms) => run.attend(at, teams.n, key0, key1, when, tell(ATTENDANCE_TERMS, terms)),
    moveAlliance: ([key0, key1], when, terms) =>
      run.moveAlliance(at, served.n, key0, key1, when, tell(ALLIANCE_TERMS, terms)),
    workOnGoals: ([key0, key1], when, terms) =>
      run.workOnGoals(at, served.n, key0, key1, when, tell(GOAL_TERMS, terms)),
    moveSelfWorth: (terms) => run.moveSelfWorth(at, served.n, tell(SELF_WORTH_TERMS, terms)),
    moveOutcomes: ([key0, key1], step, terms, references) => {
      for (let i = 0; i < OUTCOME_TERMS.length; i++)
        for (let o = 0; o < N_OUTCOMES; o++) block[N_OUTCOMES * i + o] = terms[o][OUTCOME_TERMS[i]];
      const direct = terms.some(({ fidelityDirect }) => fidelityDirect !== 0) ? 1 : 0;
      const referencesAt = tell(OUTCOME_REFERENCES, references, N_OUTCOMES * OUTCOME_TERMS.length);
      run.moveOutcomes(at, served.n, step, key0, key1, termsAt, referencesAt, direct);
    },
    drawBelow: (who, n, [key0, key1], when, p, flags) =>
      run.drawBelow(at, who.byteOffset, n, flags?.byteOffset ?? 0, key0, key1, when, p),
    findFlagged: (flags) => run.findFlagged(at, served.n, flags.byteOffset),
    sumTeams: () => run.sumTeams(at, teams.n),
  };
}
