// Are clients dealt to teams and case managers as the scenario says, and the same ones in a larger study?
import { describe, expect, it } from "vitest";
import { createMemberships } from "../../models/paths/memberships.ts";
import { keyOf } from "../../sim/random/address.ts";
import { NO_TEAMS } from "../scenarioFixture.ts";

const TEAMS = { ...NO_TEAMS, count: 40, managers: 3 };
const cvOf = (sizes: ArrayLike<number>) => {
  const values = Array.from(sizes);
  const mean = values.reduce((sum, size) => sum + size, 0) / values.length;
  return Math.sqrt(values.reduce((sum, size) => sum + (size - mean) ** 2, 0) / (values.length - 1)) / mean;
};

describe("drawn team sizes", () => {
  const membersOf = (n: number, r: number, sizeCv = 0.5) =>
    createMemberships({ ...TEAMS, sizeCv }, n)(keyOf("sizes", r));

  it("have the coefficient of variation asked for", () => {
    const squares = Array.from({ length: 200 }, (_, r) => cvOf(membersOf(40 * 25, r).teams.sizes) ** 2);
    const mean = squares.reduce((sum, value) => sum + value, 0) / squares.length;
    expect(Math.sqrt(mean)).toBeGreaterThan(0.47);
    expect(Math.sqrt(mean)).toBeLessThan(0.53);
  });

  it("differ from study to study; every client has a team and every team a client, even at the widest", () => {
    expect(membersOf(400, 0).teams.sizes).not.toEqual(membersOf(400, 1).teams.sizes);
    for (let r = 0; r < 50; r++) {
      const { teams } = membersOf(60, r, 2);
      expect(teams.sizes.reduce((sum, size) => sum + size, 0)).toBe(60);
      expect(Math.min(...teams.sizes)).toBeGreaterThanOrEqual(1);
      expect(teams.index.every((team) => team >= 0 && team < 40)).toBe(true);
    }
  });

  it("of a larger study begin with the same clients in the same teams and with the same case managers", () => {
    const [small, large] = [membersOf(200, 3), membersOf(900, 3)];
    expect(large.teams.index.subarray(0, 200)).toEqual(small.teams.index);
    expect(large.managers?.subarray(0, 200)).toEqual(small.managers);
  });

  it("are equal at a coefficient of variation near 0", () => {
    const equal = createMemberships(TEAMS, 423)(keyOf("sizes", 0));
    const drawn = membersOf(423, 0, 1e-3);
    const difference = Math.max(...equal.teams.sizes.map((size, g) => Math.abs(size - drawn.teams.sizes[g])));
    expect(difference).toBeLessThanOrEqual(1);
  });
});

describe("case managers", () => {
  it("share the clients of their team evenly and have none of another", () => {
    const { teams, managers } = createMemberships({ ...TEAMS, sizeCv: 0.6 }, 700)(keyOf("managers", 0));
    const load = new Map<number, number>();
    for (const [i, manager] of (managers ?? []).entries()) {
      expect(Math.floor(manager / 3)).toBe(teams.index[i]);
      load.set(manager, (load.get(manager) ?? 0) + 1);
    }
    for (let g = 0; g < 40; g++) {
      const loads = [0, 1, 2].map((k) => load.get(3 * g + k) ?? 0);
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
    }
  });
});
