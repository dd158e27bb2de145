// Do results depend on the step? Halving it must move mean KPIs by less than 2 %.
import { describe, expect, it } from "vitest";
import { serviceParameters } from "../../models/service/parameters.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { keyOf } from "../../sim/random/address.ts";
import { lastSum } from "./fixture.ts";

const R = 40;

/** KPIs of each replication: means per team at the end, or over time. */
function kpis(stepsPerWeek: number): Map<string, number[]> {
  const parameters = serviceParameters({ time: { stepsPerWeek } });
  const values = new Map<string, number[]>();
  const add = (name: string, value: number) => {
    values.set(name, [...(values.get(name) ?? []), value]);
  };
  const overTime = (series: Int32Array) => series.reduce((sum, n) => sum + n, 0) / series.length;
  for (let replication = 0; replication < R; replication++) {
    const history = simulateService(parameters, keyOf("steps", replication));
    const { weeks, nTeams } = history;
    for (const [name, flow] of Object.entries(weeks.flows)) add(name, lastSum(history, flow) / nTeams);
    for (const name of ["inService", "meanCaseload", "fidelity", "alliance"] as const)
      add(name, lastSum(history, weeks[name]) / nTeams);
    for (const [o, series] of weeks.outcome.entries()) add(`outcome ${o}`, lastSum(history, series) / nTeams);
    for (const name of ["waiting", "onHold", "inHospital"] as const) add(name, overTime(weeks[name]));
  }
  return values;
}

describe("halving the step", () => {
  it("moves no mean KPI by 2 %, as far as replications can tell", () => {
    const week = kpis(1);
    const half = kpis(2);
    let nSettled = 0;
    for (const [name, values] of week) {
      const mean = values.reduce((sum, x) => sum + x, 0) / R;
      if (mean === 0) continue;
      const changes = values.map((value, r) => (half.get(name) as number[])[r] - value);
      const change = changes.reduce((sum, x) => sum + x, 0) / R;
      const mcse = Math.sqrt(changes.reduce((sum, x) => sum + (x - change) ** 2, 0) / (R - 1) / R);
      const relative = `${name}: ${((100 * change) / mean).toFixed(2)} %, MCSE ${((100 * mcse) / mean).toFixed(2)} %`;
      expect(Math.abs(change) / mean, relative).toBeLessThan(0.02 + (3 * mcse) / mean);
      // Rare events (who leaves the staff, who waits) differ by luck; all others are settled to a fraction of 2 %.
      if (mcse / mean < 0.01) {
        nSettled++;
        expect(Math.abs(change) / mean, relative).toBeLessThan(0.02);
      }
    }
    expect(nSettled).toBeGreaterThan(15);
  });
});
