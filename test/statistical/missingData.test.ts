// Is listwise deletion as weak as theory says, and does imputation mend what it breaks?
import { describe, expect, it } from "vitest";
import { fitPaths } from "../../models/estimators/fitPaths.ts";
import { jointSignificance } from "../../models/estimators/jointSignificance.ts";
import type { StudyData } from "../../models/estimators/types.ts";
import { exactPower } from "../../models/exact/exactPower.ts";
import { crossSection } from "../../models/estimators/pathStudies.ts";
import { imputePaths } from "../../models/imputation/imputePaths.ts";
import { createStudyGenerator } from "../../models/paths/generateStudy.ts";
import { populationOf } from "../../models/paths/population.ts";
import { keyOf, uniformAt } from "../../sim/random/address.ts";
import { fillUniforms } from "../../sim/random/fill.ts";
import { normalCdf } from "../../sim/numerics/normal.ts";
import { productExcludesZero } from "../../sim/numerics/productNormal.ts";
import { pathsWith } from "../scenarioFixture.ts";
import { expectRate, expectWithin, LIMIT, seedFor } from "./expectStatistics.ts";

/** A stream that no part of the program uses. */
const BLANKS = 1_000_001;

const completeCases = ({ x, m, y }: StudyData) => crossSection([x, m, y], null).ofA;

describe("listwise deletion", () => {
  const paths = pathsWith({ standardized: true, a: 0.3, b: 0.3, cPrime: 0.1 });
  const R = 20_000;
  /** Rejection rates of joint significance, and of the Monte-Carlo interval (infinitely many draws) with ML standard errors. */
  const ratesOf = (n: number, blank: (study: StudyData, replication: number) => StudyData) => {
    const generate = createStudyGenerator(populationOf(paths), paths.residualSkew, n);
    let joint = 0;
    let monteCarlo = 0;
    for (let r = 0; r < R; r++) {
      const study = completeCases(blank(generate(keyOf(seedFor("listwise"), r)), r));
      const fit = fitPaths(study);
      if (fit === null) throw new Error("not fitted");
      if (jointSignificance(fit, 0.95).significant) joint++;
      // Maximum likelihood divides the residuals' squares by n, not by df.
      const zA = (fit.a / fit.seA) * Math.sqrt(study.n / fit.dfA);
      const zB = (fit.b / fit.seB) * Math.sqrt(study.n / fit.dfB);
      if (productExcludesZero(zA, zB, 0.05)) monteCarlo++;
    }
    return { joint: joint / R, monteCarlo: monteCarlo / R };
  };
  /** Blanks one variable in 30 of 100 cases: the alliance of the first, in random order of cases. */
  const thirtyOfHundred = (study: StudyData, replication: number): StudyData => {
    const luck = new Float64Array(100);
    fillUniforms(luck, keyOf(seedFor("blank"), replication), BLANKS, 0);
    const limit = luck.toSorted()[30];
    return { ...study, m: study.m.map((value, i) => (luck[i] < limit ? Number.NaN : value)) };
  };

  it("a = b = .3, c′ = .1, n = 100, one variable missing in 30 % of cases: power .501, that of n = 70", () => {
    const rates = ratesOf(100, thirtyOfHundred);
    // An independent value for the Monte-Carlo interval with maximum-likelihood standard errors, exact to its three digits.
    const truth = { truth: 0.501, mcse: Math.sqrt((0.501 * 0.499) / R) + 0.0005 / LIMIT };
    expectWithin(rates.monteCarlo, truth);
    const question = { nClients: 70, paths, analysis: { level: 0.95 } };
    expectRate(rates.joint, exactPower(question, "jointSignificance") ?? Number.NaN, R);
    expect(() => expectWithin(ratesOf(100, (study) => study).monteCarlo, truth)).toThrow("MCSE");
  });
});

describe("alliance missing where the outcome is high (missing at random)", () => {
  const [a, b, cPrime] = [0.4, 0.5, 0.1];
  const paths = pathsWith({ a, b, cPrime });
  const N = 150;
  const R = 500;
  const generate = createStudyGenerator(populationOf(paths), paths.residualSkew, N);
  const run = (estimate: (study: StudyData, replication: number) => { readonly a: number; readonly b: number }) => {
    const estimates = Array.from({ length: R }, (_, r) => {
      const key = keyOf(seedFor("missing at random"), r);
      const study = generate(key);
      const m = study.m.map((value, i) =>
        uniformAt(key, i, BLANKS, 0) < normalCdf(study.y[i] - 0.7) ? Number.NaN : value,
      );
      return estimate({ ...study, m }, r);
    });
    const summary = (pick: (fit: { readonly a: number; readonly b: number }) => number) => {
      const mean = estimates.reduce((sum, fit) => sum + pick(fit) / R, 0);
      const variance = estimates.reduce((sum, fit) => sum + (pick(fit) - mean) ** 2 / (R - 1), 0);
      return { mean, mcse: Math.sqrt(variance / R) };
    };
    return { a: summary((fit) => fit.a), b: summary((fit) => fit.b) };
  };

  it("imputed paths are without bias; the paths of complete cases are not", () => {
    const imputed = run((study, r) => {
      const options = { imputations: 5, iterations: 5 };
      const imputed = imputePaths({ data: study }, null, options, keyOf(seedFor("impute"), r), [fitPaths]);
      if (!imputed.ok || !imputed.results[0].ok) throw new Error("not imputed");
      return imputed.results[0].paths;
    });
    expectWithin(imputed.a.mean, { truth: a, mcse: imputed.a.mcse });
    expectWithin(imputed.b.mean, { truth: b, mcse: imputed.b.mcse });
    const listwise = run((study) => {
      const fit = fitPaths(completeCases(study));
      if (fit === null) throw new Error("not fitted");
      return fit;
    });
    expect(() => expectWithin(listwise.a.mean, { truth: a, mcse: listwise.a.mcse })).toThrow("MCSE");
    expect(() => expectWithin(listwise.b.mean, { truth: b, mcse: listwise.b.mcse })).toThrow("MCSE");
  });
});
