import { z } from "zod";
import { COST_PARAMETERS } from "../costs/parameters.ts";
import { PARAMETERS } from "../service/parameters.ts";
import { STUDY_PARAMETERS } from "../study/parameters.ts";
import { registrySchema } from "./registrySchema.ts";
import { ESTIMATOR_NAMES, LAGS, MECHANISMS, POWER_TESTS } from "./types.ts";

/**
 * What is said of one value of a scenario beside its type: `rule` completes "paths.a must be …" in an error,
 * `wayOut` says what to write instead, `unit` is the unit an annotation may carry ("" for any text: the coefficient's own).
 */
export type ValueNotes = {
  readonly description: string;
  readonly rule: string;
  readonly wayOut?: string;
  readonly unit?: string;
  /** Where a default comes from. */
  readonly source?: string;
};

export const MAX_CLIENTS = 1_000_000_000;
export const MAX_REPLICATIONS = 1_000_000_000;
export const MAX_RESAMPLES = 10_000_000;
export const MAX_COVARIATES = 1_000;
export const MAX_TEAMS = 100_000;
export const MAX_MANAGERS = 1_000;
export const MAX_WAVES = 100;
export const MAX_IMPUTATIONS = 1_000;

const text = (notes: ValueNotes) => z.string().max(2_000).meta(notes);

const coefficient = (description: string) =>
  z.number().gte(-1e6).lte(1e6).meta({ description, rule: "a number between -1,000,000 and 1,000,000", unit: "" });

const positive = (description: string) =>
  z
    .number()
    .gt(0)
    .lte(1e6)
    .meta({ description, rule: "above 0 (and at most 1,000,000)", wayOut: "1 is the usual choice", unit: "" });

const rSquared = (description: string) =>
  z.number().gte(0).lt(1).meta({ description, rule: "in [0, 1)", wayOut: "it is a share of variance", unit: "1" });

const reliability = (description: string) =>
  z.number().gt(0).lte(1).meta({ description, rule: "in (0, 1]", wayOut: "1 means measured without error", unit: "1" });

const skew = (description: string) =>
  z.number().gte(-2).lte(2).meta({ description, rule: "in [-2, 2]", wayOut: "0 is a normal distribution", unit: "1" });

const icc = (description: string) =>
  z
    .number()
    .gte(0)
    .lt(1)
    .meta({ description, rule: "in [0, 1)", wayOut: "0 means that clients of a team are not alike", unit: "1" });

const stability = (description: string) =>
  z
    .number()
    .gte(0)
    .lte(1)
    .meta({ description, rule: "in [0, 1]", wayOut: "0.5 is a moderate stability", unit: "1" })
    .default(0.5);

const shareMissing = (description: string) =>
  z
    .number()
    .gte(0)
    .lt(1)
    .meta({ description, rule: "in [0, 1)", wayOut: "0 means none, 0.2 means 20 %", unit: "1" })
    .default(0);

const choice = <const Names extends readonly [string, ...string[]]>(description: string, names: Names) =>
  z.enum(names).meta({ description, rule: `one of ${names.join(", ")}` });

const probability = (description: string, wayOut: string) =>
  z.number().gt(0).lt(1).meta({ description, rule: "between 0 and 1, both excluded", wayOut, unit: "1" });

const count = (description: string, least: number, most: number, unit: string) =>
  z
    .int()
    .gte(least)
    .lte(most)
    .meta({
      description,
      rule: `a whole number from ${least} to ${most.toLocaleString("en-US")}`,
      unit,
    });

const flag = (description: string) => z.boolean().meta({ description, rule: "true or false" });

