import { describe, expect, it } from "vitest";
import { INSTRUMENTS, managerRating, measuredScore, onScale } from "../../models/study/instruments.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { keyOf, normalAt } from "../../sim/random/address.ts";
import { expectWithin } from "../statistical/expectStatistics.ts";
import { correlation, covariance, identities, mean } from "./fixture.ts";

const N = 40_000;
const key = keyOf("instruments", 0);
const z = identities(N).map((who) => normalAt(keyOf("truth", 0), who, 1, 0));
/** SE of a correlation; of its square by the delta method. */
const seOf = (r: number) => (1 - r * r) / Math.sqrt(N);

describe("an instrument", () => {
  // A truth in the middle of the scale, 4 SD from its ends: clipping takes less than 10⁻⁴.
  const p = studyParameters({
    instruments: { rprs: { trueSd: 9, reliability: 0.665 }, mcas: { trueSd: 7, reliability: 0.85 } },
  });
  const [rprs, later, mcas] = [
    identities(N).map((who) => measuredScore(key, who, "rprs", 4.5, 50 + 9 * z[who], p)),
    identities(N).map((who) => measuredScore(key, who, "rprs", 13.5, 50 + 9 * z[who], p)),
    identities(N).map((who) => measuredScore(key, who, "mcas", 9, 51 + 7 * z[who], p)),
  ];
  // Rounding to steps adds step²/12 to the variance.
  const rounded = (variance: number, step: number) => variance + (step * step) / 12;

  it.each([
    ["rprs", rprs, 9, 0.665, 100 / 72, 50],
    ["mcas", mcas, 7, 0.85, 1, 51],
  ] as const)("%s has the reliability, mean and variance that parameters say", (_, scores, sd, rho, step, centre) => {
    const variance = rounded((sd * sd) / rho, step);
    const reliability = (sd * sd) / variance;
    const r = correlation(scores, z);
    expectWithin(r * r, { truth: reliability, mcse: 2 * Math.sqrt(reliability) * seOf(Math.sqrt(reliability)) });
    expectWithin(mean(scores), { truth: centre, mcse: Math.sqrt(variance / N) });
    expectWithin(covariance(scores, scores), { truth: variance, mcse: variance * Math.sqrt(2 / N) });
  });

  it("correlates with itself by reliability and style of rating", () => {
    const variance = rounded(81 / 0.665, 100 / 72);
    const truth = (81 + (0.05 * 81) / 0.665) / variance;
    expectWithin(correlation(rprs, later), { truth, mcse: seOf(truth) });
  });

  it("gives only scores that its items allow", () => {
    const { instruments } = studyParameters();
    for (const scale of INSTRUMENTS) {
      if (scale === "managerRating") continue;
      const { low, high, step } = instruments[scale];
      for (let who = 0; who < 500; who++) {
        const score = measuredScore(key, who, scale, 9, low + (high - low) * (who / 499), studyParameters());
        expect(score).toBeGreaterThanOrEqual(low);
        expect(score).toBeLessThanOrEqual(high);
        expect(Math.abs((score - low) / step - Math.round((score - low) / step))).toBeLessThan(1e-9);
      }
    }
    expect(onScale(50.4, { low: 20, high: 140, step: 1 })).toBe(50);
    expect(onScale(50.4, { low: 20, high: 140, step: 0 })).toBe(50.4);
  });

  it("with reliability 1 and no style is the truth", () => {
    const exact = studyParameters({ instruments: { pgi: { reliability: 1, step: 0 } }, ratingStyle: { share: 0 } });
    expect(measuredScore(key, 7, "pgi", 9, 33.3, exact)).toBe(33.3);
  });
});

describe("the case manager's rating", () => {
  const p = studyParameters({ instruments: { rprs: { mean: 50, trueSd: 9 } }, managerRating: { mean: 50, sd: 10 } });
  const rate = (who: number, load: number, functioning = p.instruments.mcas.mean) =>
    managerRating(key, who, 4.5, { alliance: 50 + 9 * z[who], functioning, load }, p);

  it("agrees with the client's as parameters say", () => {
    const client = identities(N).map((who) => measuredScore(key, who, "rprs", 4.5, 50 + 9 * z[who], p));
    const manager = identities(N).map((who) => rate(who, 1));
    expectWithin(correlation(client, manager), { truth: 0.25, mcse: seOf(0.25) });
  });

  it("is lower under overload and with poorer functioning, and missing without a case manager", () => {
    const average = (load: number, functioning?: number) =>
      mean(identities(200).map((who) => rate(who, load, functioning)));
    expect(average(1.5)).toBeLessThan(average(1) - 2);
    expect(average(0.5)).toBe(average(1));
    expect(average(1, p.instruments.mcas.mean - p.instruments.mcas.trueSd)).toBeLessThan(average(1) - 1);
    expect(rate(1, Number.NaN)).toBeNaN();
  });
});
