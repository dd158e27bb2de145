import { exp } from "../../sim/numerics/elementary.ts";
import { gaussLegendre } from "../../sim/numerics/quadrature.ts";
import { normalPdf } from "../../sim/numerics/normal.ts";
import { findRoot } from "../../sim/numerics/roots.ts";
import type { Key } from "../../sim/random/address.ts";
import { fillUniforms } from "../../sim/random/fill.ts";
import type { MissingValues, PathParameters } from "../scenario/types.ts";
import { WHAT } from "../what.ts";

/** The distribution of an observed variable: a mixture of normals with one standard deviation. */
export type Marginal = {
  readonly parts: readonly { readonly weight: number; readonly mean: number }[];
  readonly sd: number;
};

/** Observed X, M and Y of one occasion. */
export type Occasion = readonly [x: Float64Array, m: Float64Array, y: Float64Array];

const VARIABLES = ["x", "m", "y"] as const;

/** Why values cannot be missing in this way, in words, or null. */
export function missingProblem({ missing, waves }: Pick<PathParameters, "missing" | "waves">): string | null {
  const { mechanism, on, dropout } = missing;
  if (dropout > 0 && waves.count === 0)
    return `missing.dropout = ${dropout} needs waves that clients can leave before, but waves.count is 0; set waves.count, or missing.y`;
  const some = dropout > 0 || VARIABLES.some((name) => missing[name] > 0);
  if (mechanism === "mar" && some && missing[on] > 0)
    return `missing.${on} = ${missing[on]}, but under mar missing values depend on ${on.toUpperCase()} (missing.on), which must then be complete; set it to 0 or name another variable`;
  return null;
}

/** Whether a study can have missing values. */
export function hasMissing({ x, m, y, dropout }: MissingValues): boolean {
  return x > 0 || m > 0 || y > 0 || dropout > 0;
}

/**
 * Takes values out of a study: NaN where one is missing. A value of variable v is missing with probability
 *
 *   expit(α + slope · z),  z = (u − mean)/SD,
 *
 * where u is nothing (mcar), the client's value of `on` at the same wave (mar) or v itself (mnar), all as observed, and α is
 * set so that the expected share is the one asked for. A client leaves before wave t ≥ 1 with the probability `dropout`, by
 * u = `on` at wave t − 1 (mar) or t (mnar), and is missing from then on. Draws are addressed by client, variable and wave:
 * with a larger share the same values are missing and more. Shares hold exactly in expectation for normal residuals; selective
 * dropout changes who is left, so that later dropout is near the share.
 *
 * @param marginals of observed X, M and Y at every wave: marginals[t][v]
 * @returns a function that changes the columns of all waves in place
 */
export function createBlanker(
  missing: MissingValues,
  marginals: readonly (readonly [Marginal, Marginal, Marginal])[],
  n: number,
): (waves: readonly Occasion[], key: Key) => void {
  const { mechanism, on, slope, dropout } = missing;
  const onIndex = VARIABLES.indexOf(on);
  const luck = new Float64Array(n);
  const gone = new Uint8Array(n);
  const rules = marginals.map((_, t) => ({
    values: VARIABLES.map((name, v) => ruleFor(missing[name], mechanism === "mnar" ? v : onIndex, t)),
    leaving: t === 0 ? null : ruleFor(dropout, onIndex, mechanism === "mnar" ? t : t - 1),
  }));

  function ruleFor(share: number, variable: number, wave: number): MissingRule | null {
    if (share === 0) return null;
    const marginal = marginals[wave][variable];
    if (mechanism === "mcar") return { share, wave, variable };
    const [mean, sd] = momentsOf(marginal);
    return { share, wave, variable, intercept: interceptFor(share, slope, marginal), mean, sd };
  }

  return (waves, key) => {
    // What a rule looks at is still there: `on` is complete, and a value decides before it is taken out. Of a client who left it
    // may be gone (z is NaN, the comparison false), but so is all else.
    const isLost = (rule: MissingRule, i: number) => {
      if (!("intercept" in rule)) return luck[i] < rule.share;
      const z = (waves[rule.wave][rule.variable][i] - rule.mean) / rule.sd;
      return luck[i] < 1 / (1 + exp(-(rule.intercept + slope * z)));
    };
    gone.fill(0);
    for (const [t, columns] of waves.entries()) {
      const { leaving, values } = rules[t];
      if (leaving !== null) {
        fillUniforms(luck, key, WHAT.waveDropout, t);
        for (let i = 0; i < n; i++) if (isLost(leaving, i)) gone[i] = 1;
      }
      for (const [v, column] of columns.entries()) {
        const rule = values[v];
        if (rule !== null) {
          fillUniforms(luck, key, WHAT.valueMissing, 3 * t + v);
          for (let i = 0; i < n; i++) if (isLost(rule, i)) column[i] = Number.NaN;
        }
        if (dropout > 0) for (let i = 0; i < n; i++) if (gone[i] === 1) column[i] = Number.NaN;
      }
    }
  };
}

/** When a value is missing: at random, or by z of a column. */
type MissingRule = { readonly share: number; readonly wave: number; readonly variable: number } & (
  | object
  | { readonly intercept: number; readonly mean: number; readonly sd: number }
);

function momentsOf({ parts, sd }: Marginal): readonly [mean: number, sd: number] {
  const mean = parts.reduce((sum, part) => sum + part.weight * part.mean, 0);
  const between = parts.reduce((sum, part) => sum + part.weight * (part.mean - mean) * (part.mean - mean), 0);
  return [mean, Math.sqrt(between + sd * sd)];
}

/** Beyond so many SD a normal variable has 1e-17 of its mass. */
const REACH = 8.5;
const RULE = gaussLegendre(96);

/**
 * α with E[expit(α + slope·z)] = share over the variable's distribution.
 *
 * @param share in (0, 1)
 */
export function interceptFor(share: number, slope: number, marginal: Marginal): number {
  const [mean, sd] = momentsOf(marginal);
  const expected = (alpha: number) => {
    let sum = 0;
    for (const part of marginal.parts)
      for (let k = 0; k < RULE.nodes.length; k++) {
        const u = REACH * RULE.nodes[k];
        const z = (part.mean + marginal.sd * u - mean) / sd;
        sum += (part.weight * REACH * RULE.weights[k] * normalPdf(u)) / (1 + exp(-(alpha + slope * z)));
      }
    return sum;
  };
  const widest = 40 + 10 * Math.abs(slope);
  return findRoot((alpha) => expected(alpha) - share, -widest, widest, 1e-12);
}
