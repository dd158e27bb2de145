/** What every module of kernels exports besides its kernels; addresses are byte offsets into `memory`. */
export type MemoryExports = {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
};

/** One instance of a module of kernels with a memory of its own. */
export type KernelInstance<Exports extends MemoryExports> = {
  readonly run: Exports;
  /** Lays out regions of the given byte lengths (16-byte aligned), growing the memory as needed; earlier layouts end. */
  layOut(byteLengths: readonly number[]): number[];
  /** View of a region; stale after the next `layOut`. */
  doubles(offset: number, length: number): Float64Array;
  words(offset: number, length: number): Uint32Array;
};

const PAGE = 65536;

export function compileKernels(base64: string): WebAssembly.Module {
  return new WebAssembly.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}

/** A fresh instance of a compiled module. */
export function instanceOf<Exports extends MemoryExports>(module: WebAssembly.Module): KernelInstance<Exports> {
  const instance = new WebAssembly.Instance(module, {
    env: {
      abort: () => {
        throw new Error("kernel aborted");
      },
    },
  });
  const run = instance.exports as unknown as Exports;
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
