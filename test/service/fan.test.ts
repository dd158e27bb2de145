import { describe, expect, it } from "vitest";
import { FAN_QUANTILES, fanOf, quantileOf } from "../../models/service/fan.ts";
import { playService } from "../../models/service/playService.ts";
import { recordClients } from "../../models/service/recordClients.ts";
import { DAYS_PER_MONTH } from "../../models/service/time.ts";
import { keyOf } from "../../sim/random/address.ts";
import { smallService } from "./fixture.ts";

describe("quantileOf", () => {
  it("is R's quantile(c(1, 2, 4, 8, 16), c(.1, .25, .5, .75, .9)): 1.4, 2, 4, 8, 12.8", () => {
    const sorted = Float64Array.of(1, 2, 4, 8, 16);
    const r = [1.4, 2, 4, 8, 12.8];
    FAN_QUANTILES.forEach((p, q) => {
      expect(quantileOf(sorted, p)).toBeCloseTo(r[q], 12);
    });
    expect(quantileOf(Float64Array.of(5), 0.9)).toBe(5);
  });
});

describe("fans by months in service", () => {
  const weekly = recordClients(1, (clients, row) => clients.referralDay[row] >= 0);
  const { tenure, history } = playService(smallService(), keyOf("fan", 0), [weekly.observer]);
  const fan = fanOf(tenure);
  const { n, client, day, alliance, outcome } = weekly.trajectories();

  it("hold the values of the weekly trajectories at the first week that reaches the month", () => {
    for (const month of [1, 6, 12]) {
      const seen = new Set<number>();
      const values: number[] = [];
      const hopes: number[] = [];
      for (let i = 0; i < n; i++) {
        const row = client[i];
        if (seen.has(row) || day[i] < history.clients.admissionDay[row] + month * DAYS_PER_MONTH) continue;
        seen.add(row);
        values.push(alliance[i]);
        hopes.push(outcome[2][i]);
      }
      expect(values.length).toBeGreaterThan(15);
      const sorted = (list: readonly number[]) => [...list].sort((a, b) => a - b);
      expect(sorted(tenure.values[month][0])).toEqual(sorted(values));
      expect(sorted(tenure.values[month][3])).toEqual(sorted(hopes));
      expect(fan.nClients[month]).toBe(values.length);
      const median = sorted(values)[Math.floor(values.length / 2)];
      const below = sorted(values)[Math.floor((values.length - 1) / 2)];
      expect(fan.quantile[month * FAN_QUANTILES.length + 2]).toBeCloseTo((median + below) / 2, 10);
    }
  });

  it("begin with the alliance at entry, and have no quantile of fewer than five clients", () => {
    const { clients, origin } = history;
    const entered = [...Array(clients.n).keys()].filter((row) => origin[row] > 0 && clients.admissionDay[row] < 7 * 78);
    expect(tenure.values[0][0].toSorted()).toEqual(entered.map((row) => clients.entryAlliance[row]).toSorted());
    fan.nClients.forEach((count, month) => {
      expect(Number.isNaN(fan.quantile[month * FAN_QUANTILES.length])).toBe(count < 5);
    });
  });
});
