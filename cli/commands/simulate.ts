import type { CommandModule } from "yargs";
import {
  type OutputArguments,
  scenarioArgument,
  seedOption,
  setOption,
  textFlag,
  withOutputOptions,
} from "../options.ts";
import { workersOption } from "../workers.ts";

export type SimulateArguments = OutputArguments & {
  readonly scenario: string;
  readonly set: readonly string[] | undefined;
  readonly seed: string | undefined;
  readonly out: string | undefined;
  readonly replications: string | undefined;
  readonly cohorts: string | undefined;
  readonly trace: string | undefined;
  readonly workers: string | undefined;
  readonly force: boolean;
};

export const simulateCommand: CommandModule<object, SimulateArguments> = {
  command: "simulate <scenario>",
  describe: "Plays a service out: key figures, trajectories, the research cohort's data, one client's story",
  builder: (yargs) =>
    withOutputOptions(yargs.positional("scenario", scenarioArgument))
      .option("out", textFlag("out", "directory for report, charts, key figures, trajectories and data"))
      .option("replications", {
        ...textFlag("replications", "simulated services; key figures are means over them"),
        defaultDescription: "20",
      })
      .option("cohorts", {
        ...textFlag("cohorts", "how many of the services' studies go into the data files"),
        defaultDescription: "1",
      })
      .option(
        "trace",
        textFlag(
          "trace",
          "tell the story of one client of replication 0, by the id in the data, and no more without --out",
        ),
      )
      .option("set", setOption)
      .option("seed", seedOption)
      .option("workers", workersOption)
      .option("force", { type: "boolean", default: false, describe: "replace what an earlier run left in --out" })
      .example("$0 simulate smcm-program --out out/program", "open out/program/report.html")
      .example("$0 simulate smcm-program --set staffing.caseloadCap=12 --json", "a smaller caseload, as JSON")
      .example("$0 simulate smcm-program --trace 4", "one client, week by week") as never,
  handler: async (argv) => {
    const { runSimulateCommand } = await import("../runSimulate.ts");
    await runSimulateCommand(argv);
  },
};
