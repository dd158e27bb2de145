import { KERNELS_WASM } from "./generated/kernelsWasm.ts";

/** The functions of sim/kernels/assembly; addresses are byte offsets into `memory`. */
type KernelExports = {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  fillNormals(key0: number, key1: number, when: number, ids: number, count: number, out: number): void;
  fillUniforms(key0: number, key1: number, when: number, ids: number, count: number, out: number): void;
  fillNormalsAcross(
    seed0: number,
    seed1: number,
    first: number,
    count: number,
    what: number,
    nDraws: number,
    stride: number,
    out: number,
  ): void;
  bootstrapSimple(
    key0: number,
    key1: number,
    first: number,
    count: number,
    n: number,
    table: number,
    rows: number,
    out: number,
  ): void;
  bootstrapGeneral(
    key0: number,
    key1: number,
    first: number,
    count: number,
    n: number,
    p: number,
    nTiles: number,
    table: number,
    rows: number,
    weights: number,
    used: number,
    sums: number,
    factor: number,
    out: number,
  ): void;
};

/** One instance of the kernels with a memory of its own. */
export type Kernels = {
  readonly run: KernelExports;
  /** Lays out regions of the given byte lengths (16-byte aligned), growing the memory as needed; earlier layouts end. */
  layOut(byteLengths: readonly number[]): number[];
  /** View of a region; stale after the next `layOut`. */
  doubles(offset: number, length: number): Float64Array;
  words(offset: number, length: number): Uint32Array;
};

const PAGE = 65536;
let compiled: WebAssembly.Module | undefined;

function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNELS_WASM), (character) => character.charCodeAt(0)));
  return compiled;
}

/** A fresh instance of the WebAssembly kernels (compiled once per thread). */
export function instantiateKernels(): Kernels {
  const instance = new WebAssembly.Instance(kernelModule(), {
    env: {
      abort: () => {
        throw new Error("kernel aborted");
      },
    },
  });
  const run = instance.exports as unknown as KernelExports;
  const base = Math.ceil(run.heapBase() / 16) * 16;
  return {
    run,
    layOut(byteLengths) {
      let end = base;
      const offsets = byteLengths.map((length) => {
        const offset = end;
        end += Math.ceil(length / 16) * 16;
        return offset;
      });
      const missing = end - run.memory.buffer.byteLength;
      if (missing > 0) run.memory.grow(Math.ceil(missing / PAGE));
      return offsets;
    },
    doubles: (offset, length) => new Float64Array(run.memory.buffer, offset, length),
    words: (offset, length) => new Uint32Array(run.memory.buffer, offset, length),
  };
}
