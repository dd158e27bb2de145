// A service played out as a user does it: scenario in, key figures and a directory out, the same bytes on any number of workers.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kpiDefinitionsOf } from "../../models/kpis/kpiDefinitions.ts";
import { serviceParameters } from "../../models/service/parameters.ts";
import { simulateStudy } from "../../models/study/observe.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { keyOf } from "../../sim/random/address.ts";
import { caseload, hashesOf, startCaseload } from "./runCli.ts";

let directory: string;
const file = (name: string) => join(directory, name);
const scenario = () => file("two-towns.yaml");

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-simulate-"));
  writeFileSync(
    scenario(),
    `name: two-towns
title: Two towns
service:
  time: { weeks: 110 }
  teams: { count: 3, perAgency: [2, 1], seats: 2 }
  staffing: { caseloadCap: 6 }
  referrals: { perWeek: 0.3, cohort: { on: true, perTeam: 5, window: 4 }, initialCaseload: 0.3 }
study:
  audits: { months: [0, 6, 12] }
analysis: { x: fid4_5, m: rprs4_5, y: qoli9 }
`,
  );
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("caseload simulate", () => {
  it("1 and 2 workers write the same bytes, every file; a run that was cut short begins again in the same place", {
    timeout: 120_000,
  }, () => {
    const args = ["simulate", scenario(), "--replications", "5", "--cohorts", "2", "--trace", "4096", "--quiet"];
    const [one, two] = [1, 2].map((workers) => {
      const out = file(`workers-${workers}`);
      const { status, stdout, stderr } = caseload([...args, "--workers", String(workers), "--out", out]);
      expect([status, stderr]).toEqual([0, ""]);
      return { hashes: hashesOf(out), stdout };
    });
    expect(two).toEqual(one);
    expect(Object.keys(one.hashes)).toEqual([
      ...["client-flow", "fidelity-by-team", "staff-strips", "tenure-fans"].flatMap((name) => [
        `charts/${name}.png`,
        `charts/${name}.svg`,
      ]),
      "client-story.txt",
      "codebook.csv",
      "cohort-long.csv",
      "cohort-long.parquet",
      "cohort-wide.csv",
      "cohort-wide.parquet",
      "kpis.csv",
      "report.html",
      "run.json",
      "trajectories.csv",
    ]);
    rmSync(join(file("workers-1"), "report.html"));
    rmSync(join(file("workers-1"), "kpis.csv"));
    expect(caseload([...args, "--workers", "1", "--out", file("workers-1")]).status).toBe(0);
    expect(hashesOf(file("workers-1"))).toEqual(one.hashes);
    // The story is on stdout, below the table, and in its file.
    expect(one.stdout.endsWith(readFileSync(join(file("workers-1"), "client-story.txt"), "utf8"))).toBe(true);
    expect(one.stdout.startsWith("two-towns ")).toBe(true);
  });

  it("the cohort's data are those of replications 0 and 1, in CSV and in Parquet", async () => {
    const service = serviceParameters({
      time: { weeks: 110 },
      teams: { count: 3, perAgency: [2, 1], seats: 2 },
      staffing: { caseloadCap: 6 },
      referrals: { perWeek: 0.3, cohort: { on: true, perTeam: 5, window: 4 }, initialCaseload: 0.3 },
    });
    const study = studyParameters({ audits: { months: [0, 6, 12] } });
    const out = file("workers-2");
    const records = parse(readFileSync(join(out, "cohort-wide.csv")), { columns: true }) as Record<string, string>[];
    const bytes = readFileSync(join(out, "cohort-wide.parquet"));
    const rows = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
    expect(rows).toHaveLength(records.length);
    let at = 0;
    for (const replication of [0, 1]) {
      const { observed } = simulateStudy(service, study, keyOf("two-towns", replication));
      for (let client = 0; client < observed.nClients; client++, at++) {
        expect(records[at].study).toBe(String(replication));
        for (const { name, values } of observed.wide) {
          const text = Number.isNaN(values[client]) ? "" : String(values[client]);
          expect(records[at][name]).toBe(text);
          expect(rows[at][name] === null ? "" : String(rows[at][name])).toBe(text);
        }
      }
    }
    expect(at).toBe(records.length);
  });

  it("--json keeps the contract and prints nothing else", { timeout: 60_000 }, () => {
    const out = file("json");
    const { status, stdout, stderr } = caseload([
      "simulate",
      scenario(),
      "--replications",
      "3",
      "--json",
      "--out",
      out,
      "--quiet",
    ]);
    expect([status, stderr]).toEqual([0, ""]);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      scenario: "two-towns",
      seed: "two-towns",
      version: expect.any(String),
      replications: 3,
      emptied: { noStaff: 0, noClients: 0 },
    });
    expect(Object.keys(result.kpis)).toEqual(
      kpiDefinitionsOf({ study: studyParameters(), costs: null, kpis: [] }).map(({ name }) => name),
    );
    expect(result.kpis.fidelity).toMatchObject({
      mean: expect.any(Number),
      mcse: expect.any(Number),
      ci: [expect.any(Number), expect.any(Number)],
      unit: "points",
    });
    expect(result.files).toContain(join(out, "cohort-long.parquet"));
    for (const path of result.files) expect(existsSync(path), path).toBe(true);
    const run = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(run).toMatchObject({ program: "caseload", command: "simulate", replications: 3, cohorts: 1 });
    expect(run.scenario.service.teams.count).toBe(3);
  });

  it("a larger caseload and the same luck: --set and --seed change what they say and nothing else", {
    timeout: 60_000,
  }, () => {
    const kpisOf = (...flags: string[]) =>
      JSON.parse(caseload(["simulate", scenario(), "--replications", "2", "--json", ...flags]).stdout).kpis;
    const base = kpisOf();
    expect(kpisOf()).toEqual(base);
    expect(kpisOf("--set", "service.staffing.caseloadCap=12").clientsServed.mean).toBeGreaterThan(
      base.clientsServed.mean,
    );
    expect(kpisOf("--seed", "other")).not.toEqual(base);
  });

  it("a service that empties is a result, and says so", { timeout: 60_000 }, () => {
    const flags = [
      "--set",
      "service.staffing.turnover.perYear=50",
      "--set",
      "service.staffing.vacancy=520",
      "--replications",
      "2",
    ];
    const out = file("emptied");
    const { status, stdout } = caseload(["simulate", scenario(), ...flags, "--out", out]);
    expect(status).toBe(0);
    const sentence = "In 2 of 2 replications the service had no case manager left at the end.";
    expect(stdout.replaceAll("\n", " ")).toContain(sentence);
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain(sentence);
    const { stdout: json } = caseload(["simulate", scenario(), ...flags, "--json"]);
    expect(JSON.parse(json).emptied.noStaff).toBe(2);
  });

  it("--trace tells one client's story, and names the ids there are", { timeout: 60_000 }, () => {
    const trace = (id: string, ...flags: string[]) =>
      caseload(["simulate", scenario(), "--replications", "1", "--trace", id, ...flags]);
    const { stdout } = trace("4096");
    expect(stdout).toMatch(/^Client 4096, team 1, in replication 0\. A (wo)?man of \d+: /);
    expect(stdout).toMatch(/\nweek \d+ +referred, by the study's own enrolment/);
    const { trace: told } = JSON.parse(trace("4096", "--json").stdout);
    expect(told).toMatchObject({ identity: 4096, team: 0 });
    expect(told.weeks).toHaveLength(110);
    expect(told.interviews).toBeInstanceOf(Array);
    const unknown = trace("5000");
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toMatch(
      /^--trace 5000: there is no such client in replication 0; ids are those of the column id in the data: in team 1 there are 0 to 2 \(3 in service on day 0\), 4096 to 4100 \(5 of the study's own enrolment\) and \d+ to \d+ \(\d+ referred since\); each further team adds 1048576\n$/,
    );
  });

  it("every problem in one message, and nothing written", { timeout: 60_000 }, () => {
    const out = file("refused");
    const { status, stdout, stderr } = caseload([
      "simulate",
      scenario(),
      "--out",
      out,
      "--replications",
      "0",
      "--cohorts",
      "two",
      "--trace",
      "-1",
      "--workers",
      "0",
      "--set",
      "service.staffing.caseloadCap=0",
      "--set",
      "service.teams.cuont=3",
    ]);
    expect([status, stdout]).toEqual([2, ""]);
    const lines = stderr.trimEnd().split("\n");
    expect(lines.slice(0, 4)).toEqual([
      "--replications must be a whole number from 1 to 100000, got 0",
      "--cohorts must be a whole number from 1 to 1000, got two",
      "--trace must be a whole number from 0 to 4294967295, got -1",
      "--workers must be a whole number from 1 to 1024, got 0",
    ]);
    expect(stderr).toContain('unknown key "cuont" in service.teams; did you mean "count"?');
    expect(stderr).toContain("service.staffing.caseloadCap");
    expect(existsSync(out)).toBe(false);
    expect(caseload(["simulate", scenario(), "--cohorts", "4", "--replications", "3"]).stderr).toBe(
      "--cohorts must be at most --replications (3), got 4\n",
    );
  });

  it("refuses a scenario without a service, and a directory that is not its own", { timeout: 60_000 }, () => {
    const paths = caseload(["simulate", "teaching-simple"]);
    expect(paths.status).toBe(2);
    expect(paths.stderr).toContain(
      "teaching-simple: its studies come from the path model (paths:), and there is no service to play out",
    );
    mkdirSync(file("foreign"));
    writeFileSync(join(file("foreign"), "letter.txt"), "mine");
    const args = ["simulate", scenario(), "--replications", "1", "--quiet", "--out"];
    expect(caseload([...args, file("foreign")]).stderr).toContain("is not empty and holds no run");
    expect(caseload([...args, file("workers-2")]).stderr).toContain("holds another run");
    expect(caseload([...args, file("done")]).status).toBe(0);
    const again = caseload([...args, file("done")]);
    expect([again.status, again.stderr]).toEqual([
      2,
      `--out ${file("done")}: this run is there already; --force to run it again\n`,
    ]);
    // --force clears what the earlier run left, the story that this one does not tell among it.
    expect(caseload([...args, file("done"), "--force", "--trace", "4096"]).status).toBe(0);
    expect(existsSync(join(file("done"), "client-story.txt"))).toBe(true);
    expect(caseload([...args, file("done"), "--force"]).status).toBe(0);
    expect(existsSync(join(file("done"), "client-story.txt"))).toBe(false);
    expect(caseload(["report", file("done")]).stderr).toContain("not a power run");
    expect(readFileSync(join(file("foreign"), "letter.txt"), "utf8")).toBe("mine");
  });

  it("Ctrl-C ends it with 1 and says how to go on", { timeout: 60_000 }, async () => {
    const child = startCaseload([
      "simulate",
      scenario(),
      "--replications",
      "5000",
      "--workers",
      "1",
      "--out",
      file("interrupted"),
    ]);
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const status = await new Promise((resolve) => {
      const timer = setInterval(() => {
        if (!existsSync(join(file("interrupted"), "run.json"))) return;
        clearInterval(timer);
        setTimeout(() => child.kill("SIGINT"), 300);
      }, 20);
      child.on("exit", resolve);
    });
    expect(status).toBe(1);
    expect(stderr).toContain("interrupted; the same command begins again");
    expect(existsSync(join(file("interrupted"), "report.html"))).toBe(false);
  });
});
