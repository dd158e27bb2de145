import type { Argv, Options } from "yargs";
import type { Overrides } from "../models/scenario/overrides.ts";
import { TEST_NAMES } from "../models/scenario/types.ts";
import { Problems } from "./problems.ts";

/** A value that may be given once; a second one is a slip, not a list. */
function once(flag: string) {
  return <T>(value: T | T[] | undefined): T | undefined => {
    if (!Array.isArray(value)) return value;
    throw new Problems([`--${flag}: given ${value.length} times; give it once`]);
  };
}

/** A flag with text, given at most once. */
export function textFlag(flag: string, describe: string): Options & { type: "string" } {
  return { type: "string", requiresArg: true, describe, coerce: once(flag) };
}

/** A flag with text that may be repeated. */
export function repeatedFlag(describe: string): Options & { type: "string" } {
  const all = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat());
  return { type: "string", requiresArg: true, describe, coerce: all };
}

export const seedOption = textFlag("seed", "seed of all random numbers (text)");
export const jsonOption = { type: "boolean", default: false, describe: "print the result as JSON on stdout" } as const;
export const quietOption = { type: "boolean", default: false, describe: "no progress, no notes on stderr" } as const;

/** What every command takes. */
export type OutputArguments = { readonly json: boolean; readonly quiet: boolean };

export function withOutputOptions<T>(yargs: Argv<T>): Argv<T & OutputArguments> {
  return yargs.option("json", jsonOption).option("quiet", quietOption) as unknown as Argv<T & OutputArguments>;
}

/** What every command that runs a scenario takes. */
export type ScenarioArguments = Overrides & { readonly scenario: string };

export const scenarioArgument = {
  type: "string",
  demandOption: true,
  describe: "a bundled name (see caseload scenarios list) or the path of a .yaml file",
} as const;
export const setOption = repeatedFlag("change a scenario value: path=value, e.g. paths.a=0.2 (repeatable)");

/** The scenario and the flags that change it. They are read like the file, so that messages and rules are the same. */
export function withScenarioOptions<T>(yargs: Argv<T>): Argv<T & ScenarioArguments> {
  return yargs
    .positional("scenario", scenarioArgument)
    .option("set", setOption)
    .option("grid", repeatedFlag("change a factor of the grid: nClients=100,200 or nClients=100:50:600 (repeatable)"))
    .option("tests", textFlag("tests", `tests, separated by commas: ${TEST_NAMES.join(", ")}`))
    .option("replications", textFlag("replications", "simulated studies per condition"))
    .option("level", textFlag("level", "confidence level in (0, 1)"))
    .option("resamples", textFlag("resamples", "bootstrap resamples"))
    .option("target", textFlag("target", "power that a sample size is sought for, in (0, 1)"))
    .option("seed", seedOption) as unknown as Argv<T & ScenarioArguments>;
}

/** The changes that the command line makes to a scenario. */
export function overridesOf(argv: Overrides): Overrides {
  const { set, grid, tests, seed, replications, level, resamples, target } = argv;
  const given = { set, grid, tests, seed, replications, level, resamples, target };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
