import { exp } from "../../sim/numerics/elementary.ts";
import { streamOf } from "../../sim/random/address.ts";
import { WHAT } from "../what.ts";
import { DAYS_PER_WEEK, relaxation } from "./time.ts";
import type { Step, World } from "./world.ts";

/**
 * Set-point T = μ + client + a·(F_cm − F̄) + skill + responsiveness + dyad fit + (s + s_cm)·stigma + Σ g_o·(Y_o − Ȳ_o)/sd_o + goal lift,
 *
 *   A ← A + (1 − e^{−Δ·dose/τ_A})·(T − A) + σ_A·√Δ·ε,
 *
 * where dose counts the listening part of contacts held; without contact A fades towards its entry level. A covering team
 * has no skill or fit of its own: its set-point rests on team fidelity. A stays in [0, 100].
 */
export function alliance(world: World, { index, days }: Step): void {
  const { parameters, managers, scratch, kernels, key } = world;
  const { alliance: p, contacts, effects, fidelity, outcomes, goals } = parameters;
  const { qoli, pgi, ths, mcas } = outcomes;
  const perPoint = (o: { feedback: number; sd: number }) => (p.feedback * o.feedback) / o.sd;
  const [perQoli, perPgi, perThs, perMcas] = [perPoint(qoli), perPoint(pgi), perPoint(ths), perPoint(mcas)];
  const listening = contacts.on ? 1 - contacts.paperworkShare : 1;
  const speed = (-days * listening) / (p.buildUp * DAYS_PER_WEEK);
  managerParts(world);
  // Most clients of a case manager who attend have the same dose.
  for (let seat = 0; seat < managers.n; seat++) {
    scratch.bySeat[seat] = contacts.on ? managers.contactShare[seat] : 1;
    scratch.rateBySeat[seat] = 1 - exp(speed * scratch.bySeat[seat]);
  }
  kernels.moveAlliance(streamOf(key, WHAT.allianceNoise), index, {
    offset:
      p.mean - perQoli * qoli.reference - perPgi * pgi.reference - perThs * ths.reference - perMcas * mcas.reference,
    perQoli,
    perPgi,
    perThs,
    perMcas,
    lift: goals.on ? goals.allianceLift : 0,
    speed,
    fade: p.withoutContact.on ? relaxation(days, p.withoutContact.weeks * DAYS_PER_WEEK) : 0,
    noise: p.fluctuation * Math.sqrt(days / DAYS_PER_WEEK),
    perFidelity: effects.fidelityOnAlliance,
    fidelityReference: fidelity.reference,
  });
}

/** a·(F_cm − F̄) + skill + slope·responsiveness of every case manager. */
export function managerParts({ parameters: { alliance: p, effects, fidelity }, managers }: World): void {
  const responsiveness = p.responsiveness.on ? p.responsiveness.slope : 0;
  for (let seat = 0; seat < managers.n; seat++)
    managers.alliancePart[seat] =
      effects.fidelityOnAlliance * (managers.fidelity[seat] - fidelity.reference) +
      managers.skill[seat] +
      responsiveness * managers.responsiveness[seat];
}
