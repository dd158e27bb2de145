import { KERNELS_WASM } from "./generated/kernelsWasm.ts";
import { compileKernels, instanceOf, type KernelInstance, type MemoryExports } from "./instance.ts";

/** The functions of sim/kernels/assembly. */
type KernelExports = MemoryExports & {
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
  bootstrapClusters(
    key0: number,
    key1: number,
    first: number,
    count: number,
    nClusters: number,
    p: number,
    stride: number,
    table: number,
    weights: number,
    sums: number,
    factor: number,
    out: number,
  ): void;
};

export type Kernels = KernelInstance<KernelExports>;

let compiled: WebAssembly.Module | undefined;

/** A fresh instance of the WebAssembly kernels (compiled once per thread). */
export function instantiateKernels(): Kernels {
  compiled ??= compileKernels(KERNELS_WASM);
  return instanceOf<KernelExports>(compiled);
}
