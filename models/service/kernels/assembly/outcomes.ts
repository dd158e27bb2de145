// One outcome moves to its personal set-point. Twin: models/service/kernels/reference.ts.

import { fillNormals } from "../../../../sim/kernels/assembly/fill";
import { Arrays, BATCH, byte, draws, ON_HOLD, real, setReal, whole } from "./arrays";

@unmanaged
export class OutcomeTerms {
  direct: f64;
  meanAlliance: f64;
  throughSelfWorth: f64;
  perGoal: f64;
  perSetback: f64;
  perHome: f64;
  housedShare: f64;
  rate: f64;
  noise: f64;
  low: f64;
  high: f64;
  fidelityDirect: f64;
  fidelityReference: f64;
}

export function moveOutcome(
  a: Arrays,
  n: i32,
  outcome: i32,
  step: i32,
  key0: i32,
  key1: i32,
  when: i32,
  p: OutcomeTerms,
): void {
  const y = load<usize>(offsetof<Arrays>("outcome0") + changetype<usize>(a) + ((<usize>outcome) << 2));
  const setPoint = load<usize>(offsetof<Arrays>("setPoint0") + changetype<usize>(a) + ((<usize>outcome) << 2));
  const gain = load<usize>(offsetof<Arrays>("gain0") + changetype<usize>(a) + ((<usize>outcome) << 2));
  const direct = p.direct;
  const meanAlliance = p.meanAlliance;
  const throughSelfWorth = p.throughSelfWorth;
  const perGoal = p.perGoal;
  const perSetback = p.perSetback;
  const perHome = p.perHome;
  const housedShare = p.housedShare;
  const rate = p.rate;
  const noise = p.noise;
  const low = p.low;
  const high = p.high;
  for (let batch = 0; batch < n; batch += BATCH) {
    const end = min(batch + BATCH, n);
    if (noise > 0) fillNormals(key0, key1, when, a.identities + ((<usize>batch) << 2), end - batch, draws);
    for (let i = batch; i < end; i++) {
      const row = whole(a.rows, i);
      let target =
        real(setPoint, row) +
        real(gain, step - whole(a.admissionStep, row)) +
        direct * (real(a.alliance, row) - meanAlliance) +
        throughSelfWorth * real(a.selfWorth, row) +
        perGoal * real(a.goalLift, row) +
        perSetback * real(a.setback, row) +
        perHome * (f64(byte(a.housed, row)) - housedShare);
      if (p.fidelityDirect != 0) {
        const delivered =
          byte(a.status, row) == ON_HOLD
            ? real(a.teamFidelity, whole(a.team, row))
            : real(a.managerFidelity, whole(a.manager, row));
        target += p.fidelityDirect * (delivered - p.fidelityReference);
      }
      let value = real(y, row);
      value += rate * (target - value);
      if (noise > 0) value += noise * real(draws, i - batch);
      setReal(y, row, value < low ? low : value > high ? high : value);
    }
  }
}
