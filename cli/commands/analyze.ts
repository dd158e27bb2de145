import type { CommandModule } from "yargs";
import { ANALYSIS_TEST_NAMES, ESTIMATOR_NAMES } from "../../models/estimators/analysis/types.ts";
import type { AnalysisRequest } from "../analysisRequest.ts";
import { repeatedFlag, seedOption, textFlag, withOutputOptions } from "../options.ts";

export const analyzeCommand: CommandModule<object, AnalysisRequest> = {
  command: "analyze <file>",
  describe: "Mediation analysis of a CSV file: paths, effect sizes, every test of the indirect effect",
  builder: (yargs) =>
    withOutputOptions(
      yargs
        .positional("file", {
          type: "string",
          demandOption: true,
          describe:
            "CSV file with a header row (comma, semicolon or tab; rows with missing values are left out unless imputed)",
        })
        .option("x", textFlag("x", "column of the predictor X"))
        .option("m", textFlag("m", "column of the mediator M"))
        .option("y", textFlag("y", "column of the outcome Y"))
        .option("covariates", repeatedFlag("columns to adjust for in both equations, separated by commas"))
        .option("cluster", textFlag("cluster", "column of the clients' teams, numbers or text"))
        .option(
          "estimator",
          textFlag("estimator", `${ESTIMATOR_NAMES.join(", ")} (default: cr2 with --cluster, ols without)`),
        )
        .option("method", textFlag("method", "of mixed models: reml or ml (default: reml)"))
        .option("manager", textFlag("manager", "of mixed models: column of case managers, nested in teams"))
        .option("missing", textFlag("missing", "missing values: listwise or imputation (default: listwise)"))
        .option("imputations", textFlag("imputations", "imputed data sets (default: 20)"))
        .option("iterations", textFlag("iterations", "rounds of chained equations per data set (default: 10)"))
        .option(
          "imputation-method",
          textFlag("imputation-method", "normal or pmm (default: normal; columns of 0 and 1 are always logistic)"),
        )
        .option(
          "reciprocal",
          repeatedFlag("earlier outcome: does it predict M beyond X and the covariates? (hierarchical regression)"),
        )
        .option(
          "waves",
          textFlag(
            "waves",
            'instead of --x --m --y, a cross-lagged panel: X, M, Y of each wave, "x1,m1,y1;x2,m2,y2"; takes --covariates, ' +
              "--cluster, --estimator (not withinBetween), --missing. Its paths mix differences between clients that last " +
              "with change within them",
          ),
        )
        .option(
          "tests",
          textFlag(
            "tests",
            `tests, separated by commas: ${ANALYSIS_TEST_NAMES.join(", ")} (default: all but aroian, goodman; ` +
              "with --cluster its bootstrap replaces those of cases)",
          ),
        )
        .option("level", textFlag("level", "confidence level in (0, 1) (default: 0.95)"))
        .option("resamples", textFlag("resamples", "bootstrap resamples (default: 5000)"))
        .option("draws", textFlag("draws", "draws of the Monte-Carlo interval (default: 20000)"))
        .option("seed", seedOption)
        .option("out", textFlag("out", "write to this new file instead of the terminal")),
    )
      .example("$0 analyze study.csv --x fidelity --m alliance --y qol", "all tests at 95 %")
      .example(
        "$0 analyze study.csv --x fidelity --m alliance --y qol --covariates age,gender --tests sobel,bcaBootstrap --json",
        "with covariates, two tests, as JSON",
      )
      .example(
        "$0 analyze study.csv --x fidelity --m alliance --y qol --cluster team",
        "clients of one team are alike: cluster-robust errors and tests",
      )
      .example(
        "$0 analyze study.csv --x fidelity --m alliance --y qol --missing imputation --imputations 40",
        "multiple imputation, paths pooled by Rubin's rules; with --cluster it keeps teams alike",
      )
      .example(
        '$0 analyze study.csv --waves "fid1,rpr1,qol1;fid2,rpr2,qol2;fid3,rpr3,qol3"',
        "cross-lagged panel with lagged indirect effects",
      )
      .example(
        '$0 analyze study.csv --waves "fid1,rpr1,qol1;fid2,rpr2,qol2" --cluster team --missing imputation',
        "the same with teams, missing values imputed",
      ) as never,
  handler: async (argv) => {
    const { runAnalysis } = await import("../runAnalysis.ts");
    runAnalysis(argv);
  },
};
