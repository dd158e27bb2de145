/** What the symbols in the equations of the service and of its study mean. */
export const SYMBOLS: readonly (readonly [symbol: string, meaning: string])[] = [
  ["Δ", "length of the step, in the unit of the rate or time constant beside it (√Δ with σ_A: weeks)"],
  ["u", "a uniform draw on (0, 1) at the address (who, stream, when)"],
  ["ε", "a standard normal draw, by inversion of a uniform one"],
  ["A, A_entry", "true alliance, and its level at entry (RPRS points, 0 to 100)"],
  ["Ā, sd_A", "alliance.mean and alliance.sd"],
  ["T", "the set-point that alliance moves to"],
  ["F_team, F, F̄", "fidelity of the team, of the case manager, and fidelity.reference (8 to 40)"],
  ["D", "score of one fidelity domain (1 to 5); D_plan: recoveryPlan, D_strengths: strengthsAssessment"],
  ["C, O, R", "competence (0 to 1), overload memory and responsiveness (SD) of the case manager"],
  ["Y_o, S_o", "true outcome o and the client's personal set-point of it; o = qoli, pgi, ths, mcas"],
  ["Ȳ_o, sd_o", "reference and sd of outcome o"],
  ["g_o, B_o", "feedback of outcome o on alliance, and effect of alliance on outcome o"],
  ["W", "self-worth, in the unit of alliance, 0 at mean alliance"],
  ["L, Z", "lift of attained goals, weight of setbacks; each goal or unsoftened setback adds 1, which fades"],
];
