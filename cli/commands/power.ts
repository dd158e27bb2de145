import type { CommandModule } from "yargs";
import { type OutputArguments, type ScenarioArguments, withOutputOptions, withScenarioOptions } from "../options.ts";
import { workersOption } from "../workers.ts";

export type PowerArguments = ScenarioArguments &
  OutputArguments & {
    readonly out: string | undefined;
    readonly workers: string | undefined;
    readonly resume: boolean;
    readonly force: boolean;
  };

export const powerCommand: CommandModule<object, PowerArguments> = {
  command: "power <scenario>",
  describe: "Power of every test of the indirect effect at every condition of the grid",
  builder: (yargs) =>
    withOutputOptions(withScenarioOptions(yargs))
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "directory for report, charts, rows and methods text",
      })
      .option("workers", workersOption)
      .option("resume", { type: "boolean", default: false, describe: "go on with the interrupted run in --out" })
      .option("force", { type: "boolean", default: false, describe: "replace what an earlier run left in --out" })
      .example("$0 power roebuck-2021 --out out/run", "the published study; open out/run/report.html")
      .example(
        "$0 power roebuck-2021-shrunken --grid teams.count=14,28 --grid study.clientsPerTeam=20,40",
        "clients or teams? effects as they more likely are",
      )
      .example(
        "$0 power my-study.yaml --grid nClients=100:50:600 --tests sobel,percentileBootstrap",
        "another grid, two tests",
      )
      .example("$0 power teaching-panel", "teams, waves and dropout, by four estimators")
      .example("$0 power teaching-simple --set paths.a=0 --json", "type I error, as JSON") as never,
  handler: async (argv) => {
    const { runPowerCommand } = await import("../runPowerCommand.ts");
    await runPowerCommand(argv);
  },
};
