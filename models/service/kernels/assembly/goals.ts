// Who completes goal steps; lifts and setbacks fade, self-worth follows. Twin: models/service/kernels/reference.ts.

import { exp } from "../../../../sim/kernels/assembly/exp";
import { fillUniforms } from "../../../../sim/kernels/assembly/fill";
import { Arrays, BATCH, byte, draws, ON_HOLD, real, setReal, setWhole, whole } from "./arrays";

@unmanaged
export class GoalTerms {
  keep: f64;
  perAlliance: f64;
  meanAlliance: f64;
  perHope: f64;
  hopeReference: f64;
  highest: f64;
}

export function workOnGoals(a: Arrays, n: i32, key0: i32, key1: i32, when: i32, p: GoalTerms): i32 {
  let nChosen = 0;
  for (let batch = 0; batch < n; batch += BATCH) {
    const end = min(batch + BATCH, n);
    fillUniforms(key0, key1, when, a.identities + ((<usize>batch) << 2), end - batch, draws);
    for (let i = batch; i < end; i++) {
      const row = whole(a.rows, i);
      const u = real(draws, i - batch);
      setReal(a.goalLift, row, p.keep * real(a.goalLift, row));
      const onHold = byte(a.status, row) == ON_HOLD;
      const rate =
        real(a.dose, row) * (onHold ? real(a.byTeam, whole(a.team, row)) : real(a.bySeat, whole(a.manager, row)));
      if (u >= rate * p.highest) continue;
      const x =
        p.perAlliance * (real(a.alliance, row) - p.meanAlliance) +
        p.perHope * (real(a.outcome2, row) - p.hopeReference);
      // eˣ < 1 + x + x² for x < 1.79.
      if (x < 1.7 && u >= rate * (1 + x + x * x)) continue;
      const hazard = rate * exp(x);
      if (u >= hazard) continue;
      setWhole(a.chosen, nChosen, row);
      setReal(a.uniform, nChosen, u);
      setReal(a.hazard, nChosen, hazard);
      nChosen++;
    }
  }
  return nChosen;
}

@unmanaged
export class SelfWorthTerms {
  keep: f64;
  rate: f64;
  meanAlliance: f64;
  lift: f64;
  drop: f64;
}

export function moveSelfWorth(a: Arrays, n: i32, p: SelfWorthTerms): void {
  for (let i = 0; i < n; i++) {
    const row = whole(a.rows, i);
    const setback = p.keep * real(a.setback, row);
    const target = real(a.alliance, row) - p.meanAlliance + p.lift * real(a.goalLift, row) - p.drop * setback;
    const selfWorth = real(a.selfWorth, row);
    setReal(a.setback, row, setback);
    setReal(a.selfWorth, row, selfWorth + p.rate * (target - selfWorth));
  }
}
