import { exp } from "../../sim/numerics/elementary.ts";
import { poissonQuantile } from "../../sim/numerics/poissonQuantile.ts";
import { streamOf } from "../../sim/random/address.ts";
import { WHAT } from "../what.ts";
import { DAYS_PER_WEEK, relaxation } from "./time.ts";
import { N_DOMAINS, PLAN_DOMAIN, type Step, type World } from "./world.ts";

const MIDDLE_SCORE = 3;

/**
 * Goal steps are completed (a Poisson number in a step, at most one goal) at rate r₀ · dose · exp(effects of alliance, hope, plan fidelity, responsiveness); enough of them
 * attain a goal, whose lift fades. Setbacks fade. Self-worth W, in the unit of alliance, follows A − Ā with a lag.
 */
export function goals(world: World, step: Step): void {
  const { goals: work, setbacks, selfWorth } = world.parameters;
  if (work.on) workOnGoals(world, step);
  if (setbacks.on || selfWorth.on) moveSelfWorth(world, step);
}

function workOnGoals(world: World, { index, days }: Step): void {
  const { parameters, clients, teams, draws, scratch, kernels, key } = world;
  const { goals: p, alliance, outcomes } = parameters;
  const weeks = days / DAYS_PER_WEEK;
  const perAlliance = p.alliance / alliance.sd;
  const perHope = p.hope / outcomes.ths.sd;
  const { reference, low, high } = outcomes.ths;
  // The highest factor that any alliance and hope in range can give: most draws are settled by it.
  const highest = exp(
    Math.max(-perAlliance * alliance.mean, perAlliance * (100 - alliance.mean)) +
      Math.max(perHope * (low - reference), perHope * (high - reference)),
  );
  referenceRates(world, p.stepsPerWeek * weeks);
  const nSteps = kernels.workOnGoals(streamOf(key, WHAT.goalStep), index, {
    keep: 1 - relaxation(weeks, p.fading),
    perAlliance,
    meanAlliance: alliance.mean,
    perHope,
    hopeReference: reference,
    highest,
  });
  const [u, hazard] = draws;
  const { goalSteps, goalsAttained, goalLift, team } = clients;
  for (let i = 0; i < nSteps; i++) {
    const row = scratch.chosen[i];
    // With mean h: P(N ≥ 2) ≤ h²/2 and P(N ≥ 1) ≥ h − h²/2, so in between there is one step.
    const rest = (hazard[i] * hazard[i]) / 2;
    goalSteps[row] += u[i] >= rest && u[i] < hazard[i] - rest ? 1 : poissonQuantile(1 - u[i], hazard[i]);
    if (goalSteps[row] < p.stepsPerGoal) continue;
    goalSteps[row] -= p.stepsPerGoal;
    goalsAttained[row]++;
    goalLift[row] += 1;
    teams.total.goalsAttained[team[row]]++;
  }
}

/** The rate of goal steps with each case manager, and with the team for clients on hold, at mean alliance and hope. */
function referenceRates({ parameters, teams, managers, scratch }: World, base: number): void {
  const { seats } = parameters.teams;
  const { planFidelity, responsiveness } = parameters.goals;
  for (let team = 0; team < teams.n; team++) {
    const plan = planFidelity * (teams.domain[team * N_DOMAINS + PLAN_DOMAIN] - MIDDLE_SCORE);
    scratch.byTeam[team] = base * exp(plan);
    for (let seat = team * seats; seat < (team + 1) * seats; seat++)
      scratch.bySeat[seat] = base * exp(plan + responsiveness * managers.responsiveness[seat]);
  }
}

function moveSelfWorth({ parameters, kernels }: World, { days }: Step): void {
  const { selfWorth: p, goals: g, setbacks, alliance } = parameters;
  kernels.moveSelfWorth({
    keep: setbacks.on ? 1 - relaxation(days, setbacks.fading * DAYS_PER_WEEK) : 1,
    rate: p.on ? relaxation(days, p.lag * DAYS_PER_WEEK) : 0,
    meanAlliance: alliance.mean,
    lift: g.on ? g.selfWorthLift : 0,
    drop: setbacks.on ? setbacks.selfWorthDrop : 0,
  });
}
