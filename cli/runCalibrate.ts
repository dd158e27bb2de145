import { join } from "node:path";
import { calibrate, type CalibrationFit, fitCalibration } from "../models/calibration/calibrate.ts";
import {
  type CalibrationCandidate,
  calibrationBlock,
  type StatisticRows,
} from "../models/calibration/calibrationBlock.ts";
import { calibrationProblems } from "../models/calibration/calibrationProblems.ts";
import { DEFAULT_FIT } from "../models/calibration/fit.ts";
import type { FreeParameter } from "../models/calibration/freeParameters.ts";
import type { CandidateBlock } from "../models/calibration/worker.ts";
import { valueAt } from "../models/registry/registry.ts";
import type { ServiceScenario } from "../models/scenario/types.ts";
import type { CalibrationRun, FittedParameters } from "../reports/calibrationRun.ts";
import { calibrationTable, fittedTable } from "../reports/calibrationTable.ts";
import { type BlockRunner, inThisThread } from "../sim/montecarlo/replicate.ts";
import { seedKeyOf } from "../sim/random/address.ts";
import { claimDirectory } from "./claimDirectory.ts";
import type { CalibrateArguments } from "./commands/calibrate.ts";
import { abortOnInterrupt, Interrupted } from "./interrupt.ts";
import { loadScenario } from "./loadScenario.ts";
import { overridesOf } from "./options.ts";
import { Problems } from "./problems.ts";
import { type Progress, startProgress } from "./progress.ts";
import { caseloadVersion } from "./version.ts";
import { workersOf } from "./workers.ts";

/** Replicate studies per parameter set of a fit, where the command line does not say: common luck makes few enough. */
const FIT_REPLICATIONS = 60;
const LAST_FILE = "calibration.txt";
const MOST_REPLICATIONS = 1_000_000;
const MOST_EVALUATIONS = 100_000;

/** `caseload calibrate`: parse, fit if asked, simulate, print, write. */
export async function runCalibrate(argv: CalibrateArguments): Promise<void> {
  const { json, quiet, out, force } = argv;
  const { scenario, nWorkers, replications, evaluations } = await readArguments(argv);
  if (out !== undefined) {
    const identity = identityOf(scenario, replications, argv.fit ? evaluations : null);
    await claimDirectory(out, identity, { resume: false, force, isResumable: false, lastFile: LAST_FILE });
  }
  const { signal, release } = abortOnInterrupt();
  const runner = await startRunner(scenario.seed, nWorkers);
  try {
    const start: CalibrationCandidate = { service: scenario.service, study: scenario.study };
    const found = argv.fit ? await fitted(scenario, start, replications, evaluations, runner, quiet, signal) : null;
    const nStudies = argv.fit ? scenario.calibration.replications : replications;
    const progress = startProgress(nStudies, 0, quiet);
    const onReplicates = counterOf(progress);
    const summary = await calibrate(found?.candidate ?? start, nStudies, { runner, onReplicates, signal }).finally(() =>
      progress.stop(),
    );
    if (summary.nFailed > nStudies - 2)
      throw new Problems([
        `${argv.scenario}: of ${nStudies} replicate studies ${summary.nFailed} could not be analysed: they found fewer than ` +
          "study.clientsPerTeam clients, or a covariate (the agency, say) is the same for all",
      ]);
    const run: CalibrationRun = {
      scenario: scenario.name,
      seed: scenario.seed,
      version: caseloadVersion(),
      ...summary,
    };
    const fit = found === null ? null : fittedParameters(scenario, found);
    if (out !== undefined) {
      const { writeCalibration } = await import("../reports/writeCalibration.ts");
      await writeCalibration(run, fit, out);
    }
    if (json) process.stdout.write(`${JSON.stringify(fit === null ? run : { ...run, fit }, null, 2)}\n`);
    else process.stdout.write(`${[calibrationTable(run), ...(fit === null ? [] : [fittedTable(fit)])].join("\n\n")}\n`);
    if (out !== undefined && !quiet) process.stderr.write(`\nwritten: ${join(out, LAST_FILE)}, and charts\n`);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.exitCode = 1;
    process.stderr.write("interrupted; the same command begins again\n");
  } finally {
    release();
    await runner.close();
  }
}

