import { describe, expect, it } from "vitest";
import { editDistance, nearestName, suggestion } from "../../models/scenario/nearestName.ts";
import { TEST_NAMES } from "../../models/scenario/types.ts";

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["abc", "", 3],
    ["abc", "abd", 1],
    ["abc", "acb", 1],
    ["ca", "abc", 3],
    ["kitten", "sitting", 3],
    ["Sobel", "sobel", 0],
  ])("%s → %s: %i", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});

describe("nearestName", () => {
  it.each([
    ["sobl", "sobel"],
    ["SOBEL", "sobel"],
    ["joint", "jointSignificance"],
    ["bca", "bcaBootstrap"],
    ["montecarlo", "monteCarlo"],
    ["percentileBootstrapp", "percentileBootstrap"],
    ["banana", undefined],
    ["q", undefined],
    ["", undefined],
  ])("%s → %s", (word, name) => {
    expect(nearestName(word, TEST_NAMES)).toBe(name);
  });

  it("without a near name, all are listed", () => {
    expect(suggestion("zzz", ["power", "report"])).toBe("; known are power, report");
    expect(suggestion("zzz", ["power"])).toBe("; the only one known is power");
    expect(suggestion("pwer", ["power"])).toBe('; did you mean "power"?');
  });

  it("a huge word is no hang", () => {
    expect(nearestName("x".repeat(1_000_000), TEST_NAMES)).toBeUndefined();
  });
});
