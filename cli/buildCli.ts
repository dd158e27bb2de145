import yargs, { type Argv, type CommandModule } from "yargs";
import { analyzeCommand } from "./commands/analyze.ts";
import { calibrateCommand } from "./commands/calibrate.ts";
import { compareCommand } from "./commands/compare.ts";
import { powerCommand } from "./commands/power.ts";
import { reportCommand } from "./commands/report.ts";
import { sampleSizeCommand } from "./commands/sampleSize.ts";
import { scenariosCommand } from "./commands/scenarios.ts";
import { simulateCommand } from "./commands/simulate.ts";
import { Problems } from "./problems.ts";
import { usageProblems } from "./usageProblems.ts";
import { caseloadVersion } from "./version.ts";

/** Every command; a command's module is light and loads what it runs when it runs. */
const COMMANDS = [
  powerCommand,
  sampleSizeCommand,
  simulateCommand,
  compareCommand,
  calibrateCommand,
  analyzeCommand,
  scenariosCommand,
  reportCommand,
] as unknown as readonly CommandModule<object, never>[];

/** Our words for some of yargs' messages; those with a count have a singular and a plural. */
const WORDS = {
  "Not enough arguments following: %s": "no value after --%s",
  ...both("Not enough non-option arguments: got %s, need at least %s", "an argument is missing (got %s, need %s)"),
  ...both("Missing required argument: %s", "missing: %s"),
} as Record<string, string>;

function both(theirs: string, ours: string): Record<string, unknown> {
  return { [theirs]: { one: ours, other: ours } };
}

/**
 * The command line, configured but not run: `await buildCli(args).parseAsync()` runs it. It never ends the process;
 * bad usage and bad input reject with Problems, anything else with the error itself.
 *
 * @param args the words after `caseload`
 */
export function buildCli(args: readonly string[]): Argv {
  const cli = yargs([...args])
    .scriptName("caseload")
    .usage("$0 <command>\n\nSimulates case management and plans the studies that evaluate it.")
    .exitProcess(false)
    .detectLocale(false)
    .updateStrings(WORDS)
    .parserConfiguration({ "dot-notation": false, "parse-numbers": false, "parse-positional-numbers": false })
    .strict()
    .demandCommand(1, "Name a command; --help lists them")
    .example("$0 power roebuck-2021 --out out/run", "simulate a power study and write the report")
    .example("$0 simulate smcm-program --out out/program", "play a service out; open out/program/report.html")
    .example("$0 compare smcm-program caseload-20", "what if caseloads were 20? The same luck in both")
    .example("$0 sample-size teaching-simple", "the smallest N that reaches the target power")
    .example("$0 scenarios init my-study.yaml", "write a commented scenario to start from")
    .fail((message, error) => {
      // yargs wraps what a flag's own check throws in an error named YError.
      const isUsage = !error || error.name === "YError";
      throw isUsage ? new Problems(usageProblems(message, args, COMMANDS)) : error;
    })
    .help()
    .version(caseloadVersion());
  for (const command of COMMANDS) cli.command(command);
  return cli;
}
