import { exp } from "../../sim/numerics/elementary.ts";
import { fillNormals } from "../../sim/random/fill.ts";
import { WHAT } from "../what.ts";
import { OUTCOMES } from "./outcomeParameters.ts";
import type { ServiceParameters } from "./parameters.ts";
import { DAYS_PER_MONTH, DAYS_PER_WEEK } from "./time.ts";
import { N_OUTCOMES, STATUS, type Step, type World } from "./world.ts";

/**
 * Every outcome moves to its personal set-point S + G(t) + B·((1 − s)·(A − Ā) + s·W) + c′·(F_cm − F̄) + goals + setbacks + housing:
 *
 *   Y ← Y + (1 − e^{−kΔ})·(set-point − Y) + SD·√(1 − e^{−2kΔ})·ε,
 *
 * exact for a set-point that stands still within the step. Y stays in the range of its instrument.
 */
export function outcomes(world: World, step: Step): void {
  for (let o = 0; o < N_OUTCOMES; o++) moveOutcome(world, step, o);
}

function moveOutcome(world: World, { index, days }: Step, o: number): void {
  const { parameters, clients, managers, teams, served, draws, key, gain } = world;
  const p = parameters.outcomes[OUTCOMES[o]];
  const { low, high, fidelityDirect, housed: perHome } = p;
  const { mean } = parameters.alliance;
  const lag = parameters.selfWorth.on ? parameters.selfWorth.share : 0;
  const effect = parameters.effects.allianceOnOutcomes * p.alliance;
  const direct = effect * (1 - lag);
  const throughSelfWorth = effect * lag;
  const perGoal = parameters.goals.on ? p.goal : 0;
  const perSetback = parameters.setbacks.on ? p.setback : 0;
  const cumulatedRate = (p.rate * days) / DAYS_PER_MONTH;
  const rate = 1 - exp(-cumulatedRate);
  const noise = p.fluctuationSd * Math.sqrt(1 - exp(-2 * cumulatedRate));
  const share = parameters.clients.housed;
  const y = clients.outcome[o];
  const setPoint = clients.setPoint[o];
  const gained = gain[o];
  const epsilon = draws[0];
  if (noise > 0)
    fillNormals(epsilon, key, WHAT.outcomeNoise, index * N_OUTCOMES + o, served.identities.subarray(0, served.n));
  const { alliance, selfWorth, goalLift, setback, housed, admissionStep, status, team, manager } = clients;
  const { rows, n } = served;
  for (let i = 0; i < n; i++) {
    const row = rows[i];
    let target =
      setPoint[row] +
      gained[index - admissionStep[row]] +
      direct * (alliance[row] - mean) +
      throughSelfWorth * selfWorth[row] +
      perGoal * goalLift[row] +
      perSetback * setback[row] +
      perHome * (housed[row] - share);
    if (fidelityDirect !== 0) {
      const delivered = status[row] === STATUS.onHold ? teams.fidelity[team[row]] : managers.fidelity[manager[row]];
      target += fidelityDirect * (delivered - parameters.fidelity.reference);
    }
    const value = y[row] + rate * (target - y[row]) + (noise > 0 ? noise * epsilon[i] : 0);
    y[row] = Math.min(high, Math.max(low, value));
  }
}

/** Longest time in service on day 0, in steps. */
export function stepsBefore({ time, referrals }: ServiceParameters): number {
  return Math.ceil(referrals.initialTenure * time.stepsPerWeek) + 1;
}

/**
 * G by steps in service: the full gain from the start without a delay, otherwise logistic in time and 0 at entry,
 * G(t) = gain·(L(t) − L(0))/(1 − L(0)) with L(t) = 1/(1 + e^{−(t − delay)/width}).
 */
export function gainTables(parameters: ServiceParameters): Float64Array[] {
  const nSteps = stepsBefore(parameters) + parameters.time.weeks * parameters.time.stepsPerWeek + 1;
  const monthsPerStep = DAYS_PER_WEEK / parameters.time.stepsPerWeek / DAYS_PER_MONTH;
  return OUTCOMES.map((name) => {
    const { gain, delay, delayWidth } = parameters.outcomes[name];
    if (delay === 0) return new Float64Array(nSteps).fill(gain);
    const logistic = (months: number) => 1 / (1 + exp(-(months - delay) / delayWidth));
    const start = logistic(0);
    return Float64Array.from(
      { length: nSteps },
      (_, step) => (gain * (logistic(step * monthsPerStep) - start)) / (1 - start),
    );
  });
}
