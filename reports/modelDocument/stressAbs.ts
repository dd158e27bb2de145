/** Where this description answers an item of STRESS-ABS: the item, its name, the answer. */
type StressAbsItem = readonly [item: string, name: string, answer: string];

/**
 * The items of the checklist for agent-based simulation, and where each is answered.
 *
 * @source Monks et al. (2019), doi:10.1080/17477778.2018.1442155, appendix (STRESS-ABS)
 */
export const STRESS_ABS: readonly StressAbsItem[] = [
  ["1.1", "Purpose of the model", "Section 1, Purpose."],
  ["1.2", "Model outputs", "Section 4, Observation, and section 7.2; what a run prints is described in its report."],
  ["1.3", "Aims of experimentation", "Section 1; of a particular run: the scenario, and the report of the run."],
  ["2.1", "Base model overview diagram", "Section 3, the diagram."],
  ["2.2", "Base model logic", "Section 3 for the order, section 7.1 for the processes."],
  [
    "2.3",
    "Scenario logic",
    "A scenario is a change of parameters (section 7.5); `caseload scenarios show NAME` prints it.",
  ],
  ["2.4", "Algorithms", "Section 7.1 and 7.2, equations; section 4, Stochasticity, for draws."],
  [
    "2.5.1",
    "Components: environment",
    "Section 2: agencies and their teams; no space. Section 6: nothing from outside.",
  ],
  [
    "2.5.2",
    "Components: agents",
    "Section 2, state variables of case managers and clients; section 7.1, what they do.",
  ],
  [
    "2.5.3",
    "Components: interaction topology",
    "Section 4, Interaction and Collectives: client, case manager, team; a tree.",
  ],
  ["2.5.4", "Components: entry and exit", "Section 7.1: referrals, staffing, events; states of a client in section 2."],
  ["3.1", "Data sources", "Section 7.5, column Source; section 1, patterns; appendix B, works."],
  [
    "3.2",
    "Pre-processing",
    "Derived values say what they are derived from (section 7.5); shrinkage of effects: section 7.4.",
  ],
  ["3.3", "Input parameters", "Section 7.5, every parameter with default, unit, limits, plausible range and source."],
  ["3.4", "Assumptions", "Section 7.5, marked `assumption`; section 4, Basic principles; section 7.4."],
  [
    "4.1",
    "Initialisation",
    "Section 5. No warm-up: clients in service on day 0 are placed on their way; a study's cohort enters later.",
  ],
  ["4.2", "Run length", "`time.weeks` (section 7.5); a study must end within it, which is checked."],
  [
    "4.3",
    "Estimation approach",
    "Replications with paired luck; the report of a run gives their number and the Monte-Carlo errors.",
  ],
  ["5.1", "Software or programming language", "TypeScript on Node.js 20.19 or newer; hot loops in WebAssembly."],
  ["5.2", "Random sampling", "Section 4, Stochasticity; sections 5 and 7, every random decision with its stream."],
  [
    "5.3",
    "Model execution",
    "Section 3; equal steps. Replications run on worker threads: the same bits on any number of them.",
  ],
  [
    "5.4",
    "System specification",
    "Results do not depend on the machine: exp, log and the distributions are the program's own.",
  ],
  ["6.1", "Computer model sharing", "npm package caseload, MIT licence; scenario, seed and version repeat a run."],
];
