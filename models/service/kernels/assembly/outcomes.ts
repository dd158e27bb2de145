// The four outcomes move to their personal set-points, two at a time. Twin: models/service/kernels/reference.ts.

import { fillNormals } from "../../../../sim/kernels/assembly/fill";
import { Arrays, BATCH, byte, ON_HOLD, real, whole } from "./arrays";

/** Room for the draws of a batch, one outcome after the other. */
const epsilon: usize = memory.data(16384, 16);
const OUTCOME: usize = 4096;

/** Terms, each of four numbers, one per outcome; in the order of OUTCOME_TERMS. */
const enum Term {
  direct,
  throughSelfWorth,
  perGoal,
  perSetback,
  perHome,
  rate,
  noise,
  low,
  high,
  fidelityDirect,
}

@unmanaged
export class OutcomeReferences {
  meanAlliance: f64;
  housedShare: f64;
  fidelity: f64;
}

/** A number of two arrays at the same place. */
@inline
function two(first: usize, second: usize, index: i32): v128 {
  const at = <usize>index << 3;
  return v128.load64_lane(second + at, v128.load64_zero(first + at), 1);
}

/** A term of the two outcomes of a pair: 0 the first two, 1 the last two. */
@inline
function termOf(terms: usize, term: Term, pair: usize): v128 {
  return v128.load(terms + (<usize>term << 5) + (pair << 4));
}

@inline
function movePair(
  terms: usize, pair: usize, y0: usize, y1: usize, setPoint0: usize, setPoint1: usize, gain0: usize, gain1: usize,
  row: i32, stepsInService: i32, place: i32,
  alliance: v128, selfWorth: v128, goalLift: v128, setback: v128, home: v128, delivered: v128, isDirect: bool,
): void {
  let target = f64x2.add(two(setPoint0, setPoint1, row), two(gain0, gain1, stepsInService));
  target = f64x2.add(target, f64x2.mul(termOf(terms, Term.direct, pair), alliance));
  target = f64x2.add(target, f64x2.mul(termOf(terms, Term.throughSelfWorth, pair), selfWorth));
  target = f64x2.add(target, f64x2.mul(termOf(terms, Term.perGoal, pair), goalLift));
  target = f64x2.add(target, f64x2.mul(termOf(terms, Term.perSetback, pair), setback));
  target = f64x2.add(target, f64x2.mul(termOf(terms, Term.perHome, pair), home));
  if (isDirect)
    target = f64x2.add(target, f64x2.mul(termOf(terms, Term.fidelityDirect, pair), delivered));
  const draws = epsilon + pair * 2 * OUTCOME;
  let value = two(y0, y1, row);
  value = f64x2.add(value, f64x2.mul(termOf(terms, Term.rate, pair), f64x2.sub(target, value)));
  value = f64x2.add(
    value,
    f64x2.mul(termOf(terms, Term.noise, pair), two(draws, draws + OUTCOME, place)),
  );
  value = f64x2.pmax(value, termOf(terms, Term.low, pair));
  value = f64x2.pmin(value, termOf(terms, Term.high, pair));
  v128.store64_lane(y0 + (<usize>row << 3), value, 0);
  v128.store64_lane(y1 + (<usize>row << 3), value, 1);
}

/** Draws of each outcome, at the occasion when + outcome; zeros where there is no noise. */
@inline
function fillEpsilon(terms: usize, key0: i32, key1: i32, when: i32, identities: usize, n: i32): void {
  for (let o: usize = 0; o < 4; o++) {
    const out = epsilon + o * OUTCOME;
    if (load<f64>(terms + (<usize>Term.noise << 5) + (o << 3)) > 0)
      fillNormals(key0, key1, when + i32(o), identities, n, out);
    else memory.fill(out, 0, OUTCOME);
  }
}

export function moveOutcomes(
  a: Arrays, n: i32, step: i32, key0: i32, key1: i32, terms: usize, reference: OutcomeReferences, direct: bool,
): void {
  const meanAlliance = f64x2.splat(reference.meanAlliance);
  const housedShare = reference.housedShare;
  for (let batch = 0; batch < n; batch += BATCH) {
    const end = min(batch + BATCH, n);
    fillEpsilon(terms, key0, key1, step << 2, a.identities + (<usize>batch << 2), end - batch);
    for (let i = batch; i < end; i++) {
      const row = whole(a.rows, i);
      const stepsInService = step - whole(a.admissionStep, row);
      const at = <usize>row << 3;
      const alliance = f64x2.sub(v128.load64_splat(a.alliance + at), meanAlliance);
      const selfWorth = v128.load64_splat(a.selfWorth + at);
      const goalLift = v128.load64_splat(a.goalLift + at);
      const setback = v128.load64_splat(a.setback + at);
      const home = f64x2.splat(f64(byte(a.housed, row)) - housedShare);
      let delivered = f64x2.splat(0);
      if (direct) {
        const onHold = byte(a.status, row) == ON_HOLD;
        const fidelity = onHold
          ? real(a.teamFidelity, whole(a.team, row))
          : real(a.managerFidelity, whole(a.manager, row));
        delivered = f64x2.splat(fidelity - reference.fidelity);
      }
      movePair(
        terms, 0, a.outcome0, a.outcome1, a.setPoint0, a.setPoint1, a.gain0, a.gain1, row, stepsInService, i - batch,
        alliance, selfWorth, goalLift, setback, home, delivered, direct,
      );
      movePair(
        terms, 1, a.outcome2, a.outcome3, a.setPoint2, a.setPoint3, a.gain2, a.gain3, row, stepsInService, i - batch,
        alliance, selfWorth, goalLift, setback, home, delivered, direct,
      );
    }
  }
}