const pathsSchema = z
  .strictObject({
    a: coefficient("Path a: X → M"),
    b: coefficient("Path b: M → Y, given X"),
    cPrime: coefficient("Path c′: X → Y, given M (the direct effect)").default(0),
    standardized: flag(
      "true: coefficients are standardized, total variances are 1 and the residual variances complete to it",
    ).default(false),
    x: z
      .discriminatedUnion("distribution", [
        z.strictObject({ distribution: z.literal("normal") }),
        z.strictObject({
          distribution: z.literal("binary"),
          share: probability("Share of clients with X = 1, fixed by design", "0.5 is an even allocation").default(0.5),
        }),
      ])
      .default({ distribution: "normal" })
      .meta({ description: "Distribution of the predictor X: normal(0, 1), or binary 0/1" }),
    residualSd: z
      .strictObject({
        m: positive("Residual standard deviation of M, given X and covariates").default(1),
        y: positive("Residual standard deviation of Y, given X, M and covariates").default(1),
      })
      .prefault({})
      .meta({ description: "Residual standard deviations, for raw coefficients only" }),
    covariates: z
      .strictObject({
        n: count("Covariates in both equations, independent of X", 0, MAX_COVARIATES, "covariates").default(0),
        rSquaredM: rSquared("R² of M on the covariates alone").default(0),
        rSquaredY: rSquared("R² of Y on the covariates alone, directly and through M").default(0),
      })
      .prefault({})
      .meta({ description: "Covariates" }),
    reliability: z
      .strictObject({
        x: reliability("Reliability of the measured X").default(1),
        m: reliability("Reliability of the measured M").default(1),
        y: reliability("Reliability of the measured Y").default(1),
      })
      .prefault({})
      .meta({ description: "Share of the observed variance that is true variance" }),
    residualSkew: z
      .strictObject({
        m: skew("Skewness of the residual of M").default(0),
        y: skew("Skewness of the residual of Y").default(0),
      })
      .prefault({})
      .meta({ description: "Skewness of the residuals (0: normal)" }),
    teams: z
      .strictObject({
        count: count("Teams that clients belong to; 0: none", 0, MAX_TEAMS, "teams").default(0),
        sizeCv: z
          .number()
          .gte(0)
          .lte(2)
          .meta({
            description: "Coefficient of variation of team sizes, drawn anew in every study; 0: equal sizes",
            rule: "in [0, 2]",
            wayOut: "0.3 to 0.6 is usual",
            unit: "1",
          })
          .default(0),
        managers: count(
          "Case managers in each team, who share its clients evenly; 0: none",
          0,
          MAX_MANAGERS,
          "managers",
        ).default(0),
        iccM: icc("Share of M's residual variance between teams, given X and covariates").default(0),
        iccY: icc("Share of Y's residual variance between teams, given X, M and covariates").default(0),
        managerIccM: icc("Share of M's residual variance between the case managers of a team").default(0),
        managerIccY: icc("Share of Y's residual variance between the case managers of a team").default(0),
        xBetween: z
          .number()
          .gte(0)
          .lte(1)
          .meta({
            description: "Share of X's variance between teams",
            rule: "in [0, 1]",
            wayOut: "1 means that X belongs to the team",
            unit: "1",
          })
          .default(0),
        bBetween: coefficient("Path b between teams, where it is not b, which is then that within teams").optional(),
      })
      .prefault({})
      .meta({ description: "Clients in teams" }),
    waves: z
      .strictObject({
        count: count(
          "Waves of X, M and Y, each depending on the one before; 0: one occasion",
          0,
          MAX_WAVES,
          "waves",
        ).default(0),
        stability: z
          .strictObject({
            x: stability("Slope of X on X a wave earlier; 1: X does not change"),
            m: stability("Slope of M on M a wave earlier"),
            y: stability("Slope of Y on Y a wave earlier"),
          })
          .prefault({})
          .meta({ description: "Autoregressions" }),
        yOnM: coefficient("Slope of M on Y a wave earlier (outcomes strengthen the alliance)").default(0),
        mOnX: coefficient("Slope of X on M a wave earlier").default(0),
        yOnX: coefficient("Slope of X on Y a wave earlier").default(0),
      })
      .prefault({})
      .meta({ description: "A panel: a, b and cPrime act from one wave to the next" }),
    missing: z
      .strictObject({
        mechanism: choice(
          "What a missing value depends on: nothing, another variable, the value itself",
          MECHANISMS,
        ).default("mcar"),
        on: choice("Variable that missing values depend on under mar, and dropout under mnar", ["x", "m", "y"]).default(
          "x",
        ),
        slope: z
          .number()
          .gte(-10)
          .lte(10)
          .meta({
            description: "Log odds of a missing value per standard deviation of what it depends on",
            rule: "in [-10, 10]",
            wayOut: "1 is a strong dependence",
            unit: "",
          })
          .default(1),
        x: shareMissing("Expected share of clients without X"),
        m: shareMissing("Expected share of clients without M"),
        y: shareMissing("Expected share of clients without Y"),
        dropout: shareMissing("Expected share of the clients left who drop out before each wave from the second on"),
      })
      .prefault({})
      .meta({ description: "Values that the study fails to observe (at every wave of a panel)" }),
  })
  .meta({ description: "The path model X → M → Y" });

