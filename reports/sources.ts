import { partsOf, type RateName } from "../models/decisionNames.ts";
import type { OtherEstimator, PowerTest } from "../models/scenario/types.ts";

/** A work that the method rests on: how it is cited in a sentence, and in full. */
export type Source = { readonly cite: string; readonly full: string };

const SOURCES = {
  fritz2007: {
    cite: "Fritz & MacKinnon, 2007",
    full: "Fritz, M. S., & MacKinnon, D. P. (2007). Required sample size to detect the mediated effect. Psychological Science, 18(3), 233–239. doi:10.1111/j.1467-9280.2007.01882.x",
  },
  mackinnon2002: {
    cite: "MacKinnon et al., 2002",
    full: "MacKinnon, D. P., Lockwood, C. M., Hoffman, J. M., West, S. G., & Sheets, V. (2002). A comparison of methods to test mediation and other intervening variable effects. Psychological Methods, 7(1), 83–104. doi:10.1037/1082-989X.7.1.83",
  },
  mackinnon2004: {
    cite: "MacKinnon, Lockwood & Williams, 2004",
    full: "MacKinnon, D. P., Lockwood, C. M., & Williams, J. (2004). Confidence limits for the indirect effect: distribution of the product and resampling methods. Multivariate Behavioral Research, 39(1), 99–128. doi:10.1207/s15327906mbr3901_4",
  },
  prodclin2007: {
    cite: "MacKinnon, Fritz, Williams & Lockwood, 2007",
    full: "MacKinnon, D. P., Fritz, M. S., Williams, J., & Lockwood, C. M. (2007). Distribution of the product confidence limits for the indirect effect: program PRODCLIN. Behavior Research Methods, 39(3), 384–389. doi:10.3758/BF03193007",
  },
  sobel1982: {
    cite: "Sobel, 1982",
    full: "Sobel, M. E. (1982). Asymptotic confidence intervals for indirect effects in structural equation models. Sociological Methodology, 13, 290–312. doi:10.2307/270723",
  },
  aroian1947: {
    cite: "Aroian, 1947",
    full: "Aroian, L. A. (1947). The probability function of the product of two normally distributed variables. The Annals of Mathematical Statistics, 18(2), 265–271. doi:10.1214/aoms/1177730442",
  },
  goodman1960: {
    cite: "Goodman, 1960",
    full: "Goodman, L. A. (1960). On the exact variance of products. Journal of the American Statistical Association, 55(292), 708–713. doi:10.1080/01621459.1960.10483369",
  },
  efron1987: {
    cite: "Efron, 1987",
    full: "Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American Statistical Association, 82(397), 171–185. doi:10.1080/01621459.1987.10478410",
  },
  fritz2012: {
    cite: "Fritz, Taylor & MacKinnon, 2012",
    full: "Fritz, M. S., Taylor, A. B., & MacKinnon, D. P. (2012). Explanation of two anomalous results in statistical mediation analysis. Multivariate Behavioral Research, 47(1), 61–87. doi:10.1080/00273171.2012.640596",
  },
  morris2019: {
    cite: "Morris, White & Crowther, 2019",
    full: "Morris, T. P., White, I. R., & Crowther, M. J. (2019). Using simulation studies to evaluate statistical methods. Statistics in Medicine, 38(11), 2074–2102. doi:10.1002/sim.8086",
  },
  monks2019: {
    cite: "Monks et al., 2019",
    full: "Monks, T., Currie, C. S. M., Onggo, B. S., Robinson, S., Kunc, M., & Taylor, S. J. E. (2019). Strengthening the reporting of empirical simulation studies: introducing the STRESS guidelines. Journal of Simulation, 13(1), 55–67. doi:10.1080/17477778.2018.1442155",
  },
  salmon2011: {
    cite: "Salmon et al., 2011",
    full: "Salmon, J. K., Moraes, M. A., Dror, R. O., & Shaw, D. E. (2011). Parallel random numbers: as easy as 1, 2, 3. Proceedings of SC11. doi:10.1145/2063384.2063405",
  },
  wilson1927: {
    cite: "Wilson, 1927",
    full: "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the American Statistical Association, 22(158), 209–212. doi:10.1080/01621459.1927.10502953",
  },
  longervin2000: {
    cite: "Long & Ervin, 2000",
    full: "Long, J. S., & Ervin, L. H. (2000). Using heteroscedasticity consistent standard errors in the linear regression model. The American Statistician, 54(3), 217–224. doi:10.1080/00031305.2000.10474549",
  },
  liang1986: {
    cite: "Liang & Zeger, 1986",
    full: "Liang, K.-Y., & Zeger, S. L. (1986). Longitudinal data analysis using generalized linear models. Biometrika, 73(1), 13–22. doi:10.1093/biomet/73.1.13",
  },
  pustejovsky2018: {
    cite: "Pustejovsky & Tipton, 2018",
    full: "Pustejovsky, J. E., & Tipton, E. (2018). Small-sample methods for cluster-robust variance estimation and hypothesis testing in fixed effects models. Journal of Business & Economic Statistics, 36(4), 672–683. doi:10.1080/07350015.2016.1247004",
  },
  kuznetsova2017: {
    cite: "Kuznetsova, Brockhoff & Christensen, 2017",
    full: "Kuznetsova, A., Brockhoff, P. B., & Christensen, R. H. B. (2017). lmerTest package: tests in linear mixed effects models. Journal of Statistical Software, 82(13), 1–26. doi:10.18637/jss.v082.i13",
  },
  zhang2009: {
    cite: "Zhang, Zyphur & Preacher, 2009",
    full: "Zhang, Z., Zyphur, M. J., & Preacher, K. J. (2009). Testing multilevel mediation using hierarchical linear models: problems and solutions. Organizational Research Methods, 12(4), 695–719. doi:10.1177/1094428108327450",
  },
  vanbuuren2011: {
    cite: "van Buuren & Groothuis-Oudshoorn, 2011",
    full: "van Buuren, S., & Groothuis-Oudshoorn, K. (2011). mice: Multivariate imputation by chained equations in R. Journal of Statistical Software, 45(3), 1–67. doi:10.18637/jss.v045.i03",
  },
  cole2003: {
    cite: "Cole & Maxwell, 2003",
    full: "Cole, D. A., & Maxwell, S. E. (2003). Testing mediational models with longitudinal data: questions and tips in the use of structural equation modeling. Journal of Abnormal Psychology, 112(4), 558–577. doi:10.1037/0021-843X.112.4.558",
  },
  field2007: {
    cite: "Field & Welsh, 2007",
    full: "Field, C. A., & Welsh, A. H. (2007). Bootstrapping clustered data. Journal of the Royal Statistical Society: Series B, 69(3), 369–390. doi:10.1111/j.1467-9868.2007.00593.x",
  },
} as const satisfies Record<string, Source>;

