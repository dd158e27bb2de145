import { expect, it } from "vitest";
import { keyOf } from "../../sim/random/address.ts";
import { serviceParameters } from "../../models/service/parameters.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { N_OUTCOMES } from "../../models/service/world.ts";
import { differences, quietService } from "./fixture.ts";

const TWO_AGENCIES = quietService({
  time: { weeks: 520 },
  teams: { perAgency: [1], count: 2 },
  effects: { allianceOnOutcomes: 0 },
  outcomes: { qoli: { agencySd: 5, rate: 0.2 } },
});

/** QOLI-20 less its mean at entry and the agencies' effects, at the start and after ten years. */
function courseOf(agencyAtEntry: number) {
  let start: number[] = [];
  let effect: number[] = [];
  const service = serviceParameters({ clients: { agencyAtEntry } }, TWO_AGENCIES);
  const history = simulateService(service, keyOf("agency", 0), {
    atStart: ({ clients, teams }) => {
      start = Array.from(clients.outcome[0], (y) => y - 82.9);
      effect = [0, 1].map((team) => teams.outcomeEffect[team * N_OUTCOMES]);
    },
  });
  return { effect, start, end: Array.from(history.clients.outcome[0], (y) => y - 82.9) };
}

it("an agency's effect is there at entry, or comes with time in service, or both by their shares", () => {
  for (const share of [0, 0.25, 1]) {
    const { effect, start, end } = courseOf(share);
    expect(Math.abs(effect[0] - effect[1])).toBeGreaterThan(1);
    for (const client of [0, 1]) {
      expect(start[client]).toBeCloseTo(share * effect[client], 9);
      // e^{−.2·120} of the way is left after 120 months.
      expect(end[client]).toBeCloseTo(effect[client], 6);
    }
  }
});

it("where agencies do not differ it changes no bit", () => {
  const without = serviceParameters({ outcomes: { qoli: { agencySd: 0 } } }, TWO_AGENCIES);
  const [one, other] = [0, 1].map((agencyAtEntry) =>
    simulateService(serviceParameters({ clients: { agencyAtEntry } }, without), keyOf("agency", 1)),
  );
  expect(differences(one, other)).toEqual([]);
});
