import type { ServiceObserver } from "./simulateService.ts";

/** One observer that hands everything on to several, in the order given. */
export function watchTogether(observers: readonly ServiceObserver[]): ServiceObserver {
  return {
    atStart: (world) => {
      for (const observer of observers) observer.atStart?.(world);
    },
    afterProcess: (process, world, step) => {
      for (const observer of observers) observer.afterProcess?.(process, world, step);
    },
    afterStep: (world, step) => {
      for (const observer of observers) observer.afterStep?.(world, step);
    },
  };
}
