import { isTrained } from "./fidelity.ts";
import type { ServiceObserver } from "./simulateService.ts";
import { isMonitored } from "./staffing.ts";

/** Weeks of case managers and of teams, as they stand at the end of each. */
export type StaffWeeks = {
  /** Of case managers present; of those whose caseload was above their own cap. */
  readonly present: number;
  readonly overCap: number;
  /** Full-time equivalents × weeks of case managers present, and those of teams in training. */
  readonly fte: number;
  readonly fteInTraining: number;
  /** Of teams in training and mentoring, and of teams whose fidelity is monitored; not of teams that abandoned the model. */
  readonly teamsInTraining: number;
  readonly teamsMonitored: number;
};

/** An observer that counts weeks of case managers and of teams at the end of every week. */
export function recordStaffWeeks(): { readonly observer: ServiceObserver; readonly staffWeeks: () => StaffWeeks } {
  const n = { present: 0, overCap: 0, fte: 0, fteInTraining: 0, teamsInTraining: 0, teamsMonitored: 0 };
  return {
    observer: {
      afterStep(world, { index, day }) {
        const { managers, teams, parameters } = world;
        if ((index + 1) % parameters.time.stepsPerWeek !== 0) return;
        const { seats } = parameters.teams;
        for (let team = 0; team < teams.n; team++) {
          const trained = isTrained(world, team, day);
          if (trained) n.teamsInTraining++;
          if (isMonitored(world, team, day)) n.teamsMonitored++;
          for (let seat = team * seats; seat < (team + 1) * seats; seat++) {
            if (managers.present[seat] === 0) continue;
            n.present++;
            n.fte += managers.fte[seat];
            if (trained) n.fteInTraining += managers.fte[seat];
            if (managers.caseload[seat] > managers.cap[seat]) n.overCap++;
          }
        }
      },
    },
    staffWeeks: () => ({ ...n }),
  };
}
