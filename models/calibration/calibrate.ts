import { type Block, type BlockRunner, blocksOf, replicate } from "../../sim/montecarlo/replicate.ts";
import { serviceProblems } from "../service/serviceProblems.ts";
import { studyProblems } from "../study/studyProblems.ts";
import { type CalibrationCandidate, STATISTICS, type StatisticRows } from "./calibrationBlock.ts";
import { DEFAULT_FIT, fitInBox, type FitOptions, type FitResult } from "./fit.ts";
import { candidateAt, type FreeParameter, pointOf } from "./freeParameters.ts";
import { residualsOfRows } from "./misfit.ts";
import { type CalibrationSummary, summariseCalibration } from "./summarise.ts";
import type { CandidateBlock } from "./worker.ts";

/** Replicates in a block: about a second of work. */
const BLOCK_SIZE = 8;

/** Where blocks are simulated, and who hears of it. */
export type CalibrationRun = {
  /** Of `runBlock` in worker.ts: blocks bring their candidate along. */
  readonly runner: BlockRunner<StatisticRows>;
  /** Hears how many replicates were simulated. */
  readonly onReplicates: (count: number) => void;
  readonly signal: AbortSignal;
};

/**
 * Holds a parameter set against everything published.
 *
 * @param replications replicate studies, ≥ 2
 */
export async function calibrate(
  candidate: CalibrationCandidate,
  replications: number,
  run: CalibrationRun,
): Promise<CalibrationSummary> {
  const [rows] = await simulateCandidates([candidate], replications, run);
  return summariseCalibration(rows);
}

/** What a fit found. */
export type CalibrationFit = FitResult & {
  readonly candidate: CalibrationCandidate;
  readonly start: CalibrationCandidate;
};

/**
 * Tunes the free parameters until the replicate studies come as near to the targets as they can; what is held out has no part.
 * Every candidate meets the same replications; one that cannot be simulated, or whose studies fail, counts as infinitely far away.
 *
 * @param replications replicate studies per candidate, ≥ 2
 */
export async function fitCalibration(
  start: CalibrationCandidate,
  free: readonly FreeParameter[],
  replications: number,
  run: CalibrationRun,
  options: FitOptions = DEFAULT_FIT,
): Promise<CalibrationFit> {
  const residualsOf = async (points: readonly (readonly number[])[]) => {
    const candidates = points.map((point) => candidateAt(start, free, point));
    const possible = candidates.filter(isPossible);
    const rows = await simulateCandidates(possible, replications, run);
    return candidates.map((candidate) => {
      const at = possible.indexOf(candidate);
      return residualsOfRows(at < 0 ? [new Float64Array(STATISTICS.length).fill(Number.NaN)] : rows[at]);
    });
  };
  const found = await fitInBox(pointOf(start, free), residualsOf, options);
  return { ...found, candidate: candidateAt(start, free, found.point), start };
}

function isPossible({ service, study }: CalibrationCandidate): boolean {
  return serviceProblems(service).length === 0 && studyProblems(study, service).length === 0;
}

/** Rows of every candidate, in order of replication; they do not depend on the runner's width. */
async function simulateCandidates(
  candidates: readonly CalibrationCandidate[],
  replications: number,
  { runner, onReplicates, signal }: CalibrationRun,
): Promise<StatisticRows[]> {
  const rows: Float64Array[][] = candidates.map(() => []);
  function* blocks(): Generator<CandidateBlock> {
    const sizes = candidates.map(() => BLOCK_SIZE);
    for (const block of blocksOf(replications, sizes)) yield { ...block, candidate: candidates[block.conditionIndex] };
  }
  await replicate(
    blocks(),
    runner,
    (found, { conditionIndex }: Block) => {
      rows[conditionIndex].push(...found);
      onReplicates(found.length);
    },
    signal,
  );
  return rows;
}
