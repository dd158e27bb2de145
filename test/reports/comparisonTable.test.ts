// One page for people: what changed, headline differences with their intervals, which is best, what it cannot tell.
import { beforeAll, describe, expect, it } from "vitest";
import type { Comparison } from "../../models/compare/comparisonTypes.ts";
import { costParameters } from "../../models/costs/parameters.ts";
import { comparisonTable } from "../../reports/comparisonTable.ts";
import { MODEL_LIMITS } from "../../reports/modelLimits.ts";
import { compareHere, planOf, scenarioWith } from "../compare/fixture.ts";

let comparison: Comparison;
const flat = (text: string) => text.replace(/\s+/g, " ");

beforeAll(async () => {
  const costs = costParameters();
  const priced = (name: string, changes = {}) => ({ ...scenarioWith(name, changes), costs });
  const others = [priced("bigger", { staffing: { caseloadCap: 6 } }), priced("same again")];
  comparison = await compareHere(planOf(others, { base: priced("base"), replications: 40, precision: 0.001 }));
});

describe("the page", () => {
  it("opens with what changed, and has its sections in order", () => {
    const text = comparisonTable(comparison, false);
    const order = [
      "What changed",
      "bigger less base",
      "same again less base",
      "Which is best",
      "How far to trust",
      "What this cannot",
    ];
    const places = order.map((title) => text.indexOf(title));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places[0]).toBeGreaterThan(0);
    expect(text).toContain(
      "bigger\n- Most clients a full-time case manager is given: 4 → 6 clients (staffing.caseloadCap)\n",
    );
    expect(text).toContain("same again\n- nothing: this is the base again\n");
  });

  it("prints every headline figure's difference and interval as they were found", () => {
    const text = comparisonTable(comparison, false);
    const alliance = comparison.scenarios[0].figures.find(({ name }) => name === "alliance")!;
    const cells = text
      .split("\n")
      .find((line) => line.startsWith("Alliance, mean"))!
      .split(/ {2,}/);
    const numberOf = (cell: string) => Number(cell.replace("−", "-"));
    const step = 0.5 * 10 ** -(cells[3].split(".")[1]?.length ?? 0) * 1.001;
    expect(Math.abs(numberOf(cells[3]) - alliance.difference)).toBeLessThanOrEqual(step);
    const [lower, upper] = cells[4].split(" to ").map(numberOf);
    expect(Math.abs(lower - alliance.ci[0])).toBeLessThanOrEqual(step);
    expect(Math.abs(upper - alliance.ci[1])).toBeLessThanOrEqual(step);
    expect(text).not.toContain("Hospital days");
    const all = comparisonTable(comparison, true);
    for (const { label } of comparison.scenarios[0].figures) expect(all).toContain(label);
  });

  it("says how many replications there were and what more precision would take", () => {
    const text = flat(comparisonTable(comparison, false));
    expect(text).toContain(
      "40 replications, all there were to run: ± 0.1\u00a0% of the base's value is not reached.".replace("\u00a0", " "),
    );
    expect(text).toMatch(/It would take about [\d,]+ for Alliance, mean/);
    expect(text).toContain("30 replications: headline differences are known to");
  });

  it("shows the self-check, what shared luck saved, and every limit of the model", () => {
    const text = flat(comparisonTable(comparison, false));
    expect(text).toContain("Self-check: the base against itself, 10 replications: every difference is 0.");
    expect(text).toMatch(/headline differences would have taken [\d.]+ to [\d.]+ times as many replications/);
    for (const limit of MODEL_LIMITS) expect(text).toContain(limit);
    expect(text).toContain("in CAD at prices of 2021");
  });

  it("a difference that every replication shares has no interval, and one scenario needs no ranking", async () => {
    const { scenarios } = comparison;
    const text = comparisonTable({ ...comparison, scenarios: [scenarios[1]] }, false);
    expect(text).toContain("always the same");
    expect(text).not.toContain("Which is best");
  });
});
