// Right for every table? Any teams that the reader takes make a scenario that passes the check.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agencyScenario } from "../../cli/agencyScenario.ts";
import { type AgencyValue, agencyValues, directValues, withValues } from "../../models/agency/agencyValues.ts";
import type { AgencyTeam } from "../../models/agency/columns.ts";
import { valueAt } from "../../models/registry/registry.ts";
import { initialClients } from "../../models/service/roster.ts";
import { serviceProblems } from "../../models/service/serviceProblems.ts";
import { anyTeam, program, serviceOf } from "../agency/fixture.ts";

const { service: base, study } = await program();

async function checkScenario(teams: readonly AgencyTeam[], values: readonly AgencyValue[]): Promise<void> {
  const scenario = await serviceOf(agencyScenario("my-agency", "agency \u2028.csv", values, base));
  for (const { path, value, range } of values) {
    expect(valueAt(scenario.service, path), path).toEqual(value);
    if (range) expect(range[0] <= (value as number) && (value as number) <= range[1], path).toBe(true);
  }
  expect(scenario.service).toEqual(withValues(base, values));
  expect(serviceProblems(scenario.service)).toEqual([]);
  const clients = teams.reduce((sum, { clients }) => sum + clients, 0);
  expect(initialClients(scenario.service)).toBe(Math.round(clients / teams.length));
}

describe("any table of teams", () => {
  it("gives values within their limits, and the file says them", async () => {
    const table = fc.array(anyTeam, { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(table, (teams) => checkScenario(teams, directValues(teams, base, study.audits))),
      { numRuns: 25, seed: 11 },
    );
  });

  it("fitted rates among them, however odd", async () => {
    const small = (one: AgencyTeam) => ({
      ...one,
      seats: 2,
      vacancies: 1,
      clients: Math.min(one.clients, 8),
      waiting: 1,
    });
    const table = fc.array(anyTeam.map(small), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(table, async (teams) => {
        const values = agencyValues(
          teams.map((one) => ({ ...one, referrals_last_year: Math.min(one.referrals_last_year, 20) })),
          base,
          study.audits,
        );
        await checkScenario(teams, values);
      }),
      { numRuns: 4, seed: 12 },
    );
  });
});
