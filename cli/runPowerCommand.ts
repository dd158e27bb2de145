import { join } from "node:path";
import { decisionNamesOf } from "../models/decisionNames.ts";
import { wholeRows } from "../models/power.ts";
import type { PowerRun } from "../models/powerTypes.ts";
import { powerTable } from "../reports/powerTable.ts";
import { enrolmentProblems } from "./checkEnrolment.ts";
import type { PowerArguments } from "./commands/power.ts";
import type { ReportArguments } from "./commands/report.ts";
import { abortOnInterrupt, Interrupted } from "./interrupt.ts";
import { loadScenario } from "./loadScenario.ts";
import { overridesOf } from "./options.ts";
import { Problems } from "./problems.ts";
import { finishedRows, openRunDirectory, readRunFile } from "./runDirectory.ts";
import { reread, runIdentity, runPower, scenarioOfIdentity } from "./runPower.ts";
import { workersOf } from "./workers.ts";

/** `caseload power`: parse, simulate, write. */
export async function runPowerCommand(argv: PowerArguments): Promise<void> {
  const { out, resume, force, quiet } = argv;
  const problems: string[] = [];
  const nWorkers = collect(problems, () => workersOf(argv.workers));
  if (out === undefined && resume) problems.push("--resume goes on with a run in a directory; name it with --out DIR");
  if (resume && force) problems.push("--resume goes on with a run and --force starts it over; give one of the two");
  const { scenario } = await loadScenario(argv.scenario, overridesOf(argv)).catch((error) => {
    throw error instanceof Problems ? new Problems([...problems, ...error.messages]) : error;
  });
  if (problems.length === 0) problems.push(...enrolmentProblems(scenario, argv.scenario));
  if (problems.length > 0 || nWorkers === undefined) throw new Problems(problems);

  const started = performance.now();
  const directory =
    out === undefined
      ? null
      : await openRunDirectory(
          out,
          runIdentity(scenario),
          decisionNamesOf(scenario.analysis),
          { resume, force },
          (nRows) => wholeRows(scenario, nRows),
        );
  const { signal, release } = abortOnInterrupt();
  try {
    const run = await runPower(scenario, nWorkers, directory, quiet, signal);
    await present(run, out, argv, started);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.exitCode = 1;
    const wayOn =
      out === undefined ? "with --out DIR a run keeps what is finished" : "the same command with --resume goes on";
    process.stderr.write(`interrupted; ${wayOn}\n`);
  } finally {
    release();
  }
}

/** `caseload report`: read a finished run's rows, write everything that is made from them. */
export async function runReportCommand({ directory, json, quiet }: ReportArguments): Promise<void> {
  const started = performance.now();
  const scenario = scenarioOfIdentity(await readRunFile(directory), join(directory, "run.json"));
  const run = await reread(scenario, await finishedRows(directory, decisionNamesOf(scenario.analysis)), directory);
  await present(run, directory, { json, quiet }, started);
}

/** Writes the report, prints the result, and last where the report is. */
async function present(
  run: PowerRun,
  directory: string | undefined,
  { json, quiet }: Pick<PowerArguments, "json" | "quiet">,
  started: number,
): Promise<void> {
  if (directory !== undefined) {
    const { writeReport } = await import("../reports/writeReport.ts");
    await writeReport(run, directory);
  }
  const { scenario, seed, version, replications, conditions } = run.result;
  const elapsedSeconds = (performance.now() - started) / 1000;
  const result = { scenario, seed, version, replications, elapsedSeconds, conditions };
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : `${powerTable(run)}\n`);
  if (directory !== undefined && !quiet) process.stderr.write(`\nreport: ${join(directory, "report.html")}\n`);
}

/** The value, or its problems added to the others. */
function collect<Value>(problems: string[], read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    problems.push(...error.messages);
    return undefined;
  }
}
