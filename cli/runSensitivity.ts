import { changesBetween } from "../models/compare/changes.ts";
import type { ComparisonPlan } from "../models/compare/comparisonTypes.ts";
import { comparedFigures } from "../models/compare/keyFigures.ts";
import { suggestion } from "../models/scenario/nearestName.ts";
import type { Annotation } from "../models/scenario/placed.ts";
import { assumptionsOf } from "../models/sensitivity/assumptions.ts";
import { sensitivity, servicesOf } from "../models/sensitivity/sensitivity.ts";
import type { Sensitivity, SensitivityPlan } from "../models/sensitivity/sensitivityTypes.ts";
import { sensitivitySimulator } from "../models/sensitivity/simulateWorlds.ts";
import { formatCount } from "../reports/format.ts";
import { type BlockRunner, inThisThread } from "../sim/montecarlo/replicate.ts";
import { startProgress } from "./progress.ts";
import { caseloadVersion } from "./version.ts";

/**
 * What `--sensitivity` asks of a comparison; null, with problems noted, where that cannot be answered.
 *
 * @param asked name of a key figure; "": the first headline figure
 */
export function planSensitivity(
  { base, others, seed }: Pick<ComparisonPlan, "base" | "others" | "seed">,
  annotations: ReadonlyMap<string, Annotation>,
  asked: string,
  replications: number,
  problems: string[],
): SensitivityPlan | null {
  const figures = comparedFigures({ base }, base);
  const figure = asked === "" ? figures.find(({ headline }) => headline) : figures.find(({ name }) => name === asked);
  const names = figures.map(({ name }) => name);
  if (figure === undefined)
    problems.push(
      `--sensitivity: there is no key figure ${JSON.stringify(asked)}${suggestion(asked, names)}; ` +
        "the scenarios come first, then --sensitivity and the figure",
    );
  if (others.length !== 1)
    problems.push(
      `--sensitivity is about one difference: compare ${base.name} with one scenario, not ${others.length}`,
    );
  const [other] = others;
  const { varied, changed, problems: ofRanges } = assumptionsOf(base, annotations, changesBetween(base, other));
  problems.push(...ofRanges);
  if (varied.length === 0)
    problems.push(
      `${base.name}: --sensitivity has nothing to vary: no number of the service or its costs ` +
        `${changed.length > 0 ? "that the comparison leaves alone " : ""}has a range; ` +
        "write { value: 8, range: [2, 16], source: assumption } in its file",
    );
  if (figure === undefined || problems.length > 0) return null;
  return { base, other, seed, figure: figure.name, assumptions: varied, changed, replications };
}

/** Says what it costs, and plays it. */
export async function runSensitivity(
  plan: SensitivityPlan,
  nWorkers: number,
  quiet: boolean,
  signal: AbortSignal,
): Promise<Sensitivity> {
  const nServices = servicesOf(plan);
  if (!quiet)
    process.stderr.write(
      `sensitivity of ${plan.figure} to ${plan.assumptions.length} assumptions: ${formatCount(nServices)} services to play\n`,
    );
  const runner = await startRunner(plan, nWorkers);
  const progress = startProgress(nServices, 0, quiet, "services");
  let nPlayed = 0;
  try {
    return await sensitivity(plan, runner, caseloadVersion(), { onPlayed: () => progress.update(++nPlayed), signal });
  } finally {
    progress.stop();
    await runner.close();
  }
}

async function startRunner(plan: SensitivityPlan, nWorkers: number): Promise<BlockRunner<Float64Array>> {
  if (nWorkers === 1) return inThisThread(sensitivitySimulator(plan));
  const { inWorkers } = await import("../sim/montecarlo/pool.ts");
  return inWorkers(new URL("../models/sensitivity/sensitivityWorker.js", import.meta.url), plan, nWorkers);
}
