// Random but right? Alliance and outcomes cause each other exactly as far as the parameters say: each direction can be cut,
// and what a regression then still sees is what docs/model.md, section 7.3, says it sees.
import { describe, expect, it } from "vitest";
import { OUTCOMES } from "../../models/service/outcomeParameters.ts";
import { type ServiceChanges, type ServiceParameters, serviceParameters } from "../../models/service/parameters.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { STATUS } from "../../models/service/world.ts";
import { measuredScore } from "../../models/study/instruments.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { factorize, fitResponse } from "../../sim/numerics/leastSquares.ts";
import { keyOf } from "../../sim/random/address.ts";
import { LIMIT, seedFor } from "./expectStatistics.ts";

const key = keyOf(seedFor("reciprocity"), 0);
const WEEK = { entry: 0, month4_5: 20, month9: 39, month13_5: 59 };
const [QOLI, PGI] = [OUTCOMES.indexOf("qoli"), OUTCOMES.indexOf("pgi")];

/**
 * A service whose clients are all there from day 0 to the end, each with one case manager and every contact: all that ties
 * alliance to outcomes is B and g. Alliance stays far from its limits, and fluctuates enough to hide its set-point. Outcomes
 * do not depend on the agency: clients are then independent in the regressions of outcomes.
 */
function pureLoop(changes: ServiceChanges): ServiceParameters {
  const off = { on: false };
  const alike = { agencySd: 0 };
  return serviceParameters(
    changes,
    serviceParameters({
      time: { weeks: WEEK.month13_5 },
      teams: { count: 60 },
      referrals: { perWeek: 0 },
      staffing: { turnover: off },
      contacts: { ...off, attendance: off, neverEngages: off },
      fidelity: off,
      goals: off,
      setbacks: off,
      events: { hospital: off, housing: off, leaving: off, graduation: off },
      alliance: { mean: 60, fluctuation: 4, traitSd: 5, dyadFit: { sd: 5 } },
      outcomes: { qoli: alike, pgi: alike, ths: alike, mcas: alike },
    }),
  );
}

/** True values of those in service at the end, by client. */
type Truth = {
  readonly n: number;
  /** Set-points: of alliance without feedback and lifts, of an outcome without what moves it. */
  readonly allianceSetPoint: Float64Array;
  readonly setPoint: (outcome: number) => Float64Array;
  readonly alliance: (week: number) => Float64Array;
  readonly outcome: (week: number, outcome: number) => Float64Array;
};

function truthOf(parameters: ServiceParameters): Truth {
  const alliances = new Map<number, Float64Array>();
  const outcomes = new Map<number, Float64Array[]>();
  const keep = (week: number, { alliance, outcome }: { alliance: Float64Array; outcome: readonly Float64Array[] }) => {
    alliances.set(week, alliance.slice());
    outcomes.set(
      week,
      outcome.map((values) => values.slice()),
    );
  };
  const { clients, managers } = simulateService(parameters, key, {
    atStart: (world) => keep(0, world.clients),
    afterStep: (world, { index }) => {
      if (Object.values(WEEK).includes(index + 1)) keep(index + 1, world.clients);
    },
  });
  const rows = Array.from(clients.status.keys()).filter((row) => clients.status[row] === STATUS.active);
  const of = (values: ArrayLike<number>) => Float64Array.from(rows, (row) => values[row]);
  const kept = <T>(values: Map<number, T>, week: number): T => {
    const value = values.get(week);
    if (value === undefined) throw new RangeError(`week ${week} was not kept`);
    return value;
  };
  return {
    n: rows.length,
    allianceSetPoint: Float64Array.from(rows, (row) => {
      const seat = clients.manager[row];
      return (
        clients.alliancePart[row] +
        managers.alliancePart[seat] +
        managers.stigmaSlope[seat] * clients.stigma[row] +
        clients.dyadFit[row]
      );
    }),
    setPoint: (outcome) => of(clients.setPoint[outcome]),
    alliance: (week) => of(kept(alliances, week)),
    outcome: (week, outcome) => of(kept(outcomes, week)[outcome]),
  };
}

/** t of the last column in a regression on all of them. */
function tOfLast(response: Float64Array, ...columns: Float64Array[]): number {
  const design = factorize(columns);
  if (!design.ok) throw new RangeError(`column ${design.column} is ${design.kind}`);
  const { coefficients, se } = fitResponse(design, response);
  return coefficients[columns.length - 1] / se[columns.length - 1];
}

/** Does the outcome at 9 months predict alliance at 13.5 months beyond alliance at 9 months, and beyond its set-point? */
function outcomeOnLaterAlliance(changes: ServiceChanges): { given: number; naive: number } {
  const truth = truthOf(pureLoop(changes));
  expect(truth.n).toBeGreaterThan(5000);
  const [later, now, outcome] = [
    truth.alliance(WEEK.month13_5),
    truth.alliance(WEEK.month9),
    truth.outcome(WEEK.month9, QOLI),
  ];
  return { given: tOfLast(later, now, truth.allianceSetPoint, outcome), naive: tOfLast(later, now, outcome) };
}

/** Does alliance at 4.5 months predict an outcome at 9 months beyond the outcome at 4.5 months and its set-point? */
function allianceOnLaterOutcome(changes: ServiceChanges, outcome = QOLI): { given: number; naive: number } {
  const truth = truthOf(pureLoop(changes));
  const later = truth.outcome(WEEK.month9, outcome);
  const alliance = truth.alliance(WEEK.month4_5);
  return {
    given: tOfLast(later, truth.outcome(WEEK.month4_5, outcome), truth.setPoint(outcome), alliance),
    naive: tOfLast(later, truth.outcome(WEEK.entry, outcome), alliance),
  };
}