const columnName = (description: string) =>
  z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]{0,31}$/)
    .meta({ description, rule: "the name of a column of the study's wide data, like qoli9" });

const covariateNames = (description: string) =>
  z.array(columnName("A covariate of both equations")).meta({ description });

/** The columns of one mediation model; what is left out is that of the analysis. */
const modelSchema = z.strictObject({
  label: text({ description: "A name for people", rule: "text" }).optional(),
  x: columnName("Predictor X").optional(),
  m: columnName("Mediator M").optional(),
  y: columnName("Outcome Y").optional(),
  covariates: covariateNames("Covariates beside those of the analysis").optional(),
});

const analysisSchema = z
  .strictObject({
    x: columnName("Predictor X of an observed study").optional(),
    m: columnName("Mediator M of an observed study").optional(),
    y: columnName("Outcome Y of an observed study").optional(),
    covariates: covariateNames("Covariates of every model of an observed study").optional(),
    models: z
      .array(modelSchema)
      .min(1)
      .meta({ description: "Mediation models of an observed study, all on the same studies" })
      .optional(),
    tests: z
      .array(z.enum(POWER_TESTS).meta({ description: "Test of the indirect effect ab", rule: "the name of a test" }))
      .min(1)
      .default(["jointSignificance", "sobel", "monteCarlo", "percentileBootstrap"])
      .meta({ description: "Tests of the indirect effect ab, all on the same replications" }),
    estimators: z
      .array(z.enum(ESTIMATOR_NAMES).meta({ description: "Estimator of the paths", rule: "the name of an estimator" }))
      .min(1)
      .default(["ols"])
      .meta({
        description:
          "Estimators of the paths that every normal-theory test is applied to; ols, ordinary regression, is always among them",
      }),
    level: probability("Confidence level; tests reject at 1 − level, two-sided", "95 % is 0.95").default(0.95),
    bootstrap: z
      .strictObject({
        resamples: count("Bootstrap resamples", 1, MAX_RESAMPLES, "resamples").default(5_000),
        curtail: flag("true: stop resampling once the full number can no longer change the decision").default(true),
      })
      .prefault({})
      .meta({ description: "Bootstrap tests" }),
    imputation: z
      .strictObject({
        count: count("Completed data sets", 2, MAX_IMPUTATIONS, "data sets").default(20),
        iterations: count(
          "Rounds of chained equations before a data set is taken",
          1,
          MAX_IMPUTATIONS,
          "rounds",
        ).default(10),
        method: choice("How values of columns with other values than 0 and 1 are drawn", ["normal", "pmm"]).default(
          "normal",
        ),
      })
      .prefault({})
      .meta({ description: "Multiple imputation, by the estimators imputed, imputedCr2 and imputedMixed" }),
    lags: choice(
      "Which paths of a panel a and b are: of the first indirect effect, or of all intervals together, taken to be equal",
      LAGS,
    ).default("first"),
  })
  .meta({ description: "How each simulated study is analysed" });