export type SourceKey = keyof typeof SOURCES;

const TEST_SOURCES: Readonly<Record<PowerTest, SourceKey>> = {
  jointSignificance: "mackinnon2002",
  sobel: "sobel1982",
  aroian: "aroian1947",
  goodman: "goodman1960",
  monteCarlo: "mackinnon2004",
  productDistribution: "prodclin2007",
  percentileBootstrap: "mackinnon2004",
  biasCorrectedBootstrap: "mackinnon2004",
  bcaBootstrap: "efron1987",
  clusterBootstrap: "field2007",
};

const ESTIMATOR_SOURCES: Readonly<Record<OtherEstimator, SourceKey>> = {
  hc3: "longervin2000",
  cr1s: "liang1986",
  cr2: "pustejovsky2018",
  mixed: "kuznetsova2017",
  mixedManagers: "kuznetsova2017",
  withinBetween: "zhang2009",
  imputed: "vanbuuren2011",
  imputedCr2: "vanbuuren2011",
  imputedMixed: "vanbuuren2011",
};

/** "MacKinnon et al., 2002", for brackets in a sentence. */
export function cite(key: SourceKey): string {
  return SOURCES[key].cite;
}

export function citeTest(test: PowerTest): string {
  return cite(TEST_SOURCES[test]);
}

export function citeEstimator(estimator: OtherEstimator): string {
  return cite(ESTIMATOR_SOURCES[estimator]);
}

/** The full references of a power run with these tests, in alphabetical order. */
export function references(tests: readonly RateName[]): string[] {
  const keys = new Set<SourceKey>([
    "fritz2007",
    "mackinnon2002",
    "morris2019",
    "monks2019",
    "salmon2011",
    "wilson1927",
  ]);
  for (const { test, estimator } of tests.map(partsOf)) {
    keys.add(TEST_SOURCES[test as PowerTest]);
    if (estimator !== "ols") keys.add(ESTIMATOR_SOURCES[estimator]);
  }
  if (overRejects(tests)) keys.add("fritz2012");
  return [...keys].map((key) => SOURCES[key].full).sort();
}

/** True when a test is among them that rejects a true ab = 0 too often. */
export function overRejects(tests: readonly RateName[]): boolean {
  return tests.includes("biasCorrectedBootstrap") || tests.includes("bcaBootstrap");
}
