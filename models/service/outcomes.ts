import { exp } from "../../sim/numerics/elementary.ts";
import { streamOf } from "../../sim/random/address.ts";
import { WHAT } from "../what.ts";
import type { OutcomeTerms } from "./kernels/terms.ts";
import { OUTCOMES } from "./outcomeParameters.ts";
import type { ServiceParameters } from "./parameters.ts";
import { DAYS_PER_MONTH, DAYS_PER_WEEK } from "./time.ts";
import type { Step, World } from "./world.ts";

/**
 * Every outcome moves to its personal set-point S + G(t) + B·((1 − s)·(A − Ā) + s·W) + c′·(F_cm − F̄) + goals + setbacks + housing:
 *
 *   Y ← Y + (1 − e^{−kΔ})·(set-point − Y) + SD·√(1 − e^{−2kΔ})·ε,
 *
 * exact for a set-point that stands still within the step. Y stays in the range of its instrument.
 */
export function outcomes({ parameters, kernels, key }: World, { index, days }: Step): void {
  const { alliance, clients, fidelity } = parameters;
  const terms = OUTCOMES.map((name) => termsOf(parameters, name, days));
  kernels.moveOutcomes(streamOf(key, WHAT.outcomeNoise), index, terms, {
    meanAlliance: alliance.mean,
    housedShare: clients.housed,
    fidelity: fidelity.reference,
  });
}

/** The coefficients of one outcome's equation; B is split between alliance and self-worth. */
function termsOf(parameters: ServiceParameters, name: (typeof OUTCOMES)[number], days: number): OutcomeTerms {
  const { effects, goals, selfWorth, setbacks } = parameters;
  const p = parameters.outcomes[name];
  const lag = selfWorth.on ? selfWorth.share : 0;
  const effect = effects.allianceOnOutcomes * p.alliance;
  const cumulatedRate = (p.rate * days) / DAYS_PER_MONTH;
  return {
    direct: effect * (1 - lag),
    throughSelfWorth: effect * lag,
    perGoal: goals.on ? p.goal : 0,
    perSetback: setbacks.on ? p.setback : 0,
    perHome: p.housed,
    rate: 1 - exp(-cumulatedRate),
    noise: p.fluctuationSd * Math.sqrt(1 - exp(-2 * cumulatedRate)),
    low: p.low,
    high: p.high,
    fidelityDirect: p.fidelityDirect,
  };
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
