import { describe, expect, it } from "vitest";
import { dropoutDay, isMissing } from "../../models/study/missingness.ts";
import { type StudyParameters, studyParameters } from "../../models/study/parameters.ts";
import { keyOf, normalAt } from "../../sim/random/address.ts";
import { expectRate, expectWithin } from "../statistical/expectStatistics.ts";
import { identities, mean } from "./fixture.ts";

const N = 40_000;
const key = keyOf("missing", 0);
const age = identities(N).map((who) => 40.3 + 13.1 * normalAt(keyOf("age", 0), who, 1, 0));
const zTrue = identities(N).map((who) => normalAt(keyOf("score", 0), who, 1, 0));

function missing(p: StudyParameters, scale: "qoli" | "ths" = "qoli", months = 9): number[] {
  return identities(N).filter((who) => isMissing(key, who, scale, months, { age: age[who], zTrue: zTrue[who] }, p));
}

describe("missing scales", () => {
  it("are the share that parameters say, whatever the mechanism", () => {
    for (const changes of [{}, { atRandom: 0, notAtRandom: 0 }, { atRandom: 0.5, notAtRandom: 0.5 }])
      expectRate(missing(studyParameters({ missing: { share: 0.116, ...changes } })).length / N, 0.116, N);
    expect(missing(studyParameters({ missing: { share: 0 } }))).toHaveLength(0);
  });

  it("make 11.6 % of the study's scale-level data, with dropout", () => {
    const p = studyParameters();
    const given: [scales: number, months: number][] = [
      [4, 0],
      [1, 4.5],
      [4, 9],
      [1, 13.5],
      [4, 18],
    ];
    let nMissing = 0;
    let perClient = 0;
    const shares: number[] = [];
    for (let who = 0; who < 10_000; who++) {
      const gone = dropoutDay(key, who, p);
      perClient = 0;
      for (const [scales, months] of given)
        for (let s = 0; s < scales; s++) {
          const scale = scales === 1 ? "rprs" : (["qoli", "pgi", "ths", "mcas"] as const)[s];
          const lost = gone < (months * 365.25) / 12;
          if (lost || isMissing(key, who, scale, months, { age: age[who], zTrue: zTrue[who] }, p)) perClient++;
        }
      nMissing += perClient;
      shares.push(perClient / 14);
    }
    const share = nMissing / (14 * 10_000);
    const variance = mean(shares.map((s) => (s - share) * (s - share)));
    expectWithin(share, { truth: 0.116, mcse: Math.sqrt(variance / 10_000) });
  });

  it("are missing more among the young (MAR) and among low scores (MNAR), and only by the mechanism at work", () => {
    const shift = (changes: { atRandom: number; notAtRandom: number }) => {
      const who = missing(studyParameters({ missing: { share: 0.116, ...changes } }));
      const se = 1 / Math.sqrt(who.length);
      return { age: (mean(who.map((w) => age[w])) - 40.3) / 13.1 / se, score: mean(who.map((w) => zTrue[w])) / se };
    };
    const none = shift({ atRandom: 0, notAtRandom: 0 });
    const atRandom = shift({ atRandom: 0.1, notAtRandom: 0 });
    const notAtRandom = shift({ atRandom: 0, notAtRandom: 0.1 });
    for (const z of [none.age, none.score, atRandom.score, notAtRandom.age]) expect(Math.abs(z)).toBeLessThan(4.9);
    expect(atRandom.age).toBeLessThan(-4.9);
    expect(notAtRandom.score).toBeLessThan(-4.9);
  });

  it("go together within an interview, not between", () => {
    const p = studyParameters({ missing: { share: 0.116, atRandom: 0, notAtRandom: 0 } });
    const first = new Set(missing(p));
    const together = (other: number[]) => other.filter((who) => first.has(who)).length / other.length;
    expect(together(missing(p, "ths", 9))).toBeGreaterThan(0.25);
    const later = missing(p, "qoli", 18);
    expectRate(together(later), 0.116, later.length);
  });
});

describe("dropout", () => {
  it("is exponential from baseline on, and never at hazard 0", () => {
    const p = studyParameters({ dropout: { perYear: 0.5 } });
    const gone = identities(N).filter((who) => dropoutDay(key, who, p) < 365.25).length;
    expectRate(gone / N, 1 - Math.exp(-0.5), N);
    expect(dropoutDay(key, 1, studyParameters({ dropout: { perYear: 0 } }))).toBe(Number.POSITIVE_INFINITY);
  });
});
