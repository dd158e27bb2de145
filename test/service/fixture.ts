import fc from "fast-check";
import { changeAt as changesAt } from "../../models/registry/registry.ts";
import { parameterEntries, type ServiceChanges, serviceParameters } from "../../models/service/parameters.ts";
import type { ServiceParameters } from "../../models/service/parameters.ts";
import type { ServiceHistory } from "../../models/service/history.ts";
import { serviceProblems } from "../../models/service/serviceProblems.ts";

/** Two agencies, four teams of three, a year and a half: small, with everything switched on. */
export function smallService(changes: ServiceChanges = {}): ServiceParameters {
  return serviceParameters(
    changes,
    serviceParameters({
      time: { weeks: 78 },
      teams: { perAgency: [2, 2], count: 4, seats: 3 },
      staffing: { caseloadCap: 8, turnover: { perYear: 0.8 } },
      referrals: { perWeek: 0.5, givingUp: { on: true }, cohort: { on: true, perTeam: 5, window: 40 } },
      fidelity: { abandonment: { perYear: 1 }, monitoring: { months: 9 } },
    }),
  );
}

/** Everything random and everything that differs between people and places switched off. */
export function quietService(changes: ServiceChanges = {}): ServiceParameters {
  const steady = { setPointSd: 0, agencySd: 0, entrySd: 0, fluctuationSd: 0, gain: 0 };
  const still = { ...steady, housed: 0, employed: 0, substanceUse: 0, adverseExperiences: 0, longHospitalisation: 0 };
  return serviceParameters(
    changes,
    serviceParameters({
      time: { weeks: 300 },
      teams: { perAgency: [1], count: 1, seats: 1 },
      referrals: { perWeek: 0, initialCaseload: 1, initialTenure: 0 },
      staffing: { caseloadCap: 1, turnover: { on: false } },
      contacts: { on: false, attendance: { on: false }, neverEngages: { on: false } },
      fidelity: { on: false, start: 28.1, startSd: 0, domainSd: 0, managerSd: 0 },
      alliance: {
        fluctuation: 0,
        traitSd: 0,
        agencySd: 0,
        teamSd: 0,
        skill: { on: false },
        responsiveness: { on: false },
        dyadFit: { on: false },
        stigma: { on: false },
      },
      goals: { on: false },
      setbacks: { on: false },
      events: {
        hospital: { on: false },
        housing: { on: false },
        leaving: { on: false },
        graduation: { on: false },
      },
      outcomes: { qoli: still, pgi: still, ths: still, mcas: still },
    }),
  );
}

/** Parameters that keep the size of a random world, and with it the time a property takes. */
const SIZE = ["time.weeks", "time.stepsPerWeek", "teams.perAgency", "teams.count", "teams.seats", "referrals.perWeek"];

/** Random valid parameter sets: switches and choices at will, numbers within a factor of three of the default. */
export const anyService: fc.Arbitrary<ServiceParameters> = fc
  .record({
    size: fc.record({
      weeks: fc.integer({ min: 1, max: 60 }),
      stepsPerWeek: fc.integer({ min: 1, max: 3 }),
      perAgency: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
      count: fc.integer({ min: 1, max: 4 }),
      seats: fc.integer({ min: 1, max: 4 }),
      perWeek: fc.double({ min: 0, max: 2, noNaN: true }),
    }),
    values: fc.tuple(
      ...parameterEntries().map(({ path, parameter }) => {
        if (parameter.kind === "switch") return fc.boolean().map((value) => ({ path, value: value as unknown }));
        if (parameter.kind === "choice")
          return fc.constantFrom(...parameter.options).map((value) => ({ path, value: value as unknown }));
        if (parameter.kind === "list" || parameter.kind === "text")
          return fc.constant({ path, value: parameter.value as unknown });
        const { value, least, most } = parameter;
        const low = value - Math.max(Math.abs(value) * 0.7, 0.2);
        const high = value + Math.max(Math.abs(value) * 2, 0.2);
        const within = (x: number) => Math.min(most, Math.max(least, parameter.kind === "count" ? Math.round(x) : x));
        return fc.double({ min: low, max: high, noNaN: true }).map((x) => ({ path, value: within(x) as unknown }));
      }),
    ),
  })
  .map(({ size, values }) => {
    let parameters = serviceParameters();
    for (const { path, value } of values)
      if (!SIZE.includes(path)) parameters = serviceParameters(changeAt(path, value), parameters);
    const { weeks, stepsPerWeek, perAgency, count, seats, perWeek } = size;
    return serviceParameters(
      { time: { weeks, stepsPerWeek }, teams: { perAgency, count, seats }, referrals: { perWeek } },
      parameters,
    );
  })
  .filter((parameters) => serviceProblems(parameters).length === 0);

/** All numbers of a history under their names, to compare two histories bit for bit. */
export function bitsOf(history: unknown, prefix = ""): Map<string, string> {
  const bits = new Map<string, string>();
  for (const [name, value] of Object.entries(history as object)) {
    if (ArrayBuffer.isView(value))
      bits.set(prefix + name, Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64"));
    else if (typeof value === "object" && value !== null)
      for (const [key, inner] of bitsOf(value, `${prefix}${name}.`)) bits.set(key, inner);
    else bits.set(prefix + name, String(value));
  }
  return bits;
}

/** Names of the numbers that differ; empty if two histories are the same bits. */
export function differences(one: ServiceHistory, other: ServiceHistory): string[] {
  const bits = bitsOf(other);
  return [...bitsOf(one)].filter(([name, value]) => bits.get(name) !== value).map(([name]) => name);
}

/** Sum over teams of a weekly series in the last week. */
export function lastSum(history: ServiceHistory, series: ArrayLike<number>): number {
  let sum = 0;
  for (let team = 0; team < history.nTeams; team++) sum += series[(history.nWeeks - 1) * history.nTeams + team];
  return sum;
}

/** Changes of the service's parameters that set one place. */
export function changeAt(path: string, value: unknown): ServiceChanges {
  return changesAt(path, value) as ServiceChanges;
}