const calibrationSchema = z
  .strictObject({
    free: z
      .record(z.string(), z.array(z.number()).length(2))
      .prefault({})
      .meta({ description: "Parameter → [lowest, highest] value that `calibrate --fit` tries" }),
    replications: count(
      "Simulated studies that calibrate compares with the published one",
      2,
      1_000_000,
      "replications",
    ).default(1_000),
  })
  .meta({ description: "How the scenario is calibrated" });

/** A key figure of the scenario's own. */
export const ownKpiSchema = z
  .strictObject({
    formula: text({ description: "Formula over the names of built-in key figures", rule: "text" }),
    label: text({ description: "A name for people; the key figure's own name if left out", rule: "text" }).optional(),
    unit: text({ description: "Unit; share for a number from 0 to 1", rule: "text" }).default(""),
    better: choice("Which way is better", ["higher", "lower", "none"]).default("none"),
    headline: flag("true: it stands on the first page of a comparison").default(false),
  })
  .meta({ description: "A key figure of the scenario's own" });

/** The sample size N, which is a factor of every power study. */
export const nClientsSchema = count("Clients in one study, N", 1, MAX_CLIENTS, "clients");

const powerSchema = z
  .strictObject({
    grid: z
      .record(z.string(), z.array(z.number()).min(1))
      .prefault({})
      .meta({ description: "Factor → value, list or sweep start:step:stop; every combination is one condition" }),
    conditions: z
      .array(z.object({ label: z.string().max(200).optional() }).catchall(z.number()))
      .default([])
      .meta({ description: "Conditions listed one by one, each crossed with the grid; label: a name for people" }),
    replications: count("Simulated studies per condition", 1, MAX_REPLICATIONS, "replications").default(1_000),
    target: probability("Power that a sample size is sought for", "80 % is 0.8").default(0.8),
  })
  .meta({ description: "The power study" });

/**
 * A scenario file as it is written, once `extends`, annotations, formulas and sweeps are resolved: the one source of
 * keys, bounds, defaults and of the JSON Schema. Unknown keys are refused at every level.
 */
export const scenarioFileSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)
    .meta({
      description: "Name of the scenario; the file's own name if left out",
      rule: "letters, digits, dots, dashes and underscores, at most 100",
      wayOut: "put the words for people into title",
    }),
  title: text({ description: "One line for people", rule: "text of at most 2,000 characters" }).default(""),
  source: text({ description: "Where the numbers come from", rule: "text of at most 2,000 characters" }).default(""),
  seed: z
    .string()
    .min(1)
    .max(200)
    .meta({ description: "Seed of all random numbers; the name if left out", rule: "text of 1 to 200 characters" })
    .optional(),
  extends: z
    .string()
    .min(1)
    .max(1_000)
    .meta({
      description: "Another scenario, bundled name or path; this file then holds only what changes",
      rule: "text",
    })
    .optional(),
  paths: pathsSchema.optional(),
  service: registrySchema(PARAMETERS, "The service, played out agent by agent").optional(),
  study: registrySchema(STUDY_PARAMETERS, "The study that observes the service").optional(),
  costs: registrySchema(COST_PARAMETERS, "Prices; without this section there are no costs").optional(),
  kpis: z
    .record(z.string(), ownKpiSchema)
    .optional()
    .meta({ description: "Key figures of the scenario's own: name → formula over the built-in ones" }),
  analysis: analysisSchema.prefault({}),
  calibration: calibrationSchema.optional(),
  power: powerSchema,
});

/** What the schema gives back: every default filled in. */
export type ScenarioFile = z.output<typeof scenarioFileSchema>;
