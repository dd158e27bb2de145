import { describe, expect, it } from "vitest";
import { createMeanOfWorlds } from "../../models/meanOfWorlds.ts";

describe("createMeanOfWorlds", () => {
  it("leaves out what is NaN, position by position", () => {
    const { add, mean } = createMeanOfWorlds();
    add(Float64Array.of(1, Number.NaN, Number.NaN));
    add(Float64Array.of(2, 5, Number.NaN));
    add(Float64Array.of(6, 8, Number.NaN));
    expect([...mean()]).toEqual([3, 6.5, Number.NaN]);
  });
});
