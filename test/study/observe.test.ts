import { describe, expect, it } from "vitest";
import { simulateService } from "../../models/service/simulateService.ts";
import { STATUS } from "../../models/service/world.ts";
import { codebookOf, columnNamed } from "../../models/study/columns.ts";
import { recordInterviews } from "../../models/study/interviews.ts";
import { dropoutDay } from "../../models/study/missingness.ts";
import { observeStudy, sampleStudy, simulateStudy } from "../../models/study/observe.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { columnsOf, toStudyData } from "../../models/study/studyData.ts";
import { differences } from "../service/fixture.ts";
import { KEY, observed, SERVICE, wideColumn } from "./fixture.ts";

const study = observed();
const WITH_WAVE = {
  interviews: { months: [0, 2, 4.5, 9, 13.5, 18] },
  instruments: { rprs: { months: [2, 4.5, 13.5] }, ths: { months: [0, 2, 9, 18] } },
};

describe("observing", () => {
  it("changes nothing in the world, whatever is observed", () => {
    const unobserved = simulateService(SERVICE, KEY);
    for (const changes of [
      {},
      WITH_WAVE,
      { audits: { months: [0, 3, 6, 9, 12] } },
      { sampling: { from: "everyone" } as const },
    ])
      expect(differences(unobserved, simulateStudy(SERVICE, studyParameters(changes), KEY).history)).toEqual([]);
  });

  it("once more gives the same study; another interview changes no other value", () => {
    expect(observed()).toEqual(study);
    const more = observed(WITH_WAVE);
    expect(more.wide.length).toBeGreaterThan(study.wide.length);
    for (const { name, values } of study.wide) expect([name, wideColumn(more, name)]).toEqual([name, values]);
  });

  it("with another audit changes exposures only", () => {
    const more = observed({ audits: { months: [0, 3, 6, 12, 18, 24, 36] } });
    for (const { name, values } of study.wide)
      if (!name.startsWith("fid")) expect([name, wideColumn(more, name)]).toEqual([name, values]);
    expect(wideColumn(more, "fid4_5")).not.toEqual(wideColumn(study, "fid4_5"));
  });

  it("of some of the clients sees in them what it sees in all", () => {
    const some = observed({ clientsPerTeam: 4, sampling: { scheme: "random" } });
    expect(some.nClients).toBe(16);
    expect(some.nEligible).toBe(study.nEligible);
    const ids = Array.from(wideColumn(study, "id"));
    const where = Array.from(wideColumn(some, "id"), (id) => ids.indexOf(id));
    for (const { name, values } of some.wide) {
      const all = wideColumn(study, name);
      expect([name, values]).toEqual([name, Float64Array.from(where, (client) => all[client])]);
    }
  });

  it("without error sees the truth at the end of the step of the interview", () => {
    const exact = { reliability: 1, step: 0 };
    const p = studyParameters({
      instruments: { rprs: exact, qoli: exact, pgi: exact, ths: exact, mcas: exact },
      ratingStyle: { share: 0 },
      missing: { share: 0 },
      dropout: { perYear: 0 },
    });
    const recorder = recordInterviews(p, KEY);
    const seen: number[][] = [];
    const history = simulateService(SERVICE, KEY, {
      atStart: recorder.observer.atStart,
      afterStep: (world, step) => {
        recorder.observer.afterStep(world, step);
        seen.push(Array.from(world.clients.alliance));
      },
    });
    const truth = recorder.truth();
    const result = observeStudy(history, truth, p, KEY);
    const wave = truth.months.indexOf(13.5);
    let nSeen = 0;
    result.rows.forEach((row, client) => {
      const day = truth.day[row * truth.n + wave];
      if (Number.isNaN(day)) return;
      nSeen++;
      expect(wideColumn(result, "rprs13_5")[client]).toBe(seen[Math.floor(day / 7)][row]);
      expect(wideColumn(result, "day13_5")[client]).toBe(day - truth.day[row * truth.n]);
      expect(truth.day[row * truth.n]).toBeGreaterThanOrEqual(history.clients.admissionDay[row]);
    });
    expect(nSeen).toBeGreaterThan(20);
  });

  it("gives a column asked for alone the values it has among all", () => {
    const recorder = recordInterviews(studyParameters(), KEY);
    const history = simulateService(SERVICE, KEY, recorder.observer);
    const whole = observeStudy(history, recorder.truth(), studyParameters(), KEY);
    const sample = sampleStudy(history, recorder.truth(), studyParameters(), KEY);
    expect([sample.nClients, sample.nEligible]).toEqual([whole.nClients, whole.nEligible]);
    for (const { name, values } of [...whole.wide].reverse()) expect(sample.column(name)).toEqual(values);
    expect(sample.column("qoli9")).toBe(sample.column("qoli9"));
    expect(() => sample.column("qoli8")).toThrow(/no column "qoli8"/);
  });

  it("comes at planned times, within the jitter, and not after the simulated time", () => {
    const within = 2 * 2 * 7 + 1e-9;
    for (const [name, months] of [
      ["day4_5", 4.5],
      ["day18", 18],
    ] as const)
      for (const day of wideColumn(study, name))
        if (!Number.isNaN(day)) expect(Math.abs(day - (months * 365.25) / 12)).toBeLessThanOrEqual(within);
    const short = simulateStudy({ ...SERVICE, time: { ...SERVICE.time, weeks: 50 } }, studyParameters(), KEY).observed;
    expect(wideColumn(short, "day18").every(Number.isNaN)).toBe(true);
    expect(wideColumn(short, "qoli18").every(Number.isNaN)).toBe(true);
  });

  it("stops when a client drops out of the study", () => {
    const p = studyParameters({ dropout: { perYear: 0.7 } });
    const { truth, observed: left } = simulateStudy(SERVICE, p, KEY);
    const ids = wideColumn(left, "id");
    let nLost = 0;
    left.rows.forEach((row, client) => {
      const baseline = truth.day[row * truth.n];
      truth.months.forEach((months, wave) => {
        const day = truth.day[row * truth.n + wave];
        const isHeld = day - baseline <= dropoutDay(KEY, ids[client], p);
        if (!Number.isNaN(day) && !isHeld) nLost++;
        for (const variable of ["day", "fid", "hosp"])
          expect(Number.isNaN(wideColumn(left, variable + String(months).replace(".", "_"))[client])).toBe(!isHeld);
      });
    });
    expect(nLost).toBeGreaterThan(20);
  });

  it("stops at the exit from the service if parameters say so", () => {
    const p = studyParameters({ interviews: { afterExit: false } });
    const { truth, observed: inService } = simulateStudy(SERVICE, p, KEY);
    const wave = truth.months.indexOf(18);
    const gone = Array.from(inService.rows).flatMap((row, client) =>
      truth.status[row * truth.n + wave] >= STATUS.left ? [client] : [],
    );
    expect(gone.length).toBeGreaterThan(0);
    for (const client of gone) expect(wideColumn(inService, "day18")[client]).toBeNaN();
  });
});

