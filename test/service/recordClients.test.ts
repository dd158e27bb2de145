import { describe, expect, it } from "vitest";
import { recordClients } from "../../models/service/recordClients.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { keyOf } from "../../sim/random/address.ts";
import { differences, smallService } from "./fixture.ts";

const key = keyOf("record", 0);

describe("recordClients", () => {
  it("changes nothing, and its weekly means are those of the history", () => {
    const { observer, trajectories } = recordClients();
    const history = simulateService(smallService(), key, observer);
    expect(differences(history, simulateService(smallService(), key))).toEqual([]);
    const { n, client, day, alliance, outcome } = trajectories();
    const { nTeams, weeks, clients } = history;
    for (const week of [0, 30, 77]) {
      const rows = [...Array(n).keys()].filter((i) => day[i] === 7 * (week + 1));
      for (let team = 0; team < nTeams; team++) {
        const ofTeam = rows.filter((i) => clients.team[client[i]] === team);
        expect(ofTeam).toHaveLength(weeks.inService[week * nTeams + team]);
        const mean = (column: Float64Array) => ofTeam.reduce((sum, i) => sum + column[i], 0) / ofTeam.length;
        expect(mean(alliance)).toBeCloseTo(weeks.alliance[week * nTeams + team], 9);
        expect(mean(outcome[2])).toBeCloseTo(weeks.outcome[2][week * nTeams + team], 9);
      }
    }
  });

  it("follows whom it is asked to follow, at the moments it is asked for", () => {
    const { observer, trajectories } = recordClients(13, (clients, row) => clients.team[row] === 2);
    const { clients } = simulateService(smallService({ time: { stepsPerWeek: 2 } }), key, observer);
    const { n, client, day } = trajectories();
    expect(n).toBeGreaterThan(50);
    expect([...client].every((row) => clients.team[row] === 2)).toBe(true);
    expect(new Set(day)).toEqual(new Set([1, 2, 3, 4, 5, 6].map((quarter) => quarter * 91)));
  });
});
