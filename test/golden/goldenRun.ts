import { createBootstrapKernel } from "../../sim/kernels/bootstrapKernel.ts";
import { exp, log } from "../../sim/numerics/elementary.ts";
import { normalCdf } from "../../sim/numerics/normal.ts";
import { keyOf, seedKeyOf } from "../../sim/random/address.ts";
import { fillNormals } from "../../sim/random/fill.ts";
import { createBlockSimulator } from "../../models/simulateBlock.ts";
import { TEST_NAMES } from "../../models/scenario/types.ts";
import { conditionWith } from "../scenarioFixture.ts";

/** 64-bit FNV-1a of bytes, as hexadecimal. */
function fingerprint(chunks: readonly ArrayBufferView[]): string {
  let hash = 0xcbf29ce484222325n;
  for (const chunk of chunks)
    for (const byte of new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength))
      hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, "0");
}

/**
 * Fingerprints of results that must be the same bits in every engine: elementary functions, draws, the bootstrap, and
 * every test on rows and on sufficient statistics.
 */
export function goldenFingerprints(): Record<string, string> {
  const key = keyOf("golden", 7);
  const normals = new Float64Array(3000);
  fillNormals(normals, key, 1, 2);
  const [x, m, y, c] = [0, 1, 2, 3].map((j) => normals.slice(j * 700, j * 700 + 700));
  const kernel = createBootstrapKernel();
  const resampled = new Float64Array(64);
  kernel.load(x, m, y, []);
  kernel.resample(key, 0, 64, resampled);
  const withCovariate = new Float64Array(64);
  kernel.load(x, m, y, [c]);
  kernel.resample(key, 0, 64, withCovariate);
  const block = { conditionIndex: 0, firstReplication: 5, count: 40 };
  const skewed = { residualSkew: { m: 1, y: -0.5 }, covariates: { n: 2, rSquaredM: 0.1, rSquaredY: 0.2 } };
  const rows = createBlockSimulator(conditionWith(60, TEST_NAMES, skewed), seedKeyOf("golden"))(block);
  const normalTests = TEST_NAMES.filter((test) => !test.endsWith("Bootstrap"));
  const sampled = createBlockSimulator(conditionWith(60, normalTests), seedKeyOf("golden"))(block);
  return {
    elementary: fingerprint([normals.map((z) => exp(z) + log(z * z)), normals.map(normalCdf)]),
    draws: fingerprint([normals]),
    bootstrap: fingerprint([resampled, withCovariate]),
    rows: fingerprint([rows.a, rows.seA, rows.b, rows.seB, rows.resamples, ...rows.decisions]),
    sufficientStatistics: fingerprint([sampled.a, sampled.seA, sampled.b, sampled.seB, ...sampled.decisions]),
  };
}
