import type { CommandModule } from "yargs";
import {
  type OutputArguments,
  type ScenarioArguments,
  textFlag,
  withOutputOptions,
  withScenarioOptions,
} from "../options.ts";
import { workersOption } from "../workers.ts";

export type SampleSizeArguments = ScenarioArguments &
  OutputArguments & {
    readonly detect: string | undefined;
    readonly n: string | undefined;
    readonly perTeam: string | undefined;
    readonly workers: string | undefined;
  };

export const sampleSizeCommand: CommandModule<object, SampleSizeArguments> = {
  command: "sample-size <scenario>",
  describe:
    "Smallest N, or number of teams, that reaches the target power; or the smallest effect that a given N detects",
  builder: (yargs) =>
    withOutputOptions(withScenarioOptions(yargs))
      .option(
        "detect",
        textFlag("detect", "seek an effect instead, for --n clients: ab (a = b), a (for the given b) or b"),
      )
      .option("n", textFlag("n", "number of clients, with --detect"))
      .option("per-team", textFlag("per-team", "seek the number of teams instead, with so many clients in each"))
      .option("workers", workersOption)
      .example("$0 sample-size teaching-simple", "every test of the scenario")
      .example(
        "$0 sample-size roebuck-2021-paths --tests jointSignificance,sobel --target 0.9 --json",
        "exact tests answer at once",
      )
      .example("$0 sample-size teaching-simple --detect ab --n 311", "the smallest a = b that 311 clients detect")
      .example(
        "$0 sample-size roebuck-2021-paths --set paths.teams.count=14 --set paths.teams.iccM=0.05 --per-team 22",
        "how many teams of 22 clients",
      ) as never,
  handler: async (argv) => {
    const { runSampleSize } = await import("../runSampleSize.ts");
    await runSampleSize(argv);
  },
};
