// A comparison as a program manager makes it: words in, a page or JSON out, the same bytes on any number of workers.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseload, hashesOf } from "./runCli.ts";

let directory: string;
const file = (name: string) => join(directory, name);
const base = () => file("town.yaml");

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-compare-"));
  writeFileSync(
    base(),
    `name: town
title: A small town
service:
  time: { weeks: 110 }
  teams: { count: 1, perAgency: [1], seats: 2 }
  staffing: { caseloadCap: 4 }
  referrals: { perWeek: 0.3, cohort: { on: true, perTeam: 4, window: 4 }, initialCaseload: 0.3 }
study:
  audits: { months: [0, 6, 12] }
analysis: { x: fid4_5, m: rprs4_5, y: qoli9 }
costs: { travel: { contact: 10 } }
`,
  );
  writeFileSync(file("pool.yaml"), "name: pool\nextends: ./town.yaml\nservice: { staffing: { handOver: pool } }\n");
  writeFileSync(file("short.yaml"), "name: short\nextends: ./town.yaml\nservice: { time: { weeks: 109 } }\n");
  writeFileSync(file("dollars.yaml"), "name: dollars\nextends: ./town.yaml\ncosts: { currency: USD }\n");
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const compare = (...args: string[]) => caseload(["compare", base(), ...args, "--quiet"]);
const json = (...args: string[]) => JSON.parse(compare(...args, "--json").stdout);

