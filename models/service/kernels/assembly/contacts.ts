// Who is in service, asks for how many hours, and attends. Twin: models/service/kernels/reference.ts.

import { exp } from "../../../../sim/kernels/assembly/exp";
import { fillUniforms } from "../../../../sim/kernels/assembly/fill";
import { ACTIVE, addReal, Arrays, BATCH, byte, draws, NOT_ENGAGING, ON_HOLD, real, setReal, setWhole, whole } from "./arrays";

export function gatherServed(a: Arrays, nTeams: i32): i32 {
  let n = 0;
  for (let team = 0; team < nTeams; team++) {
    const end = whole(a.newest, team);
    let row = whole(a.oldest, team);
    while (row < end && byte(a.status, row) > NOT_ENGAGING) row++;
    setWhole(a.oldest, team, row);
    for (; row < end; row++) {
      // Without a branch: whoever is not in service is overwritten by the next.
      setWhole(a.rows, n, row);
      setWhole(a.identities, n, whole(a.identity, row));
      n += i32(u32(byte(a.status, row) - ACTIVE) <= u32(NOT_ENGAGING - ACTIVE));
    }
    setWhole(a.first, team + 1, n);
  }
  return n;
}

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
  bandsPerPoint: f64;
  lastBand: f64;
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
      const row = whole(a.rows, i);
      const planned = real(a.need, row) * p.plannedPerNeed;
      let offered = byte(a.status, row) == ON_HOLD ? cover : real(a.bySeat, whole(a.manager, row));
      if (byte(a.inHospital, row) == 1) offered *= p.hospitalShare;
      let attends = byte(a.neverEngages, row) ^ 1;
      if (mayMiss) {
        const u = real(draws, i - batch);
        const alliance = real(a.alliance, row);
        const band = i32(min(alliance * p.bandsPerPoint, p.lastBand));
        let probability = real(a.surely, band);
        if (i32(u >= probability) & i32(u < real(a.perhaps, band)))
          probability = 1 / (1 + p.oddsAgainst * exp(p.slope * (alliance - p.mean)));
        attends &= i32(u < probability);
      }
      // A product, because there is nothing to guess in it for the processor.
      const dose = f64(attends) * offered;
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
