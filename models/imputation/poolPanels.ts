import type {
  CrossLagged,
  LagEquation,
  LagFailure,
  LaggedIndirect,
  NoLaggedIndirect,
} from "../estimators/panel/types.ts";
import type { PathFit } from "../estimators/types.ts";
import { poolPaths } from "./pool.ts";
import { meanOf, pooledCoefficient, poolParts } from "./poolStudies.ts";

/**
 * One panel from its imputed data sets: every coefficient by Rubin's rules with the degrees of freedom of Barnard and Rubin
 * (the complete-data df is the data sets' mean); everything without a standard error, R² among it, as their mean. What has no
 * estimates in some data set has none.
 *
 * The correlation of a and b is that of Rubin's total covariance: the data sets' mean covariance and (1 + 1/m) times that of
 * the estimates between data sets. Imputed values make it differ from 0 in a sequential design as well.
 *
 * @param panels m ≥ 2, of the same columns and estimator
 * @param level  confidence level in (0, 1)
 * @source  Rubin (1987), ch. 3; Barnard & Rubin (1999), doi:10.1093/biomet/86.4.948
 */
export function poolPanels(panels: readonly CrossLagged[], level: number): CrossLagged {
  const [first] = panels;
  return {
    ...first,
    equations: first.equations.map((wave, from) =>
      wave.map((_, variable) => {
        const each = panels.map(({ equations }) => equations[from][variable]);
        return allOk<LagEquation, LagFailure>(each, (equations) => poolEquations(equations, level));
      }),
    ),
    indirect: first.indirect.map((_, index) => {
      const each = panels.map(({ indirect }) => indirect[index]);
      return allOk<LaggedIndirect, NoLaggedIndirect>(each, poolIndirect);
    }),
  };
}

/** The first failure, or what is made of the successes. */
function allOk<Success extends { readonly ok: true }, Failure extends { readonly ok: false }>(
  each: readonly (Success | Failure)[],
  make: (successes: readonly Success[]) => Success,
): Success | Failure {
  const failed = each.find((one): one is Failure => !one.ok);
  return failed ?? make(each.filter((one): one is Success => one.ok));
}

function poolEquations(equations: readonly LagEquation[], level: number): LagEquation {
  const [first] = equations;
  const pooled = (name: "lags" | "covariates") =>
    first[name].map((_, index) =>
      pooledCoefficient(
        equations.map((equation) => equation[name][index]),
        level,
      ),
    );
  return {
    ...first,
    ...meanOf(equations, ["intercept", "rSquared", "residualVariance"]),
    lags: pooled("lags"),
    covariates: pooled("covariates"),
    mixed: first.mixed && poolParts(equations.flatMap(({ mixed }) => mixed ?? [])),
  };
}

function poolIndirect(each: readonly LaggedIndirect[]): LaggedIndirect {
  const [first] = each;
  const { a, b, paths } = poolPaths(each.map((one) => one.paths));
  return {
    ...first,
    estimate: paths.a * paths.b,
    paths,
    correlation: pooledCorrelation(each, paths),
    fractionMissing: { a: a.fractionMissing, b: b.fractionMissing },
  };
}

function pooledCorrelation(each: readonly LaggedIndirect[], { a, b, seA, seB }: PathFit): number | null {
  const m = each.length;
  let covariance = 0;
  for (const { paths, correlation } of each) {
    if (correlation === null) return null;
    covariance += (correlation * paths.seA * paths.seB) / m;
    covariance += ((1 + 1 / m) * (paths.a - a) * (paths.b - b)) / (m - 1);
  }
  return covariance / (seA * seB);
}
