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

export type CalibrateArguments = OutputArguments & {
  readonly scenario: string;
  readonly set: readonly string[] | undefined;
  readonly seed: string | undefined;
  readonly replications: string | undefined;
  readonly fit: boolean;
  readonly evaluations: string | undefined;
  readonly workers: string | undefined;
  readonly out: string | undefined;
  readonly force: boolean;
};

export const calibrateCommand: CommandModule<object, CalibrateArguments> = {
  command: "calibrate <scenario>",
  describe: "Simulated statistics of a service beside everything published; --fit tunes its free parameters",
  builder: (yargs) =>
    withOutputOptions(yargs.positional("scenario", scenarioArgument))
      .option("set", setOption)
      .option("replications", textFlag("replications", "replicate studies; with --fit, per parameter set"))
      .option("seed", seedOption)
      .option("fit", {
        type: "boolean",
        default: false,
        describe: "first tune the parameters that the scenario's calibration.free names",
      })
      .option("evaluations", textFlag("evaluations", "with --fit: most parameter sets to try"))
      .option("workers", workersOption)
      .option("out", textFlag("out", "directory for tables, charts, and what was fitted"))
      .option("force", { type: "boolean", default: false, describe: "replace what an earlier run left in --out" })
      .example("$0 calibrate roebuck-2021 --replications 200", "how near the model comes to the published study")
      .example(
        "$0 calibrate my-service.yaml --fit --replications 60 --out out/fit",
        "tune the free parameters; out/fit/fitted.yaml has them",
      ) as never,
  handler: async (argv) => {
    const { runCalibrate } = await import("../runCalibrate.ts");
    await runCalibrate(argv);
  },
};
