import type { PowerTest } from "../scenario/types.ts";
import type { BootstrapTestName } from "./bootstrapDecision.ts";

/** What one test said in one replication, as a byte. */
export const REJECTS = 1;
/** The interval contains the estimand. */
export const CONTAINS = 2;
/** The test is not defined for these data (Goodman with a negative variance, BCa without an acceleration). */
export const UNDEFINED = 254;
/** The replication could not be fitted. */
export const FAILED = 255;

export function isBootstrapTest(test: PowerTest): test is BootstrapTestName {
  return test === "percentileBootstrap" || test === "biasCorrectedBootstrap" || test === "bcaBootstrap";
}
