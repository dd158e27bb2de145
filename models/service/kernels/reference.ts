import { exp } from "../../../sim/numerics/elementary.ts";
import { normalQuantile } from "../../../sim/numerics/normalQuantile.ts";
import { type Key, uniformInStream } from "../../../sim/random/address.ts";
import { N_OUTCOMES, STATUS, type WorldArrays } from "../world.ts";
import { plainRoom } from "./room.ts";
import type { ServiceKernels } from "./serviceKernels.ts";
import type { AttendanceTerms } from "./terms.ts";
import type { ServiceMemory } from "./wasmMemory.ts";

/**
 * Plain TypeScript twins of the kernels in assembly/: the same arithmetic in the same order, so the same bits. Slow and
 * readable; a test compares worlds that live in either.
 */
export const referenceMemory: ServiceMemory = {
  layOut: (make) => make(plainRoom),
  kernelsOf: referenceKernels,
};

function referenceKernels(arrays: WorldArrays): ServiceKernels {
  const { teams, managers, clients, served, gain, scratch, draws, attendanceBounds } = arrays;
  const { alliance, dose, goalLift, outcome, setback, selfWorth, status } = clients;

  const onHold = (row: number) => status[row] === STATUS.onHold;
  const uniform = (stream: Key, i: number, when: number) => uniformInStream(stream, served.identities[i], when);
  const normal = (stream: Key, i: number, when: number) => normalQuantile(uniform(stream, i, when));
  const attends = (stream: Key, i: number, when: number, p: AttendanceTerms) => {
    if (p.mayMiss === 0) return true;
    const a = alliance[served.rows[i]];
    const u = uniform(stream, i, when);
    const band = Math.floor(Math.min(a * p.bandsPerPoint, p.lastBand));
    if (u < attendanceBounds.surely[band]) return true;
    return u < attendanceBounds.perhaps[band] && u < 1 / (1 + p.oddsAgainst * exp(p.slope * (a - p.mean)));
  };
  const eachClient = (use: (row: number, i: number) => void) => {
    for (let i = 0; i < served.n; i++) use(served.rows[i], i);
  };

  return {
    gatherServed() {
      let n = 0;
      for (let team = 0; team < teams.n; team++) {
        while (teams.oldest[team] < teams.newest[team] && status[teams.oldest[team]] > STATUS.notEngaging)
          teams.oldest[team]++;
        for (let row = teams.oldest[team]; row < teams.newest[team]; row++) {
          if (status[row] < STATUS.active || status[row] > STATUS.notEngaging) continue;
          served.rows[n] = row;
          served.identities[n++] = clients.identity[row];
        }
        served.first[team + 1] = n;
      }
      return n;
    },

    askForHours(p) {
      eachClient((row) => {
        const asked = clients.need[row] * p.hoursPerNeed * (clients.inHospital[row] === 1 ? p.hospitalShare : 1);
        const crisis = clients.inCrisis[row] === 1 ? p.crisisHours : 0;
        if (onHold(row)) {
          scratch.coverDemand[clients.team[row]] += asked * p.coverShare;
          scratch.coverCrises[clients.team[row]] += crisis;
        } else {
          managers.demandHours[clients.manager[row]] += asked;
          managers.capacityHours[clients.manager[row]] -= crisis;
        }
      });
    },

    attend(stream, when, p) {
      for (let team = 0; team < teams.n; team++) {
        let sumPlanned = 0;
        let sumHeld = 0;
        for (let i = served.first[team]; i < served.first[team + 1]; i++) {
          const row = served.rows[i];
          const planned = clients.need[row] * p.plannedPerNeed;
          let offered = onHold(row) ? scratch.byTeam[team] : scratch.bySeat[clients.manager[row]];
          if (clients.inHospital[row] === 1) offered *= p.hospitalShare;
          dose[row] = clients.neverEngages[row] === 0 && attends(stream, i, when, p) ? offered : 0;
          clients.contacts[row] += dose[row] * planned;
          sumPlanned += planned;
          sumHeld += dose[row] * planned;
        }
        teams.total.contactsPlanned[team] += sumPlanned;
        teams.total.contactsHeld[team] += sumHeld;
      }
    },

    moveAlliance(stream, when, p) {
      const [y0, y1, y2, y3] = outcome;
      eachClient((row, i) => {
        const seat = clients.manager[row];
        let value = alliance[row];
        if (dose[row] > 0) {
          const pair = onHold(row)
            ? p.perFidelity * (teams.fidelity[clients.team[row]] - p.fidelityReference)
            : managers.alliancePart[seat] + clients.dyadFit[row] + managers.stigmaSlope[seat] * clients.stigma[row];
          const feedback = [p.perQoli * y0[row], p.perPgi * y1[row], p.perThs * y2[row], p.perMcas * y3[row]];
          const target =
            feedback.reduce((sum, part) => sum + part, p.offset + clients.alliancePart[row] + pair) +
            p.lift * goalLift[row];
          const usual = !onHold(row) && dose[row] === scratch.bySeat[seat];
          value += (usual ? scratch.rateBySeat[seat] : 1 - exp(p.speed * dose[row])) * (target - value);
        } else value += p.fade * (clients.entryAlliance[row] - value);
        if (p.noise > 0) value += p.noise * normal(stream, i, when);
        alliance[row] = within(value, 0, 100);
      });
    },

    workOnGoals(stream, when, p) {
      let nChosen = 0;
      eachClient((row, i) => {
        goalLift[row] *= p.keep;
        const u = uniform(stream, i, when);
        const reference = onHold(row) ? scratch.byTeam[clients.team[row]] : scratch.bySeat[clients.manager[row]];
        const rate = dose[row] * reference;
        const hazard =
          rate *
          exp(p.perAlliance * (alliance[row] - p.meanAlliance) + p.perHope * (outcome[2][row] - p.hopeReference));
        if (u >= rate * p.highest || u >= hazard) return;
        scratch.chosen[nChosen] = row;
        draws[0][nChosen] = u;
        draws[1][nChosen++] = hazard;
      });
      return nChosen;
    },

    moveSelfWorth(p) {
      eachClient((row) => {
        setback[row] *= p.keep;
        const target = alliance[row] - p.meanAlliance + p.lift * goalLift[row] - p.drop * setback[row];
        selfWorth[row] += p.rate * (target - selfWorth[row]);
      });
    },

    moveOutcomes(stream, step, terms, references) {
      const isDirect = terms.some(({ fidelityDirect }) => fidelityDirect !== 0);
      for (const [o, p] of terms.entries())
        eachClient((row, i) => {
          const y = outcome[o];
          let target =
            clients.setPoint[o][row] +
            gain[o][step - clients.admissionStep[row]] +
            p.direct * (alliance[row] - references.meanAlliance) +
            p.throughSelfWorth * selfWorth[row] +
            p.perGoal * goalLift[row] +
            p.perSetback * setback[row] +
            p.perHome * (clients.housed[row] - references.housedShare);
          const delivered = onHold(row) ? teams.fidelity[clients.team[row]] : managers.fidelity[clients.manager[row]];
          if (isDirect) target += p.fidelityDirect * (delivered - references.fidelity);
          const epsilon = p.noise > 0 ? normal(stream, i, N_OUTCOMES * step + o) : 0;
          y[row] = within(y[row] + p.rate * (target - y[row]) + p.noise * epsilon, p.low, p.high);
        });
    },

    drawBelow(who, n, stream, when, p, flags) {
      let nChosen = 0;
      for (let i = 0; i < n; i++) {
        const u = uniformInStream(stream, who[i], when);
        if (u >= p && flags?.[served.rows[i]] !== 1) continue;
        scratch.chosen[nChosen] = i;
        draws[0][nChosen++] = u;
      }
      return nChosen;
    },

    findFlagged(flags) {
      let nChosen = 0;
      eachClient((row, i) => {
        if (flags[row] === 1) scratch.chosen[nChosen++] = i;
      });
      return nChosen;
    },

    sumTeams() {
      for (let team = 0; team < teams.n; team++) {
        const sums = scratch.sums.subarray(8 * team, 8 * team + 8).fill(0);
        for (let i = served.first[team]; i < served.first[team + 1]; i++) {
          const row = served.rows[i];
          if (status[row] > STATUS.notEngaging) continue;
          const values = [
            1,
            onHold(row) ? 1 : 0,
            clients.inHospital[row],
            alliance[row],
            ...outcome.map((y) => y[row]),
          ];
          for (const [at, value] of values.entries()) sums[at] += value;
        }
      }
    },
  };
}

function within(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