const NO_FEEDBACK = { alliance: { feedback: 0 } };
const NO_EFFECT = { effects: { allianceOnOutcomes: 0 } };
const NEITHER = { ...NO_FEEDBACK, ...NO_EFFECT };

describe("outcomes on alliance", () => {
  const strongB = { effects: { allianceOnOutcomes: 8 } };

  it("without feedback the outcome at 9 months does not predict alliance at 13.5 months beyond alliance's own stability", () => {
    expect(Math.abs(outcomeOnLaterAlliance({ ...strongB, ...NO_FEEDBACK }).given)).toBeLessThan(LIMIT);
  });

  it("with feedback, of the size in the defaults, it does", () => {
    expect(outcomeOnLaterAlliance({}).given).toBeGreaterThan(LIMIT);
  });

  it("without feedback, but not given the set-point, it does too: it has averaged past alliance", () => {
    expect(outcomeOnLaterAlliance({ ...strongB, ...NO_FEEDBACK }).naive).toBeGreaterThan(LIMIT);
    expect(Math.abs(outcomeOnLaterAlliance(NEITHER).naive)).toBeLessThan(LIMIT);
  });
});

describe("alliance on outcomes", () => {
  const strongFeedback = { outcomes: { qoli: { feedback: 20 } } };

  it("without B alliance at 4.5 months does not predict the outcome at 9 months beyond the outcome's own stability", () => {
    expect(Math.abs(allianceOnLaterOutcome({ ...strongFeedback, ...NO_EFFECT }).given)).toBeLessThan(LIMIT);
  });

  it("with B, of twice the size in the defaults, it does", () => {
    expect(allianceOnLaterOutcome({ effects: { allianceOnOutcomes: 2 } }).given).toBeGreaterThan(LIMIT);
  });

  it("without B, but given only the outcome at entry, it does too: it has followed the outcome since", () => {
    expect(allianceOnLaterOutcome({ ...strongFeedback, ...NO_EFFECT }).naive).toBeGreaterThan(LIMIT);
    expect(Math.abs(allianceOnLaterOutcome(NEITHER).naive)).toBeLessThan(LIMIT);
  });
});

/** t of the correlation of alliance and an outcome at the same time, among those in service. */
function togetherAt9(changes: ServiceChanges, outcome = QOLI): number {
  const truth = truthOf(pureLoop({ ...NEITHER, ...changes }));
  return tOfLast(truth.outcome(WEEK.month9, outcome), truth.alliance(WEEK.month9));
}

describe("without B and feedback, alliance and outcomes are unrelated, but for other ways between them", () => {
  it("none", () => {
    expect(Math.abs(togetherAt9({}))).toBeLessThan(LIMIT);
  });

  it("goals lift both, and switching them off closes that way", () => {
    const goals = { on: true, stepsPerWeek: 1, allianceLift: 6, alliance: 0.6 };
    const outcomes = { pgi: { goal: 10 } };
    expect(togetherAt9({ goals, outcomes }, PGI)).toBeGreaterThan(LIMIT);
    expect(Math.abs(togetherAt9({ goals: { ...goals, on: false }, outcomes }, PGI))).toBeLessThan(LIMIT);
  });

  it("hospital keeps clients from contact and is a setback, and switching setbacks off closes that way", () => {
    const hospital = { on: true, perYear: 2, days: 90 };
    const changes = {
      contacts: { hospitalShare: 0 },
      alliance: { ...NO_FEEDBACK.alliance, withoutContact: { weeks: 4 }, entryDeficit: 25 },
      outcomes: { qoli: { setback: -20, rate: 2 } },
      setbacks: { on: true, crisesPerYear: 0, fading: 16 },
      events: { hospital },
    };
    expect(togetherAt9(changes)).toBeGreaterThan(LIMIT);
    expect(Math.abs(togetherAt9({ ...changes, setbacks: { on: false } }))).toBeLessThan(LIMIT);
    expect(Math.abs(togetherAt9({ ...changes, events: { hospital: { on: false } } }))).toBeLessThan(LIMIT);
  });

  it("exits that depend on alliance alone, and on functioning alone, relate the two no more among those who stay", () => {
    const exits = {
      events: {
        leaving: { on: true, perYear: 0.8, alliance: 0.4 },
        graduation: { on: true, perYear: 1, months: 0, functioning: 74 },
      },
    };
    const truth = truthOf(pureLoop({ ...NEITHER, ...exits }));
    expect(truth.n).toBeGreaterThan(1000);
    expect(truth.n).toBeLessThan(3500);
    const mcas = OUTCOMES.indexOf("mcas");
    expect(Math.abs(tOfLast(truth.outcome(WEEK.month13_5, mcas), truth.alliance(WEEK.month13_5)))).toBeLessThan(LIMIT);
  });

  it("a style of rating relates measured scores, whatever the truth", () => {
    const truth = truthOf(pureLoop(NEITHER));
    const measuredTogether = (share: number) => {
      const study = studyParameters({ ratingStyle: { share } });
      const scores = (scale: "rprs" | "qoli", values: Float64Array) =>
        values.map((value, client) => measuredScore(key, client, scale, 9, value, study));
      return tOfLast(scores("qoli", truth.outcome(WEEK.month9, QOLI)), scores("rprs", truth.alliance(WEEK.month9)));
    };
    expect(measuredTogether(0.15)).toBeGreaterThan(LIMIT);
    expect(Math.abs(measuredTogether(0))).toBeLessThan(LIMIT);
  });
});
