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

function workOnGoals({ parameters, clients, managers, teams, served, draws, key }: World, { index, days }: Step): void {
  const { goals: p, alliance, outcomes } = parameters;
  const weeks = days / DAYS_PER_WEEK;
  const keep = 1 - relaxation(weeks, p.fading);
  const perAlliance = p.alliance / alliance.sd;
  const perHope = p.hope / outcomes.ths.sd;
  const [, , hope] = clients.outcome;
  const u = draws[0];
  fillUniforms(u, key, WHAT.goalStep, index, served.identities.subarray(0, served.n));
  const { alliance: a, goalLift, dose, status, manager, team: teamOf } = clients;
  const { responsiveness } = managers;
  for (let i = 0; i < served.n; i++) {
    const row = served.rows[i];
    goalLift[row] *= keep;
    if (dose[row] === 0) continue;
    const team = teamOf[row];
    const ofManager = status[row] === STATUS.onHold ? 0 : p.responsiveness * responsiveness[manager[row]];
    const logRate =
      perAlliance * (a[row] - alliance.mean) +
      perHope * (hope[row] - outcomes.ths.reference) +
      p.planFidelity * (teams.domain[team * N_DOMAINS + PLAN_DOMAIN] - MIDDLE_SCORE) +
      ofManager;
    const hazard = p.stepsPerWeek * weeks * dose[row] * exp(logRate);
    // P(N ≥ 1) = 1 − e^{−h} ≤ h: most draws are settled without a second exponential.
    if (u[i] >= hazard) continue;
    clients.goalSteps[row] += poissonQuantile(1 - u[i], hazard);
    if (clients.goalSteps[row] < p.stepsPerGoal) continue;
    clients.goalSteps[row] -= p.stepsPerGoal;
    clients.goalsAttained[row]++;
    goalLift[row] += 1;
    teams.total.goalsAttained[team]++;
  }
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
