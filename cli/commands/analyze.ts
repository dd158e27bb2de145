import type { CommandModule } from "yargs";
import { TEST_NAMES, type TestName } from "../../models/scenario/types.ts";
import type { AnalysisRequest } from "../runAnalysis.ts";

/** Every test with an interval of its own in the contract; aroian and goodman on request. */
const DEFAULT_TESTS: readonly TestName[] = TEST_NAMES.filter((name) => name !== "aroian" && name !== "goodman");

export const analyzeCommand: CommandModule<object, AnalysisRequest> = {
  command: "analyze <file>",
  describe: "Mediation analysis of a CSV file: paths, effect sizes, every test of the indirect effect",
  builder: (yargs) =>
    yargs
      .positional("file", {
        type: "string",
        demandOption: true,
        describe: "CSV file with a header row (comma, semicolon or tab; rows with missing values are left out)",
      })
      .option("x", { type: "string", demandOption: true, requiresArg: true, describe: "column of the predictor X" })
      .option("m", { type: "string", demandOption: true, requiresArg: true, describe: "column of the mediator M" })
      .option("y", { type: "string", demandOption: true, requiresArg: true, describe: "column of the outcome Y" })
      .option("covariates", {
        type: "string",
        array: true,
        requiresArg: true,
        default: [],
        describe: "columns to adjust for in both equations, separated by commas",
      })
      .option("tests", {
        type: "string",
        array: true,
        requiresArg: true,
        default: DEFAULT_TESTS as string[],
        defaultDescription: "all but aroian and goodman",
        describe: `tests of the indirect effect, separated by commas: ${TEST_NAMES.join(", ")}`,
      })
      .option("level", { type: "number", requiresArg: true, default: 0.95, describe: "confidence level in (0, 1)" })
      .option("resamples", { type: "number", requiresArg: true, default: 5000, describe: "bootstrap resamples" })
      .option("draws", {
        type: "number",
        requiresArg: true,
        default: 20000,
        describe: "draws of the Monte-Carlo interval",
      })
      .option("seed", {
        type: "string",
        requiresArg: true,
        default: "caseload",
        describe: "seed of the random numbers",
      })
      .option("json", { type: "boolean", default: false, describe: "print the result as JSON" })
      .option("out", { type: "string", requiresArg: true, describe: "write to this file instead of the terminal" })
      .example("$0 analyze study.csv --x fidelity --m alliance --y qol", "all tests at 95 %")
      .example(
        "$0 analyze study.csv --x fidelity --m alliance --y qol --covariates age,gender --tests percentileBootstrap,sobel --resamples 10000 --json",
        "two tests, as JSON",
      ),
  handler: async (argv) => {
    const { runAnalysis } = await import("../runAnalysis.ts");
    runAnalysis(argv);
  },
};
