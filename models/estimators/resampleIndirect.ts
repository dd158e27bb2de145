import { type BootstrapKernel, createBootstrapKernel } from "../../sim/kernels/bootstrapKernel.ts";
import type { StudyData } from "./types.ts";

/**
 * Case bootstrap of the indirect effect of a study: rows resampled once per resample for both equations.
 *
 * @param data columns of equal length; no missing values
 * @returns a kernel loaded with the data: `resample(stream, first, count, out)` fills ab* of those resamples (NaN: singular)
 */
export function createIndirectBootstrap(data: StudyData): BootstrapKernel {
  const kernel = createBootstrapKernel();
  kernel.load(data.x, data.m, data.y, data.covariates);
  return kernel;
}
