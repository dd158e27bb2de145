import { describe, expect, it } from "vitest";
import { isWithinLimits } from "../../models/registry/registry.ts";
import {
  PARAMETERS,
  parameterEntries,
  type ServiceChanges,
  serviceParameters,
} from "../../models/service/parameters.ts";
import { loopGain, serviceProblems } from "../../models/service/serviceProblems.ts";

describe("the registry", () => {
  const entries = parameterEntries();

  it("describes every parameter, with a source, inside its own limits", () => {
    expect(entries.length).toBeGreaterThan(150);
    for (const { path, parameter } of entries) {
      expect(parameter.description, path).not.toBe("");
      expect(parameter.source, path).not.toBe("");
      if (parameter.kind === "switch" || parameter.kind === "choice" || parameter.kind === "text") continue;
      expect(parameter.unit, path).not.toBe("");
      expect(isWithinLimits(parameter, parameter.value), path).toBe(true);
      if (parameter.kind === "list" || parameter.plausible === undefined) continue;
      const [low, high] = parameter.plausible;
      expect(parameter.least <= low && low <= parameter.value && parameter.value <= high, path).toBe(true);
      expect(high <= parameter.most, path).toBe(true);
    }
  });

  it("has every place once", () => {
    expect(new Set(entries.map(({ path }) => path)).size).toBe(entries.length);
  });

  it("gives the defaults, and changes only what is named", () => {
    expect(serviceParameters().staffing.turnover.perYear).toBe(PARAMETERS.staffing.turnover.perYear.value);
    const changed = serviceParameters({ staffing: { turnover: { perYear: 0.5 } } });
    expect(changed.staffing.turnover).toEqual({ ...serviceParameters().staffing.turnover, perYear: 0.5 });
    expect({ ...changed, staffing: null }).toEqual({ ...serviceParameters(), staffing: null });
  });
});

describe("what cannot be simulated is refused, with the reason", () => {
  it("nothing is wrong with the defaults, whose loop is far from running away", () => {
    expect(serviceProblems(serviceParameters())).toEqual([]);
    expect(loopGain(serviceParameters())).toBeGreaterThan(0.02);
    expect(loopGain(serviceParameters())).toBeLessThan(0.2);
  });

  const cases: [problem: string, changes: ServiceChanges, message: RegExp][] = [
    [
      "a cap below 1",
      { staffing: { caseloadCap: 0 } },
      /^staffing\.caseloadCap must be a whole number from 1 to 1000 \(clients\), got 0$/,
    ],
    ["half a seat", { teams: { seats: 2.5 } }, /^teams\.seats must be a whole number .* got 2\.5$/],
    [
      "a negative rate",
      { events: { leaving: { perYear: -0.1 } } },
      /^events\.leaving\.perYear must be a number from 0 .* got -0\.1$/,
    ],
    ["not a number", { alliance: { mean: Number.NaN } }, /^alliance\.mean must be .* got NaN$/],
    [
      "a probability over 1",
      { contacts: { attendance: { mean: 1.2 } } },
      /^contacts\.attendance\.mean must be a number from 0 to 1, got 1\.2$/,
    ],
    [
      "shares that sum to more than 1",
      { clients: { schizophrenia: 0.9 } },
      /^clients\.schizophrenia, bipolar and borderline must sum to at most 1, got 1\.27$/,
    ],
    [
      "a step longer than a delay",
      { events: { hospital: { days: 2 } } },
      /^the step of 7 days is longer than the delay of events\.hospital\.days, 2 days; raise time\.stepsPerWeek to 4$/,
    ],
    [
      "an outcome faster than the step",
      { outcomes: { ths: { rate: 10 } } },
      /delay of outcomes\.ths\.rate, 3\.044 days; raise time\.stepsPerWeek to 3$/,
    ],
    [
      "a runaway loop",
      { outcomes: { mcas: { alliance: 2, feedback: 4 } } },
      /loop gain .* must be below 1, got 1\.3\d+; lower alliance\.feedback, .*$/,
    ],
    [
      "a table that does not rise",
      { fidelity: { caseloadDomain: { four: 30 } } },
      /^fidelity\.caseloadDomain must rise/,
    ],
    [
      "too many clients on day 0",
      { teams: { seats: 200 }, staffing: { caseloadCap: 100 } },
      /^18000 clients per team on day 0 are more than the 4096/,
    ],
    [
      "too many clients",
      { teams: { count: 4000 }, referrals: { perWeek: 50 } },
      /clients would be referred; at most 2000000 can be simulated/,
    ],
  ];
  for (const [problem, changes, message] of cases)
    it(problem, () => {
      const problems = serviceProblems(serviceParameters(changes));
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(message);
    });

  it("all problems are reported together", () => {
    const problems = serviceProblems(
      serviceParameters({ staffing: { caseloadCap: -1, coverShare: 2 }, teams: { seats: 0 } }),
    );
    expect(problems).toHaveLength(3);
  });

  it("a delay or loop of a mechanism that is off does not matter", () => {
    expect(
      serviceProblems(
        serviceParameters({
          events: { hospital: { on: false, days: 2 } },
          alliance: { feedback: 0 },
          outcomes: { mcas: { alliance: 2, feedback: 4 } },
        }),
      ),
    ).toEqual([]);
  });

  it("an unknown choice", () => {
    const changes = { staffing: { handOver: "forget" } } as unknown as ServiceChanges;
    expect(serviceProblems(serviceParameters(changes))).toEqual([
      'staffing.handOver must be one of hold, redistribute, pool, got "forget"',
    ]);
  });
});
