import { exp } from "../../sim/numerics/elementary.ts";
import { poissonQuantile } from "../../sim/numerics/poissonQuantile.ts";
import { fillUniforms } from "../../sim/random/fill.ts";
import { WHAT } from "../what.ts";
import { DAYS_PER_WEEK, relaxation } from "./time.ts";
import { N_DOMAINS, PLAN_DOMAIN, STATUS, type Step, type World } from "./world.ts";

const MIDDLE_SCORE = 3;

/**
 * Goal steps are completed (a Poisson number in a step, at most one goal) at rate r₀ · dose · exp(effects of alliance, hope, plan fidelity, responsiveness); enough of them
 * attain a goal, whose lift fades. Setbacks fade. Self-worth W, in the unit of alliance, follows A − Ā with a lag.
 */
export function goals(world: World, step: Step): void {
  if (world.parameters.goals.on) workOnGoals(world, step);
  if (world.parameters.setbacks.on) fadeSetbacks(world, step);
  if (world.parameters.selfWorth.on) moveSelfWorth(world, step);
}

function workOnGoals(world: World, { index, days }: Step): void {
  const { parameters, clients, teams, served, draws, key } = world;
  const { goals: p, alliance, outcomes } = parameters;
  const weeks = days / DAYS_PER_WEEK;
  const keep = 1 - relaxation(weeks, p.fading);
  const perAlliance = p.alliance / alliance.sd;
  const perHope = p.hope / outcomes.ths.sd;
  const { reference, low, high } = outcomes.ths;
  // The highest rate that any alliance and hope in range can give: most draws are settled by it.
  const highest = exp(
    Math.max(-perAlliance * alliance.mean, perAlliance * (100 - alliance.mean)) +
      Math.max(perHope * (low - reference), perHope * (high - reference)),
  );
  const [u, ofManager] = draws;
  fillUniforms(u, key, WHAT.goalStep, index, served.identities.subarray(0, served.n));
  ratesOfManagers(world, p.stepsPerWeek * weeks, ofManager);
  const { alliance: a, goalLift, dose, status, manager, goalSteps, goalsAttained } = clients;
  const [, , hope] = clients.outcome;
  for (let team = 0; team < teams.n; team++) {
    const ofTeam = p.stepsPerWeek * weeks * exp(planEffect(world, team));
    for (let i = served.first[team]; i < served.first[team + 1]; i++) {
      const row = served.rows[i];
      goalLift[row] *= keep;
      if (dose[row] === 0) continue;
      const rate = dose[row] * (status[row] === STATUS.onHold ? ofTeam : ofManager[manager[row]]);
      // P(N ≥ 1) = 1 − e^{−h} ≤ h.
      if (u[i] >= rate * highest) continue;
      const hazard = rate * exp(perAlliance * (a[row] - alliance.mean) + perHope * (hope[row] - reference));
      if (u[i] >= hazard) continue;
      goalSteps[row] += poissonQuantile(1 - u[i], hazard);
      if (goalSteps[row] < p.stepsPerGoal) continue;
      goalSteps[row] -= p.stepsPerGoal;
      goalsAttained[row]++;
      goalLift[row] += 1;
      teams.total.goalsAttained[team]++;
    }
  }
}

function planEffect({ parameters, teams }: World, team: number): number {
  return parameters.goals.planFidelity * (teams.domain[team * N_DOMAINS + PLAN_DOMAIN] - MIDDLE_SCORE);
}

/** The rate of goal steps with each case manager, at mean alliance and hope. */
function ratesOfManagers(world: World, base: number, out: Float64Array): void {
  const { parameters, managers } = world;
  const { seats } = parameters.teams;
  for (let seat = 0; seat < managers.n; seat++)
    out[seat] =
      base *
      exp(
        planEffect(world, Math.floor(seat / seats)) + parameters.goals.responsiveness * managers.responsiveness[seat],
      );
}

function fadeSetbacks({ parameters, clients, served }: World, { days }: Step): void {
  const keep = 1 - relaxation(days, parameters.setbacks.fading * DAYS_PER_WEEK);
  const { setback } = clients;
  for (let i = 0; i < served.n; i++) setback[served.rows[i]] *= keep;
}

function moveSelfWorth({ parameters, clients, served }: World, { days }: Step): void {
  const { selfWorth: p, goals: g, setbacks, alliance } = parameters;
  const rate = relaxation(days, p.lag * DAYS_PER_WEEK);
  const lift = g.on ? g.selfWorthLift : 0;
  const drop = setbacks.on ? setbacks.selfWorthDrop : 0;
  for (let i = 0; i < served.n; i++) {
    const row = served.rows[i];
    const target = clients.alliance[row] - alliance.mean + lift * clients.goalLift[row] - drop * clients.setback[row];
    clients.selfWorth[row] += rate * (target - clients.selfWorth[row]);
  }
}
