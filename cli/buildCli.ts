import yargs, { type Argv, type CommandModule } from "yargs";
import { analyzeCommand } from "./commands/analyze.ts";
import { powerCommand } from "./commands/power.ts";
import { reportCommand } from "./commands/report.ts";
import { scenariosCommand } from "./commands/scenarios.ts";
import { Problems } from "./problems.ts";
import { usageProblems } from "./usageProblems.ts";
import { caseloadVersion } from "./version.ts";

/** Every command; a command's module is light and loads what it runs when it runs. */
const COMMANDS = [powerCommand, analyzeCommand, scenariosCommand, reportCommand] as unknown as readonly CommandModule<
  object,
  never
>[];

/**
 * The command line, configured but not run: `await buildCli(args).parseAsync()` runs it. It never ends the process;
 * bad usage and bad input reject with Problems, anything else with the error itself.
 *
 * @param args the words after `caseload`
 */
export function buildCli(args: readonly string[]): Argv {
  const cli = yargs([...args])
    .scriptName("caseload")
    .usage("$0 <command>\n\nPower and sample size for indirect effects, simulated and exact.")
    .exitProcess(false)
    .detectLocale(false)
    .updateStrings({
      "Not enough non-option arguments: got %s, need at least %s": "an argument is missing (got %s, need %s)",
      "Missing required argument: %s": { one: "missing: %s", other: "missing: %s" } as unknown as string,
      "Not enough arguments following: %s": "no value after --%s",
    })
    .parserConfiguration({ "dot-notation": false, "parse-numbers": false, "parse-positional-numbers": false })
    .strict()
    .demandCommand(1, "Name a command; --help lists them")
    .example("$0 power roebuck-2021-paths --out out/run", "simulate a power study and write the report")
    .example("$0 sample-size teaching-simple", "the smallest N that reaches the target power")
    .example("$0 scenarios init my-study.yaml", "write a commented scenario to start from")
    .fail((message, error) => {
      throw error ?? new Problems(usageProblems(message, args, COMMANDS));
    })
    .help()
    .version(caseloadVersion());
  for (const command of COMMANDS) cli.command(command);
  return cli;
}