async function readArguments(argv: CalibrateArguments) {
  const problems: string[] = [];
  const check = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Problems)) throw error;
      problems.push(...error.messages);
      return undefined;
    }
  };
  const nWorkers = check(() => workersOf(argv.workers));
  const replications = check(() => wholeNumber("replications", argv.replications, 2, MOST_REPLICATIONS));
  const evaluations = check(() => wholeNumber("evaluations", argv.evaluations, 1, MOST_EVALUATIONS));
  if (evaluations !== undefined && !argv.fit) problems.push("--evaluations is for --fit; give both or neither");
  const overrides = overridesOf({
    ...(argv.set === undefined ? {} : { set: argv.set }),
    ...(argv.seed === undefined ? {} : { seed: argv.seed }),
  });
  const { scenario } = await loadScenario(argv.scenario, overrides).catch((error) => {
    throw error instanceof Problems ? new Problems([...problems, ...error.messages]) : error;
  });
  if (scenario.generator !== "service")
    problems.push(
      `${argv.scenario}: generator is "${scenario.generator}"; calibrate holds a service model against the published study ` +
        '(generator: "service")',
    );
  else problems.push(...calibrationProblems(scenario.study).map((problem) => `${argv.scenario}: ${problem}`));
  if (scenario.generator === "service" && argv.fit && Object.keys(scenario.calibration.free).length === 0)
    problems.push(`${argv.scenario}: --fit has nothing to move; name parameters and bounds in calibration.free`);
  if (problems.length > 0 || scenario.generator !== "service" || nWorkers === undefined) throw new Problems(problems);
  return {
    scenario,
    nWorkers,
    replications: replications ?? (argv.fit ? FIT_REPLICATIONS : scenario.calibration.replications),
    evaluations: evaluations ?? DEFAULT_FIT.mostEvaluations,
  };
}

/** The text of run.json: what was asked, and nothing about the machine. Equal texts give equal results. */
function identityOf(scenario: ServiceScenario, replications: number, evaluations: number | null): string {
  const asked = { replications, ...(evaluations === null ? {} : { fit: { evaluations } }) };
  return `${JSON.stringify({ program: "caseload", version: caseloadVersion(), command: "calibrate", ...asked, scenario }, null, 2)}\n`;
}

function wholeNumber(flag: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Problems([`--${flag} must be a whole number from ${least} to ${most}, got ${text}`]);
}

async function fitted(
  scenario: ServiceScenario,
  start: CalibrationCandidate,
  replications: number,
  mostEvaluations: number,
  runner: BlockRunner<StatisticRows>,
  quiet: boolean,
  signal: AbortSignal,
): Promise<CalibrationFit> {
  const progress = startProgress(mostEvaluations * replications, 0, quiet, "replicate studies at most");
  const onReplicates = counterOf(progress);
  const options = { ...DEFAULT_FIT, mostEvaluations };
  return fitCalibration(start, freeOf(scenario), replications, { runner, onReplicates, signal }, options).finally(() =>
    progress.stop(),
  );
}

/** Adds up what is done, for a progress bar. */
function counterOf(progress: Progress): (count: number) => void {
  let nDone = 0;
  return (count) => {
    nDone += count;
    progress.update(nDone);
  };
}

function freeOf({ calibration }: ServiceScenario): FreeParameter[] {
  return Object.entries(calibration.free).map(([path, [low, high]]) => ({ path, low, high }));
}

function fittedParameters(
  scenario: ServiceScenario,
  { evaluations, settled, trace, sum, start, candidate }: CalibrationFit,
): FittedParameters {
  return {
    evaluations,
    settled,
    startSum: trace[0].sum,
    sum,
    parameters: freeOf(scenario).map((free) => ({
      ...free,
      start: valueAt(start, free.path) as number,
      fitted: valueAt(candidate, free.path) as number,
    })),
  };
}

async function startRunner(seedText: string, nWorkers: number): Promise<BlockRunner<StatisticRows>> {
  const seed = seedKeyOf(seedText);
  if (nWorkers === 1)
    return inThisThread((block) => calibrationBlock((block as CandidateBlock).candidate, seed, block));
  const { inWorkers } = await import("../sim/montecarlo/pool.ts");
  return inWorkers(new URL("../models/calibration/worker.js", import.meta.url), { seed }, nWorkers);
}
