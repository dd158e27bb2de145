import { fillNormals } from "../../sim/random/fill.ts";
import { exp } from "../../sim/numerics/elementary.ts";
import { WHAT } from "../what.ts";
import { DAYS_PER_WEEK, relaxation } from "./time.ts";
import { STATUS, type Step, type World } from "./world.ts";

/**
 * Set-point T = μ + client + a·(F_cm − F̄) + skill + responsiveness + dyad fit + (s + s_cm)·stigma + Σ g_o·(Y_o − Ȳ_o)/sd_o + goal lift,
 *
 *   A ← A + (1 − e^{−Δ·dose/τ_A})·(T − A) + σ_A·√Δ·ε,
 *
 * where dose counts the listening part of contacts held; without contact A fades towards its entry level. A covering team
 * has no skill or fit of its own: its set-point rests on team fidelity. A stays in [0, 100].
 */
export function alliance(world: World, { index, days }: Step): void {
  const { parameters, clients, managers, teams, served, draws, key } = world;
  const { alliance: p, contacts, outcomes, goals } = parameters;
  managerParts(world);
  const { alliancePart, stigmaSlope } = managers;
  const listening = contacts.on ? 1 - contacts.paperworkShare : 1;
  const speed = (-days * listening) / (p.buildUp * DAYS_PER_WEEK);
  const fade = p.withoutContact.on ? relaxation(days, p.withoutContact.weeks * DAYS_PER_WEEK) : 0;
  const usualDose = (seat: number) => (contacts.on ? managers.contactShare[seat] : 1);
  const noise = p.fluctuation * Math.sqrt(days / DAYS_PER_WEEK);
  const lift = goals.on ? goals.allianceLift : 0;
  const perPoint = (o: { feedback: number; sd: number }) => (p.feedback * o.feedback) / o.sd;
  const { qoli, pgi, ths, mcas } = outcomes;
  const [g0, g1, g2, g3] = [perPoint(qoli), perPoint(pgi), perPoint(ths), perPoint(mcas)];
  const offset = p.mean - g0 * qoli.reference - g1 * pgi.reference - g2 * ths.reference - g3 * mcas.reference;
  const [y0, y1, y2, y3] = clients.outcome;
  const epsilon = draws[0];
  if (noise > 0) fillNormals(epsilon, key, WHAT.allianceNoise, index, served.identities.subarray(0, served.n));
  // Most clients of a case manager who attend have the same dose.
  const rateOfManager = draws[1];
  for (let seat = 0; seat < managers.n; seat++) rateOfManager[seat] = 1 - exp(speed * usualDose(seat));

  const {
    alliance: state,
    alliancePart: ownPart,
    dose: doses,
    entryAlliance,
    status,
    manager,
    dyadFit,
    stigma,
    goalLift,
  } = clients;
  for (let i = 0; i < served.n; i++) {
    const row = served.rows[i];
    let a = state[row];
    const dose = doses[row];
    if (dose > 0) {
      const byOthers = status[row] === STATUS.onHold;
      const seat = manager[row];
      const pair = byOthers
        ? parameters.effects.fidelityOnAlliance * (teams.fidelity[clients.team[row]] - parameters.fidelity.reference)
        : alliancePart[seat] + dyadFit[row] + stigmaSlope[seat] * stigma[row];
      const target =
        offset + ownPart[row] + pair + g0 * y0[row] + g1 * y1[row] + g2 * y2[row] + g3 * y3[row] + lift * goalLift[row];
      const usual = !byOthers && dose === usualDose(seat);
      a += (usual ? rateOfManager[seat] : 1 - exp(speed * dose)) * (target - a);
    } else a += fade * (entryAlliance[row] - a);
    if (noise > 0) a += noise * epsilon[i];
    if (a < 0) a = 0;
    else if (a > 100) a = 100;
    state[row] = a;
  }
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
