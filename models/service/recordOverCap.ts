import type { ServiceObserver } from "./simulateService.ts";

/** Weeks of case managers present, and those of them at whose end the caseload was above the manager's own cap. */
export type ManagerWeeks = { readonly present: number; readonly overCap: number };

/** An observer that counts case managers, and those above their cap, at the end of every week. */
export function recordOverCap(): { readonly observer: ServiceObserver; readonly managerWeeks: () => ManagerWeeks } {
  let present = 0;
  let overCap = 0;
  return {
    observer: {
      afterStep({ managers, parameters }, { index }) {
        if ((index + 1) % parameters.time.stepsPerWeek !== 0) return;
        for (let seat = 0; seat < managers.n; seat++) {
          if (managers.present[seat] === 0) continue;
          present++;
          if (managers.caseload[seat] > managers.cap[seat]) overCap++;
        }
      },
    },
    managerWeeks: () => ({ present, overCap }),
  };
}
