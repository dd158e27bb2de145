import { describe, expect, it } from "vitest";
import { histogramOf } from "../../reports/charts/histogram.ts";
import { countAxis } from "../../reports/charts/ticks.ts";
import {
  decimalsFor,
  formatCount,
  formatFixed,
  formatNumber,
  formatPercent,
  formatRate,
  formatShare,
  joinWords,
} from "../../reports/format.ts";

describe("numbers as people read them", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [1000, "1,000"],
    [1234567, "1,234,567"],
    [-1000, "−1,000"],
  ])("formatCount(%d) is %s", (count, text) => expect(formatCount(count)).toBe(text));

  it.each([
    [0.8034, ".803"],
    [1, "1.000"],
    [0, ".000"],
    [0.9996, ">.999"],
    [0.0004, "<.001"],
    [0.0005, ".001"],
    [Number.NaN, "–"],
  ])("formatRate(%d) is %s", (rate, text) => expect(formatRate(rate)).toBe(text));

  it.each([
    [0.0546, "0.0546"],
    [-0.0546, "−0.0546"],
    [1234.5, "1235"],
    [0.00000123, "1.23e−6"],
    [0, "0"],
    [1, "1"],
  ])("formatNumber(%d) is %s", (value, text) => expect(formatNumber(value)).toBe(text));

  it("formatFixed has no negative zero, formatPercent no stray digits, joinWords an and", () => {
    expect(formatFixed(-0.0001, 2)).toBe("0.00");
    expect(formatFixed(-0.01, 2)).toBe("−0.01");
    expect(formatPercent(0.825)).toBe("82.5\u00a0%");
    expect(formatPercent(0.07)).toBe("7\u00a0%");
    expect([0.95, 1 - 0.95, 1 - 0.9, 0.999].map(formatShare)).toEqual([".95", ".05", ".10", ".999"]);
    expect(joinWords(["a", "b", "c"])).toBe("a, b and c");
    expect([decimalsFor(0.00045, 2), decimalsFor(12, 2), decimalsFor(Number.NaN, 2)]).toEqual([5, 0, 4]);
  });
});

describe("countAxis", () => {
  it("is logarithmic for wide ranges, and never has more ticks than fit", () => {
    expect(countAxis([100, 1000], 640).type).toBe("linear");
    expect(countAxis([36, 670], 640)).toMatchObject({ type: "log", ticks: [50, 100, 200, 500] });
    for (const most of [37, 50, 100, 670, 5000, 99999, 1e6, 1e9]) {
      for (const width of [178, 240, 375, 640]) {
        const { ticks, domain } = countAxis([36, most], width);
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks.length * 32).toBeLessThan(width + 32);
        for (const tick of ticks) expect(tick).toBeGreaterThanOrEqual(domain[0]);
        for (const tick of ticks) expect(tick).toBeLessThanOrEqual(domain[1]);
      }
    }
  });
});

describe("histogramOf", () => {
  it("counts every value once, in round bins, the marked apart", () => {
    const values = Array.from({ length: 1000 }, (_, index) => (index + 0.5) / 1000 - 0.2);
    const { bins, step } = histogramOf(
      values,
      values.map((value) => value > 0.5),
    );
    expect(step).toBe(0.05);
    expect(bins.reduce((sum, bin) => sum + bin.marked + bin.other, 0)).toBe(1000);
    expect(bins.reduce((sum, bin) => sum + bin.marked, 0)).toBe(300);
    expect(bins[0]).toEqual({ from: -0.2, to: -0.15, marked: 0, other: 50 });
  });

  it("bears equal values and none", () => {
    expect(histogramOf([0.3, 0.3], [true, false]).bins).toHaveLength(1);
    expect(histogramOf([0], [true]).bins).toEqual([{ from: 0, to: 1, marked: 1, other: 0 }]);
    expect(histogramOf([], []).bins).toEqual([]);
  });
});
