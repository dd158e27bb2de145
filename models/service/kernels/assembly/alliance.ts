// Alliance moves to its set-point or fades. Twin: models/service/kernels/reference.ts.

import { exp } from "../../../../sim/kernels/assembly/exp";
import { fillNormals } from "../../../../sim/kernels/assembly/fill";
import { Arrays, BATCH, byte, draws, ON_HOLD, real, setReal, whole } from "./arrays";

@unmanaged
export class AllianceTerms {
  offset: f64;
  perQoli: f64;
  perPgi: f64;
  perThs: f64;
  perMcas: f64;
  lift: f64;
  speed: f64;
  fade: f64;
  noise: f64;
  perFidelity: f64;
  fidelityReference: f64;
}

export function moveAlliance(a: Arrays, n: i32, key0: i32, key1: i32, when: i32, p: AllianceTerms): void {
  const noise = p.noise;
  for (let batch = 0; batch < n; batch += BATCH) {
    const end = min(batch + BATCH, n);
    if (noise > 0) fillNormals(key0, key1, when, a.identities + ((<usize>batch) << 2), end - batch, draws);
    for (let i = batch; i < end; i++) {
      const row = whole(a.rows, i);
      let value = real(a.alliance, row);
      const dose = real(a.dose, row);
      if (dose > 0) {
        const byOthers = byte(a.status, row) == ON_HOLD;
        const seat = whole(a.manager, row);
        const pair = byOthers
          ? p.perFidelity * (real(a.teamFidelity, whole(a.team, row)) - p.fidelityReference)
          : real(a.managerAlliancePart, seat) +
            real(a.dyadFit, row) +
            real(a.managerStigmaSlope, seat) * real(a.stigma, row);
        const target =
          p.offset +
          real(a.alliancePart, row) +
          pair +
          p.perQoli * real(a.outcome0, row) +
          p.perPgi * real(a.outcome1, row) +
          p.perThs * real(a.outcome2, row) +
          p.perMcas * real(a.outcome3, row) +
          p.lift * real(a.goalLift, row);
        const rate = !byOthers && dose == real(a.bySeat, seat) ? real(a.rateBySeat, seat) : 1 - exp(p.speed * dose);
        value += rate * (target - value);
      } else value += p.fade * (real(a.entryAlliance, row) - value);
      if (noise > 0) value += noise * real(draws, i - batch);
      setReal(a.alliance, row, value < 0 ? 0 : value > 100 ? 100 : value);
    }
  }
}
