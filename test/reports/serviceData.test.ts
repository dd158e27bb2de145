import { parse } from "csv-parse/sync";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { kpiDefinitionsOf } from "../../models/kpis/kpiDefinitions.ts";
import { TEAM_SERIES } from "../../models/service/teamSeries.ts";
import type { Column } from "../../models/study/columns.ts";
import { simulateStudy } from "../../models/study/observe.ts";
import { columnsCsv, columnsParquet, longData, typeOf, wideData } from "../../reports/dataFiles.ts";
import { kpisCsv } from "../../reports/kpisCsv.ts";
import { serviceCodebookCsv } from "../../reports/serviceCodebook.ts";
import { trajectoriesCsv } from "../../reports/trajectoriesCsv.ts";
import { keyOf } from "../../sim/random/address.ts";
import { runOf, smallPlan } from "./serviceFixture.ts";

const ORIGIN = { scenario: "small", seed: "fixture", version: "0.1.0", replications: 3 };
const plan = smallPlan();
const run = await runOf(plan);
const two = await runOf(smallPlan({ cohorts: 2 }));

type Record_ = Record<string, string>;
const recordsOf = (text: string) => parse(text, { columns: true }) as Record_[];

async function readBack(columns: readonly Column[]): Promise<Record<string, number | bigint | null>[]> {
  const bytes = columnsParquet(columns, ORIGIN);
  return (await parquetReadObjects({ file: bytes.slice().buffer as ArrayBuffer })) as Record<
    string,
    number | bigint | null
  >[];
}

describe("cohort files", () => {
  it("hold what the study saw: one row per client, one per client and interview", () => {
    const { observed, history } = simulateStudy(plan.service, plan.study, keyOf("fixture", 0));
    const { clients, origin } = history;
    const n = [...origin].filter((from, row) => from === 1 && clients.admissionDay[row] < 130 * 7).length;
    expect(n).toBeGreaterThan(10);
    const wide = recordsOf(columnsCsv(wideData(run.studies)));
    const long = recordsOf(columnsCsv(longData(run.studies)));
    expect(wide).toHaveLength(n);
    expect(long).toHaveLength(n * 5);
    expect(Object.keys(wide[0])).toEqual(observed.wide.map(({ name }) => name));
    for (const { name, values } of observed.wide)
      wide.forEach((record, row) => {
        expect(record[name] === "" ? Number.NaN : Number(record[name])).toBe(values[row]);
      });
    // The same score in both shapes.
    const nine = long.filter(({ months }) => months === "9").map(({ qoli }) => qoli);
    expect(nine).toEqual(wide.map(({ qoli9 }) => qoli9));
    expect(nine).toContain("");
  });

  it("have names of at most eight letters, digits and underscores, which statistics programs take", () => {
    for (const { name } of [...wideData(two.studies), ...longData(two.studies)])
      expect(name).toMatch(/^[A-Za-z]\w{0,7}$/);
  });

  it("Parquet reads back equal to CSV, value by value", async () => {
    for (const columns of [wideData(run.studies), longData(two.studies)]) {
      const records = recordsOf(columnsCsv(columns));
      const rows = await readBack(columns);
      expect(rows).toHaveLength(records.length);
      rows.forEach((row, i) => {
        expect(Object.keys(row)).toEqual(Object.keys(records[i]));
        for (const [name, value] of Object.entries(row))
          expect(value === null ? "" : String(value)).toBe(records[i][name]);
      });
    }
  });

  it("whole numbers are integers in Parquet, by meaning and not by chance", async () => {
    const columns = longData(run.studies);
    const [row] = await readBack(columns);
    expect(typeof row.id).toBe("bigint");
    const bytes = columnsParquet(columns, ORIGIN);
    const { schema } = parquetMetadata(bytes.slice().buffer as ArrayBuffer);
    const typesOf = (names: readonly string[]) =>
      names.map((name) => schema.find((field) => field.name === name)!.type);
    expect(typesOf(["id", "cm"])).toEqual(["INT64", "INT64"]);
    expect(typesOf(["team", "site", "woman", "diagnos", "ace", "ncm"])).toEqual(Array(6).fill("INT32"));
    // Scores are numbers even where an instrument knows whole ones only.
    expect(typesOf(["age", "qoli", "fid", "months", "day"])).toEqual(Array(5).fill("DOUBLE"));
    for (const column of columns)
      if (typeOf(column) !== "DOUBLE")
        for (const value of column.values) expect(Number.isNaN(value) || Number.isInteger(value)).toBe(true);
  });

  it("Parquet says where it comes from, and has the same bytes again", () => {
    const columns = wideData(run.studies);
    const bytes = columnsParquet(columns, ORIGIN);
    const { key_value_metadata, created_by } = parquetMetadata(bytes.slice().buffer as ArrayBuffer);
    expect(created_by).toBe("caseload 0.1.0");
    expect(key_value_metadata).toContainEqual({ key: "seed", value: "fixture" });
    expect(key_value_metadata).toContainEqual({ key: "label.qoli9", value: "Quality of life, QOLI-20, 9 months" });
    expect(Buffer.compare(bytes, columnsParquet(columns, ORIGIN))).toBe(0);
  });

  it("have a column study where there are several, and the first is the one alone", () => {
    const records = recordsOf(columnsCsv(wideData(two.studies)));
    const [n0, n1] = two.studies.map(({ nClients }) => nClients);
    expect(records.map(({ study }) => study)).toEqual([...Array(n0).fill("0"), ...Array(n1).fill("1")]);
    const first = records.slice(0, n0).map(({ study: _, ...rest }) => rest);
    expect(first).toEqual(recordsOf(columnsCsv(wideData(run.studies))));
    expect(recordsOf(columnsCsv(wideData(run.studies)))[0]).not.toHaveProperty("study");
  });

  it("an integer beyond 32 bits with a sign, and a column without a value, survive", async () => {
    const column = (name: string, unit: string, ...values: number[]): Column => ({
      name,
      label: name,
      unit,
      range: null,
      missing: "never",
      values: Float64Array.from(values),
    });
    const rows = await readBack([column("id", "identity", 2 ** 32 - 1), column("none", "points", Number.NaN)]);
    expect(rows).toEqual([{ id: 4294967295n, none: null }]);
  });
});

