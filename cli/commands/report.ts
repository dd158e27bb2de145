import type { CommandModule } from "yargs";
import { type OutputArguments, withOutputOptions } from "../options.ts";

export type ReportArguments = OutputArguments & { readonly directory: string };

export const reportCommand: CommandModule<object, ReportArguments> = {
  command: "report <directory>",
  describe: "Draw a saved run again: report, charts, tables, methods text",
  builder: (yargs) =>
    withOutputOptions(
      yargs.positional("directory", {
        type: "string",
        demandOption: true,
        describe: "run directory of `caseload power --out`",
      }),
    ).example("$0 report out/run", "after an update of caseload, or when a chart was lost") as never,
  handler: async (argv) => {
    const { runReportCommand } = await import("../runPowerCommand.ts");
    await runReportCommand(argv);
  },
};