describe("caseload compare", { timeout: 120_000 }, () => {
  it("1, 2 and 7 workers print and write the same bytes, where scenarios stop at different looks", () => {
    const args = [file("pool.yaml"), "staffing.caseloadCap=5", "--replications", "45", "--precision", "0.08"];
    const run = (workers: string) => {
      const here = file(`workers-${workers}`);
      mkdirSync(here, { recursive: true });
      const how = ["--json", "--quiet", "--workers", workers, "--out", "out"];
      return { here, ...caseload(["compare", base(), ...args, ...how], here) };
    };
    const [one, ...others] = ["1", "2", "7"].map(run);
    expect([one.status, one.stderr]).toEqual([0, ""]);
    const hashes = hashesOf(one.here);
    expect(Object.keys(hashes)).toEqual(JSON.parse(one.stdout).files.sort());
    for (const name of [
      "run.json",
      "summary.md",
      "comparison.csv",
      "codebook.csv",
      "report.html",
      "charts/weeks-2.png",
    ])
      expect(Object.keys(hashes)).toContain(`out/${name}`);
    for (const { here, stdout } of others) expect([stdout, hashesOf(here)]).toEqual([one.stdout, hashes]);
    const plan = JSON.parse(readFileSync(join(one.here, "out", "run.json"), "utf8"));
    expect(plan).toMatchObject({ command: "compare", seed: "town", precision: 0.08, base: { name: "town" } });
    expect(plan.others[1].service.staffing.caseloadCap).toBe(5);
    expect(run("1").stderr).toContain("this run is there already; --force to run it again");
    const pages = ["1", "2"].map((workers) => compare(...args, "--all", "--workers", workers).stdout);
    expect(pages[1]).toBe(pages[0]);
    expect(pages[0]).toContain("town and 2 other scenarios: the same people with the same luck, 110 weeks.");
  });

  it("--trace with --out tells the stories and keeps them beside the report", () => {
    const args = ["staffing.turnover.perYear=20", "--trace", "4096", "--replications", "2", "--out", file("out-trace")];
    const { status, stdout } = compare(...args);
    expect(status).toBe(0);
    const story = readFileSync(file("out-trace/client-story.txt"), "utf8");
    expect(stdout).toContain("What changed");
    expect(stdout.endsWith(story)).toBe(true);
    const other = compare("staffing.caseloadCap=5", "--replications", "2", "--out", file("out-trace"));
    expect([other.status, other.stdout]).toEqual([2, ""]);
    expect(other.stderr).toContain("the directory holds another run");
  });

  it("--json keeps the contract", () => {
    const result = json(file("pool.yaml"), "--replications", "3");
    expect(result).toMatchObject({ base: "town", seed: "town", replications: 3, version: expect.any(String) });
    expect(result.selfCheck).toEqual({ replications: 3, largestDifference: 0 });
    const [{ name, changes, kpis, replications, isPrecise }] = result.scenarios;
    expect([name, replications, isPrecise]).toEqual(["pool", 3, false]);
    expect(changes).toEqual([expect.objectContaining({ path: "staffing.handOver", from: "hold", to: "pool" })]);
    expect(kpis[0]).toMatchObject({ name: "clientsServed", better: "higher", headline: false });
    const [{ kpis: ofBigger }] = json("staffing.caseloadCap=5", "--replications", "3").scenarios;
    const alliance = ofBigger.find((kpi: { name: string }) => kpi.name === "alliance");
    for (const key of ["base", "value", "difference", "mcse", "runsNeeded", "tolerance", "varianceRatio", "nPairs"])
      expect([key, typeof alliance[key]]).toEqual([key, "number"]);
    expect(alliance).toMatchObject({ unit: "RPRS points", ci: [expect.any(Number), expect.any(Number)] });
    expect(alliance.difference).toBeCloseTo(alliance.value - alliance.base, 9);
    expect(result.rankings[0].againstBase[0]).toMatchObject({ name: "pool", holm: expect.any(Number) });
  });

  it("the base against itself differs in nothing, in every key figure", () => {
    const { scenarios } = json(base(), "--replications", "4");
    const [{ changes, kpis }] = scenarios;
    expect(changes).toEqual([]);
    for (const { difference } of kpis) expect([0, null]).toContain(difference);
  });

  it("a word path=value and --set are the same change; --set-all changes everyone, --seed the luck", () => {
    const [word] = json("staffing.caseloadCap=5,staffing.handOver=pool", "--replications", "3").scenarios;
    const set = ["--set", "staffing.caseloadCap=5", "--set", "staffing.handOver=pool"];
    const [flag] = json(...set, "--replications", "3").scenarios;
    expect(flag).toEqual(word);
    expect(flag.name).toBe("staffing.caseloadCap=5,staffing.handOver=pool");
    const all = json(file("pool.yaml"), "--set-all", "staffing.caseloadCap=5", "--replications", "3");
    expect(all.scenarios[0].changes).toHaveLength(1);
    expect(all.scenarios[0].kpis[0].value).toBe(word.kpis[0].value);
    expect(all.scenarios[0].kpis[0].base).not.toBe(word.kpis[0].base);
    expect(json(file("pool.yaml"), "--seed", "other", "--replications", "3").scenarios[0].kpis).not.toEqual(
      json(file("pool.yaml"), "--replications", "3").scenarios[0].kpis,
    );
  });

  it("--trace tells one client's two stories and runs nothing else; in JSON it comes along", () => {
    const { status, stdout } = compare("staffing.turnover.perYear=20", "--trace", "4096");
    expect(status).toBe(0);
    expect(stdout.replaceAll("\n", " ")).toMatch(
      /^Client 4096, team 1, in replication 0 of town and of staffing\.turnover\.perYear=20\. A /,
    );
    expect(stdout.replaceAll("\n", " ")).toContain("The first decision that differs, in week ");
    const { trace } = json("staffing.turnover.perYear=20", "--trace", "4096", "--replications", "2");
    expect(trace.base.trace.identity).toBe(4096);
    expect(trace.others[0].parting.week).toBeGreaterThan(0);
    expect(compare(file("pool.yaml"), "--trace", "9").stderr).toMatch(
      /^--trace 9: there is no such client in replication 0/,
    );
  });

  it.each([
    [[], "nothing to compare "],
    [
      ["--set", "staffing.caseloadCapp=5"],
      'unknown key "caseloadCapp" in service.staffing; did you mean "caseloadCap"?',
    ],
    [["staffing.caseloadCap=0"], "service.staffing.caseloadCap must be a whole number from 1 to 1000 (clients), got 0"],
    [["polo"], 'no scenario "polo"'],
    [["teaching-simple"], "there is no service to play out"],
    [
      ["--set", "staffing.caseloadCap=5", "--set", "staffing.caseloadCap=6"],
      "--set staffing.caseloadCap: given 2 times",
    ],
    [
      ["costs.budget=5"],
      "costs.budget=5 has costs.budget 5, but town 0; one must hold for all: --set-all costs.budget=0",
    ],
    [
      ["--set-all", "costs.budget=5", "staffing.caseloadCap=5"],
      "town: costs.budget is CAD 5 a year, below what the base itself costs, about ",
    ],
    [
      ["staffing.caseloadCap=5", "staffing.caseloadCap=5"],
      "staffing.caseloadCap=5: two of the scenarios have this name",
    ],
    [
      ["staffing.caseloadCap=5", "--precision", "0"],
      "--precision must be a share of the base's value, above 0 and at most 1, got 0",
    ],
    [
      ["staffing.caseloadCap=5", "--replications", "1"],
      "--replications must be a whole number from 2 to 100000, got 1",
    ],
  ] as [string[], string][])("%j is refused in one message", (args, message) => {
    const { status, stdout, stderr } = compare(...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("other horizons and currencies are refused, with all else that is wrong", () => {
    const { status, stderr } = compare(file("short.yaml"), file("dollars.yaml"), "--workers", "0");
    expect(status).toBe(2);
    expect(stderr.trimEnd().split("\n")).toEqual([
      "--workers must be a whole number from 1 to 1024, got 0",
      "short plays 109 weeks out, but town 110; give all the same: --set-all time.weeks=110",
      "dollars has costs.currency USD, but town CAD; one must hold for all: --set-all costs.currency=CAD",
    ]);
  });
});