describe("trajectories.csv", () => {
  const records = recordsOf(trajectoriesCsv(run));
  const number = (record: Record_, name: string) => Number(record[name]);

  it("has a line per team and week", () => {
    expect(records).toHaveLength(4 * 130);
    expect(records.slice(0, 2).map(({ team, week }) => [team, week])).toEqual([
      ["1", "1"],
      ["1", "2"],
    ]);
    expect(records.at(-1)).toMatchObject({ team: "4", week: "130" });
  });

  it("clients are conserved: in service + waiting + gone = referred, every team and week", () => {
    for (const record of records)
      for (const end of ["_r0", ""]) {
        const parts = ["inService", "waiting", "left", "graduated", "neverEngaged", "gaveUp"];
        const sum = parts.reduce((all, name) => all + number(record, name + end), 0);
        expect(sum).toBeCloseTo(number(record, `referred${end}`), 9);
      }
  });

  it("means are those of three services simulated one by one", () => {
    const histories = [0, 1, 2].map((r) => simulateStudy(plan.service, plan.study, keyOf("fixture", r)).history);
    for (const [team, week] of [
      [0, 0],
      [2, 77],
      [3, 129],
    ]) {
      const record = records[team * 130 + week];
      for (const { name, of } of TEAM_SERIES) {
        const values = histories.map((history) => of(history)[week * 4 + team]);
        const defined = values.filter((value) => !Number.isNaN(value));
        expect(number(record, name)).toBeCloseTo(defined.reduce((sum, value) => sum + value, 0) / defined.length, 9);
        expect(number(record, `${name}_r0`)).toBe(values[0]);
      }
    }
  });
});

describe("kpis.csv and codebook.csv", () => {
  it("a line per key figure with its origin", () => {
    const records = recordsOf(kpisCsv(run));
    expect(records.map(({ name }) => name)).toEqual(kpiDefinitionsOf(plan).map(({ name }) => name));
    for (const [k, record] of records.entries()) {
      expect(record).toMatchObject({ scenario: "small", seed: "fixture", version: "0.1.0", nReplications: "3" });
      const { mean, ci } = run.kpis[k];
      expect([record.better, record.headline]).toEqual([
        run.kpis[k].better ?? "none",
        run.kpis[k].headline ? "1" : "0",
      ]);
      expect(record.mean).toBe(Number.isNaN(mean) ? "" : String(mean));
      expect(record.upper).toBe(Number.isNaN(ci[1]) ? "" : String(ci[1]));
    }
  });

  it("the codebook explains every column of every file, and no other", () => {
    const book = recordsOf(serviceCodebookCsv(two));
    const namesIn = (file: string) => book.filter((entry) => entry.file === file).map(({ name }) => name);
    const header = (text: string) => text.split("\n")[0].split(",");
    expect(namesIn("cohort-wide")).toEqual(header(columnsCsv(wideData(two.studies))));
    expect(namesIn("cohort-long")).toEqual(header(columnsCsv(longData(two.studies))));
    expect(namesIn("trajectories.csv")).toEqual(header(trajectoriesCsv(two)));
    expect(namesIn("kpis.csv")).toEqual(header(kpisCsv(two)));
    for (const { label, type, unit, missing } of book) expect([label, type, unit, missing]).not.toContain("");
    expect(book.find(({ file, name }) => file === "cohort-wide" && name === "rprs4_5")).toMatchObject({
      range: "0 to 100",
      unit: "points",
      type: "number",
    });
  });

  it("ranges hold in the data", () => {
    for (const { name, range, values } of wideData(run.studies))
      for (const value of values)
        if (range !== null && !Number.isNaN(value)) {
          expect(value, name).toBeGreaterThanOrEqual(range[0]);
          expect(value, name).toBeLessThanOrEqual(range[1]);
        }
  });
});
