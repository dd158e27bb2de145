// What do the longitudinal estimators say where something cannot be estimated?
import { describe, expect, it } from "vitest";
import { crossLagged } from "../../models/estimators/crossLagged.ts";
import { describeLagFailure } from "../../models/estimators/panel/describeLagFailure.ts";
import { describeReciprocalFailure, reciprocal } from "../../models/estimators/reciprocal.ts";
import { keyOf, normalAt } from "../../sim/random/address.ts";

const n = 40;
const key = keyOf("longitudinal", 0);
const column = (what: number) => Float64Array.from({ length: n }, (_, i) => normalAt(key, i, what, 0));
const flat = new Float64Array(n).fill(3);

describe("reciprocal", () => {
  const [response, c0, c1, added] = [column(1), column(2), column(3), column(4)];
  it("names the column that makes it impossible", () => {
    const run = (parts: Partial<Parameters<typeof reciprocal>[0]>) =>
      reciprocal({ n, response, covariates: [c0, c1], added: [added], ...parts }, 0.95);
    expect(run({ covariates: [c0, flat] })).toEqual({
      ok: false,
      kind: "constant",
      column: { part: "covariates", index: 1 },
    });
    const sum = c0.map((value, i) => value - 2 * c1[i]);
    expect(run({ added: [added, sum] })).toEqual({ ok: false, kind: "collinear", column: { part: "added", index: 1 } });
    expect(run({ response: flat })).toEqual({ ok: false, kind: "constant", column: { part: "response", index: 0 } });
    expect(run({ response: sum })).toEqual({ ok: false, kind: "perfectFit", column: { part: "response", index: 0 } });
    const short = { n: 4, response: response.slice(0, 4), covariates: [c0, c1].map((c) => c.slice(0, 4)) };
    expect(run({ ...short, added: [added.slice(0, 4)] })).toEqual({ ok: false, kind: "tooFewCases", n: 4, needed: 5 });
  });

  it("one added column: F is its t squared; the unit of nothing matters", () => {
    const own = reciprocal({ n, response, covariates: [c0, c1], added: [added] }, 0.95);
    const scaled = reciprocal(
      { n, response: response.map((v) => 100 * v - 7), covariates: [c1, c0], added: [added.map((v) => v / 8)] },
      0.95,
    );
    if (!own.ok || !scaled.ok) throw new Error("not fitted");
    expect(own.f).toBeCloseTo(own.coefficients[0].t ** 2, 10);
    expect(scaled.deltaRSquared).toBeCloseTo(own.deltaRSquared, 12);
    expect(scaled.ci[1]).toBeCloseTo(own.ci[1], 10);
  });
});

describe("crossLagged", () => {
  const wave = (t: number) => [column(10 * t + 1), column(10 * t + 2), column(10 * t + 3)];
  const roles = { x: 0, m: 1, y: 2 };

  it("a team's fidelity that does not change has no equation, and takes no indirect effect with it", () => {
    const x = column(99);
    const waves = [1, 2, 3].map((t) => [x, ...wave(t).slice(1)]);
    const result = crossLagged({ n, waves, covariates: [] }, roles, 0.95);
    if (!result.ok) throw new Error(result.kind);
    expect(result.equations[0][0]).toEqual({ ok: false, kind: "perfectFit", column: { wave: 1, variable: 0 } });
    expect(result.equations[0][1].ok).toBe(true);
    expect(result.indirect[0].ok).toBe(true);
  });

  it("a constant predictor takes the equations of the next wave, and says so in the indirect effects that need them", () => {
    const waves = [wave(1), wave(2), [flat, ...wave(3).slice(1)], wave(4)];
    const result = crossLagged({ n, waves, covariates: [] }, roles, 0.95);
    if (!result.ok) throw new Error(result.kind);
    const because = { ok: false, kind: "constant", column: { wave: 2, variable: 0 } };
    expect(result.equations[1][0]).toEqual(because);
    expect(result.equations[2]).toEqual([because, because, because]);
    expect(result.indirect[0].ok).toBe(true);
    expect(result.indirect[1]).toEqual({ ok: false, wave: 1, because });
  });

  it("names a covariate, counts cases, refuses a panel that is none", () => {
    const doubled = wave(1)[0].map((value) => 2 * value);
    const result = crossLagged({ n, waves: [wave(1), wave(2)], covariates: [column(50), doubled] }, roles, 0.95);
    if (!result.ok) throw new Error(result.kind);
    expect(result.indirect).toEqual([
      { ok: false, wave: 0, because: { ok: false, kind: "collinear", column: { covariate: 1 } } },
    ]);
    const short = [wave(1), wave(2)].map((columns) => columns.map((c) => c.slice(0, 4)));
    expect(crossLagged({ n: 4, waves: short, covariates: [] }, roles, 0.95)).toEqual({
      ok: false,
      kind: "tooFewCases",
      n: 4,
      needed: 5,
    });
    expect(() => crossLagged({ n, waves: [wave(1)], covariates: [] }, roles, 0.95)).toThrow("two waves or more");
    expect(() => crossLagged({ n, waves: [wave(1), wave(2).slice(1)], covariates: [] }, roles, 0.95)).toThrow("3,2");
  });
});

describe("the failures in words", () => {
  it("reciprocal", () => {
    const names = { response: "alliance13", covariates: ["age", "site"], added: ["qol9"] };
    const say = (failure: Parameters<typeof describeReciprocalFailure>[0]) => describeReciprocalFailure(failure, names);
    expect(say({ ok: false, kind: "tooFewCases", n: 4, needed: 5 })).toBe(
      "4 complete cases are too few: this regression needs at least 5",
    );
    expect(say({ ok: false, kind: "constant", column: { part: "covariates", index: 1 } })).toBe("site takes 1 value");
    expect(say({ ok: false, kind: "collinear", column: { part: "added", index: 0 } })).toBe(
      "singular design matrix: qol9 is a linear combination of the predictors before it",
    );
    expect(say({ ok: false, kind: "perfectFit", column: { part: "response", index: 0 } })).toBe(
      "the predictors determine alliance13 exactly: with residuals of zero nothing can be tested",
    );
  });

  it("crossLagged", () => {
    const names = {
      waves: [
        ["x1", "m1"],
        ["x2", "m2"],
      ],
      covariates: ["age"],
    };
    const say = (failure: Parameters<typeof describeLagFailure>[0]) => describeLagFailure(failure, names);
    expect(say({ ok: false, kind: "tooFewCases", n: 4, needed: 5 })).toBe(
      "4 complete cases are too few: this panel needs at least 5",
    );
    expect(say({ ok: false, kind: "constant", column: { wave: 0, variable: 1 } })).toBe("m1 takes 1 value");
    expect(say({ ok: false, kind: "collinear", column: { covariate: 0 } })).toBe(
      "singular design matrix: age is a linear combination of the predictors before it",
    );
    expect(say({ ok: false, kind: "perfectFit", column: { wave: 1, variable: 0 } })).toBe(
      "the wave before determines x2 exactly: with residuals of zero nothing can be tested",
    );
  });
});
