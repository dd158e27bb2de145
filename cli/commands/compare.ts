import type { CommandModule } from "yargs";
import { type OutputArguments, repeatedFlag, seedOption, textFlag, withOutputOptions } from "../options.ts";
import { workersOption } from "../workers.ts";

export type CompareArguments = OutputArguments & {
  readonly base: string;
  readonly others: readonly string[] | undefined;
  readonly set: readonly string[] | undefined;
  readonly setAll: readonly string[] | undefined;
  readonly precision: string | undefined;
  readonly replications: string | undefined;
  readonly trace: string | undefined;
  readonly sensitivity: string | undefined;
  readonly sensitivityReplications: string | undefined;
  readonly all: boolean;
  readonly out: string | undefined;
  readonly force: boolean;
  readonly seed: string | undefined;
  readonly workers: string | undefined;
};

export const compareCommand: CommandModule<object, CompareArguments> = {
  command: "compare <base> [others..]",
  describe: "What if? Other scenarios beside a base, on the same luck: differences with intervals, and which is best",
  builder: (yargs) =>
    withOutputOptions(
      yargs
        .positional("base", {
          type: "string",
          demandOption: true,
          describe: "a bundled name (see caseload scenarios list) or the path of a .yaml file",
        })
        .positional("others", {
          type: "string",
          array: true,
          describe: "scenarios to compare with it: names, paths, or changes of the base, path=value[,path=value]",
        }),
    )
      .option("set", repeatedFlag("one more scenario: the base with this value changed (repeatable, for one scenario)"))
      .option("set-all", repeatedFlag("change a value of every scenario, the base too (repeatable)"))
      .option("precision", {
        ...textFlag("precision", "half-width wanted of headline differences, as a share of the base's value"),
        defaultDescription: "0.01",
      })
      .option("replications", {
        ...textFlag("replications", "most replications; fewer are run where the precision is reached before"),
        defaultDescription: "1000",
      })
      .option("out", textFlag("out", "directory for report, charts, a summary for a memo, and all numbers as CSV"))
      .option("all", { type: "boolean", default: false, describe: "every key figure, not only the headline ones" })
      .option(
        "trace",
        textFlag(
          "trace",
          "the story of one client of replication 0 in both worlds, from where they part, and no more without --out",
        ),
      )
      .option("sensitivity", {
        ...textFlag(
          "sensitivity",
          "which assumption drives the difference of one other scenario: a key figure, alliance if none is named",
        ),
        requiresArg: false,
      })
      .option("sensitivity-replications", {
        ...textFlag("sensitivity-replications", "replications of every point of --sensitivity"),
        defaultDescription: "20",
      })
      .option("seed", seedOption)
      .option("workers", workersOption)
      .option("force", { type: "boolean", default: false, describe: "replace what an earlier run left in --out" })
      .example("$0 compare smcm-program caseload-20 turnover-halved", "two bundled what-ifs")
      .example("$0 compare smcm-program caseload-20 --out out/caseload", "open out/caseload/report.html")
      .example("$0 compare smcm-program --set staffing.caseloadCap=20", "a change of one's own")
      .example("$0 compare smcm-program staffing.caseloadCap=12 staffing.caseloadCap=12,teams.seats=8", "two of them")
      .example("$0 compare smcm-program handover-pool --trace 11", "one client, two worlds")
      .example("$0 compare smcm-program caseload-20 --sensitivity costPerYear", "what the answer hinges on") as never,
  handler: async (argv) => {
    const { runCompareCommand } = await import("../runCompare.ts");
    await runCompareCommand(argv);
  },
};
