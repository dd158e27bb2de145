import { randomBytes } from "node:crypto";
import { defineConfig } from "vitest/config";

// The statistical tests with fresh luck. The seed is printed; CASELOAD_SOAK_SEED=… repeats a run.
const seed = process.env.CASELOAD_SOAK_SEED ?? randomBytes(4).toString("hex");
process.stdout.write(`soak seed: ${seed}\n`);

export default defineConfig({
  test: {
    include: ["test/statistical/*.test.ts"],
    env: { CASELOAD_SOAK_SEED: seed },
    testTimeout: 600_000,
  },
});
