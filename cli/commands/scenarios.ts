import type { Argv, CommandModule } from "yargs";
import { type OutputArguments, textFlag, withOutputOptions } from "../options.ts";

const list: CommandModule<object, OutputArguments> = {
  command: ["list", "$0"],
  describe: "the bundled scenarios, one line each",
  builder: (yargs) => withOutputOptions(yargs),
  handler: async ({ json }) => {
    const { listScenarios } = await import("../runScenarios.ts");
    await listScenarios(json);
  },
};

type ShowArguments = OutputArguments & { readonly scenario: string; readonly schedule: boolean };

const show: CommandModule<object, ShowArguments> = {
  command: "show <scenario>",
  describe: "a scenario as one file: everything resolved, every value explained, defaults marked",
  builder: (yargs) =>
    withOutputOptions(
      scenarioPositional(yargs).option("schedule", {
        type: "boolean",
        default: false,
        describe: "of a service: the order of a step, and every random decision with its distribution and stream",
      }),
    ),
  handler: async ({ scenario, schedule, json }) => {
    const { showScenario, showSchedule } = await import("../runScenarios.ts");
    await (schedule ? showSchedule(scenario) : showScenario(scenario, json));
  },
};

const check: CommandModule<object, OutputArguments & { readonly files: readonly string[] }> = {
  command: "check <files..>",
  describe: "every problem of the given scenarios, or what they will run",
  builder: (yargs) =>
    withOutputOptions(
      yargs.positional("files", {
        type: "string",
        array: true,
        demandOption: true,
        describe: "paths of .yaml files, or bundled names",
      }),
    ) as unknown as Argv<OutputArguments & { readonly files: readonly string[] }>,
  handler: async ({ files, json }) => {
    const { checkScenarios } = await import("../runScenarios.ts");
    await checkScenarios(files, json);
  },
};

type InitArguments = OutputArguments & {
  readonly file: string | undefined;
  readonly service: boolean;
  readonly from: string | undefined;
  readonly template: string | undefined;
  readonly force: boolean;
};

const init: CommandModule<object, InitArguments> = {
  command: "init [file]",
  describe: "write a commented scenario to start from; it runs as it is",
  builder: (yargs) =>
    withOutputOptions(
      yargs
        .positional("file", { type: "string", describe: "the .yaml file to write" })
        .option("service", {
          type: "boolean",
          default: false,
          describe: "a service of your own instead of a path model",
        })
        .option("from", textFlag("from", "a service after your own numbers: a .csv file with one row per team"))
        .option(
          "template",
          textFlag("template", "write such a .csv file to fill in, and beside it what its columns mean"),
        )
        .option("force", { type: "boolean", default: false, describe: "replace a file that is there" }),
    ),
  handler: async ({ file, service, from, template, force, json, quiet }) => {
    const { initScenario } = await import("../runScenarios.ts");
    await initScenario(file, { service, from, template, force, json, quiet });
  },
};

const schema: CommandModule<object, OutputArguments> = {
  command: "schema",
  describe: "the JSON Schema of scenario files, for editors",
  builder: (yargs) => withOutputOptions(yargs),
  handler: async () => {
    const { printSchema } = await import("../runScenarios.ts");
    printSchema();
  },
};

export const scenariosCommand: CommandModule = {
  command: "scenarios",
  describe: "List, show, check and start scenario files",
  builder: (yargs) =>
    yargs
      .command(list)
      .command(show)
      .command(check)
      .command(init)
      .command(schema)
      .demandCommand(0)
      .example("$0 scenarios", "what is bundled")
      .example("$0 scenarios show roebuck-2021-paths", "every value with its source")
      .example("$0 scenarios show roebuck-2021 --schedule", "what a step of the service model does, in order")
      .example("$0 scenarios init my-study.yaml", "a commented starter")
      .example("$0 scenarios init my-program.yaml --service", "a starter for a service of your own")
      .example("$0 scenarios init --template agency.csv", "a table of your teams to fill in, with a codebook")
      .example("$0 scenarios init my-agency.yaml --from agency.csv", "a scenario after your own numbers")
      .example("$0 scenarios check my-study.yaml", "all problems, each with line and column")
      .example("$0 scenarios schema > scenario.schema.json", "completion in your editor"),
  handler: () => {},
};

function scenarioPositional(yargs: Argv<object>): Argv<{ readonly scenario: string }> {
  return yargs.positional("scenario", {
    type: "string",
    demandOption: true,
    describe: "a bundled name (see caseload scenarios list) or the path of a .yaml file",
  });
}
