import { defineConfig } from "vitest/config";

// Benches measure the built program (dist/), one file at a time: figures are ratios within one run.
export default defineConfig({
  test: {
    include: ["test/bench/*.bench.ts"],
    fileParallelism: false,
    testTimeout: 600_000,
    // The built program as Node loads it: transformed imports would keep small functions from being inlined.
    server: { deps: { external: [/\/dist\//, /\/out\//] } },
  },
});