describe("the data set", () => {
  it("has the same values wide and long", () => {
    const n = study.months.length;
    for (const { name, values } of study.long.filter((column) =>
      ["fid", "rprs", "qoli", "cmal", "hosp"].includes(column.name),
    ))
      study.months.forEach((months, wave) => {
        const wide = study.wide.find((column) => column.name === name + String(months).replace(".", "_"));
        const slice = values.filter((_, i) => i % n === wave);
        if (wide === undefined) expect(slice.every(Number.isNaN)).toBe(true);
        else expect(slice).toEqual(wide.values);
      });
    expect(columnNamed(study.long, "id").values.filter((_, i) => i % n === 3)).toEqual(wideColumn(study, "id"));
  });

  it("keeps to the ranges of its codebook, with names for any statistics program", () => {
    for (const columns of [study.wide, study.long]) {
      const names = codebookOf(columns).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const { name, label, range, values } of columns) {
        expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_]{0,7}$/);
        expect(label).not.toBe("");
        for (const value of values)
          if (range !== null && !Number.isNaN(value)) {
            expect(value).toBeGreaterThanOrEqual(range[0]);
            expect(value).toBeLessThanOrEqual(range[1]);
          }
      }
    }
  });

  it("of nobody is valid and empty", () => {
    const nobody = {
      ...SERVICE,
      referrals: { ...SERVICE.referrals, cohort: { ...SERVICE.referrals.cohort, on: false } },
    };
    const empty = simulateStudy(nobody, studyParameters(), KEY).observed;
    expect([
      empty.nClients,
      empty.nEligible,
      toStudyData(columnsOf(empty), { x: "fid4_5", m: "rprs4_5", y: "qoli9", covariates: [] }).n,
    ]).toEqual([0, 0, 0]);
    expect(empty.wide.map(({ name }) => name)).toEqual(study.wide.map(({ name }) => name));
  });

  it("goes to the estimators without clients who miss a value", () => {
    const names = { x: "fid4_5", m: "rprs4_5", y: "qoli9", covariates: ["qoli0", "age"] };
    const data = toStudyData(columnsOf(study), names);
    const columns = [names.x, names.m, names.y, ...names.covariates].map((name) => wideColumn(study, name));
    const complete = Array.from({ length: study.nClients }, (_, i) => i).filter((i) =>
      columns.every((values) => !Number.isNaN(values[i])),
    );
    expect(data.n).toBeLessThan(study.nClients);
    expect([data.x, data.m, data.y, ...data.covariates]).toEqual(
      columns.map((values) => Float64Array.from(complete, (i) => values[i])),
    );
    expect(() => toStudyData(columnsOf(study), { ...names, y: "qoli8" })).toThrow(
      /no column "qoli8"; the columns are id, team/,
    );
  });
});
