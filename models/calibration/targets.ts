import { CLUSTER_TARGETS, SHAPE_TARGETS } from "./clusterTargets.ts";
import { PATH_TARGETS } from "./pathTargets.ts";
import { TABLE_TARGETS } from "./tableTargets.ts";
import type { Target } from "./targetTypes.ts";

/** Every published pattern that the service model is fitted to or checked against. What it may not be fitted to: heldOut.ts. */
export const TARGETS: readonly Target[] = [...TABLE_TARGETS, ...PATH_TARGETS, ...CLUSTER_TARGETS, ...SHAPE_TARGETS];
