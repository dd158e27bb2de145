// Who asks for how many hours, and who attends. Twin: models/service/kernels/reference.ts.

import { exp } from "../../../../sim/kernels/assembly/exp";
import { fillUniforms } from "../../../../sim/kernels/assembly/fill";
import { addReal, Arrays, BATCH, byte, draws, ON_HOLD, real, setReal, whole } from "./arrays";

@unmanaged
export class DemandTerms {
  hoursPerNeed: f64;
  hospitalShare: f64;
  crisisHours: f64;
  coverShare: f64;
}

export function askForHours(a: Arrays, n: i32, p: DemandTerms): void {
  for (let i = 0; i < n; i++) {
    const row = whole(a.rows, i);
    const inHospital = byte(a.inHospital, row) == 1;
    const asked = real(a.need, row) * p.hoursPerNeed * (inHospital ? p.hospitalShare : 1);
    const crisis = byte(a.inCrisis, row) == 1 ? p.crisisHours : 0;
    if (byte(a.status, row) == ON_HOLD) {
      const team = whole(a.team, row);
      addReal(a.coverDemand, team, asked * p.coverShare);
      addReal(a.coverCrises, team, crisis);
    } else {
      const seat = whole(a.manager, row);
      addReal(a.demandHours, seat, asked);
      addReal(a.capacityHours, seat, -crisis);
    }
  }
}

@unmanaged
export class AttendanceTerms {
  plannedPerNeed: f64;
  hospitalShare: f64;
  oddsAgainst: f64;
  slope: f64;
  mean: f64;
  surely: f64;
  perhaps: f64;
  mayMiss: f64;
}

export function attend(a: Arrays, nTeams: i32, key0: i32, key1: i32, when: i32, p: AttendanceTerms): void {
  const mayMiss = p.mayMiss != 0;
  const n = whole(a.first, nTeams);
  let batch = 0;
  let batchEnd = 0;
  for (let team = 0; team < nTeams; team++) {
    const end = whole(a.first, team + 1);
    const cover = real(a.byTeam, team);
    let sumPlanned: f64 = 0;
    let sumHeld: f64 = 0;
    for (let i = whole(a.first, team); i < end; i++) {
      if (i == batchEnd) {
        batch = i;
        batchEnd = min(i + BATCH, n);
        if (mayMiss) fillUniforms(key0, key1, when, a.identities + ((<usize>i) << 2), batchEnd - i, draws);
      }
      const u = real(draws, i - batch);
      const row = whole(a.rows, i);
      const planned = real(a.need, row) * p.plannedPerNeed;
      let offered = byte(a.status, row) == ON_HOLD ? cover : real(a.bySeat, whole(a.manager, row));
      if (byte(a.inHospital, row) == 1) offered *= p.hospitalShare;
      const attends =
        byte(a.neverEngages, row) == 0 &&
        (!mayMiss ||
          u < p.surely ||
          (u < p.perhaps && u * (1 + p.oddsAgainst * exp(p.slope * (real(a.alliance, row) - p.mean))) < 1));
      const dose = attends ? offered : 0;
      const held = dose * planned;
      setReal(a.dose, row, dose);
      addReal(a.contacts, row, held);
      sumPlanned += planned;
      sumHeld += held;
    }
    addReal(a.contactsPlanned, team, sumPlanned);
    addReal(a.contactsHeld, team, sumHeld);
  }
}
