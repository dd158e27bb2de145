import { describe, expect, it } from "vitest";
import { FAILED } from "../../models/estimators/decisions.ts";
import { type Dial, type Simulate, searchSimulated } from "../../models/sampleSize/simulatedSearch.ts";
import { normalCdf } from "../../sim/numerics/normal.ts";

const clients: Dial = { least: 4, most: 100_000, whole: true, toScale: Math.sqrt, fromScale: (x) => x * x };
const effect: Dial = { least: 0, most: 0.9, whole: false, toScale: (x) => x, fromScale: (x) => x };
const plan = { target: 0.8, level: 0.95, replications: 1000, start: 100 };

/** Replication r rejects when its place in a fixed shuffled order is below the power: no sampling error in 1,000. */
const evenly =
  (power: (setting: number) => number): Simulate =>
  async (setting, first, count) =>
    Uint8Array.from({ length: count }, (_, i) => ((((first + i) * 387) % 1000) + 0.5 < 1000 * power(setting) ? 1 : 0));

const powerAt = (lambda: number) => (n: number) => normalCdf(lambda * Math.sqrt(n) - 1.96);

describe("searchSimulated", () => {
  it("finds the N of a curve that it can see without noise, from anywhere", async () => {
    for (const start of [4, 100, 314, 100_000]) {
      const answer = await searchSimulated(evenly(powerAt(0.158)), clients, { ...plan, start });
      expect(answer).toMatchObject({ ok: true });
      if (!answer.ok) return;
      expect(Math.abs(answer.setting - 315)).toBeLessThan(6);
      expect(answer.power).toBeCloseTo(0.8, 2);
      expect(answer.ci[0]).toBeLessThan(answer.setting);
      expect(answer.ci[1]).toBeGreaterThan(answer.setting);
    }
  });

  it("turns any dial: the size of an effect", async () => {
    const answer = await searchSimulated(
      evenly((size) => normalCdf(size * 17.6 - 1.96)),
      effect,
      { ...plan, start: 0.5 },
    );
    expect(answer.ok && answer.setting).toBeCloseTo((0.8416 + 1.96) / 17.6, 2);
  });

  it("leaves failed replications out of numerator and denominator", async () => {
    const whole = evenly(powerAt(0.158));
    const holed: Simulate = async (n, first, count) =>
      (await whole(n, first, count)).map((said, i) => ((first + i) % 7 === 0 ? FAILED : said));
    const answer = await searchSimulated(holed, clients, plan);
    expect(answer.ok && Math.abs(answer.setting - 315)).toBeLessThan(10);
  });

  it("stops at the smallest N that can be analysed", async () => {
    expect(
      await searchSimulated(
        evenly(() => 0.97),
        clients,
        { ...plan, start: 50 },
      ),
    ).toMatchObject({ ok: false });
    const steep = await searchSimulated(
      evenly((n) => normalCdf(0.5 + 0.4 * Math.sqrt(n))),
      clients,
      plan,
    );
    expect(steep).toMatchObject({ ok: true, setting: 4 });
  });

  it("says so when the target is out of reach", async () => {
    const answer = await searchSimulated(evenly(powerAt(0.002)), clients, plan);
    expect(answer).toMatchObject({ ok: false, reason: "belowTarget", setting: 100_000 });
    const flat = await searchSimulated(
      evenly(() => 0.05),
      clients,
      plan,
    );
    expect(flat.ok).toBe(false);
  });

  it("asks for every replication at a setting from the same beginning, so that luck is shared", async () => {
    const asked = new Set<number>();
    const whole = evenly(powerAt(0.158));
    await searchSimulated(
      (n, first, count) => {
        asked.add(first);
        return whole(n, first, count);
      },
      clients,
      plan,
    );
    expect([...asked]).toEqual([0]);
  });
});
