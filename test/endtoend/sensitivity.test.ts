// What does an answer hinge on? As a program manager asks it; and what is refused.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { caseload } from "./runCli.ts";

const SCENARIO = `
name: tiny
title: One team of two
seed: tiny
service:
  time: { weeks: 26 }
  teams: { perAgency: [1], count: 1, seats: 2 }
  staffing: { caseloadCap: 4, vacancy: { value: 6, range: [2, 16], source: assumption } }
  referrals: { perWeek: 0.3, initialTenure: 20 }
  contacts: { perMonth: { value: 4, range: [1, 8], source: UK700 } }
costs:
  travel: { contact: { value: 8, range: [2, 20], source: assumption } }
study:
  sampling: { from: everyone, scheme: all }
  enrolment: { window: 1 }
  interviews: { months: [0] }
  audits: { months: [0] }
  instruments:
    rprs: { months: [0] }
    qoli: { months: [0] }
    pgi: { months: [0] }
    ths: { months: [0] }
    mcas: { months: [0] }
  managerRating: { months: [0] }
analysis: { tests: [jointSignificance], x: fid0, m: rprs0, y: qoli0 }
`;

let directory: string;
let scenario: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-sensitivity-"));
  scenario = join(directory, "tiny.yaml");
  writeFileSync(scenario, SCENARIO);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const compare = (...args: readonly string[]) =>
  caseload(["compare", scenario, ...args, "--replications", "4", "--sensitivity-replications", "4"]);

it("stands in the report, with both charts, and in no report that did not ask for it", () => {
  const reportOf = (...args: string[]) => {
    const out = join(directory, `out-${args.length}`);
    const { status, stderr } = compare("staffing.caseloadCap=6", "--quiet", "--out", out, ...args);
    expect([status, stderr]).toEqual([0, ""]);
    return { html: readFileSync(join(out, "report.html"), "utf8"), charts: readdirSync(join(out, "charts")) };
  };
  const { html, charts } = reportOf("--sensitivity");
  expect(html).toContain("Which assumption drives the answer");
  expect(html).toContain("contacts.perMonth (4 contacts/month)");
  expect(charts).toEqual(expect.arrayContaining(["tornado.png", "morris.svg"]));
  const out = join(directory, "plain");
  caseload(["compare", scenario, "staffing.caseloadCap=6", "--replications", "4", "--quiet", "--out", out]);
  expect(readFileSync(join(out, "report.html"), "utf8")).not.toContain("Which assumption drives the answer");
});

it("prints JSON, the same on 1, 2 and 7 workers", () => {
  const [one, ...more] = ["1", "2", "7"].map((workers) =>
    compare("staffing.caseloadCap=6", "--json", "--quiet", "--workers", workers, "--sensitivity"),
  );
  expect([one.status, one.stderr]).toEqual([0, ""]);
  for (const { stdout } of more) expect(stdout).toBe(one.stdout);
  const { sensitivity } = JSON.parse(one.stdout);
  expect(sensitivity).toMatchObject({
    scenario: "staffing.caseloadCap=6",
    figure: { name: "alliance", unit: "RPRS points" },
    replications: 4,
    morris: { levels: 4, trajectories: 2, replicationsPerTrajectory: 2 },
    infeasible: [],
    notVaried: [],
  });
  const paths = ["costs.travel.contact", "contacts.perMonth", "staffing.vacancy"].sort();
  expect(sensitivity.oneAtATime.map(({ path }: { path: string }) => path).sort()).toEqual(paths);
  expect(sensitivity.morris.assumptions.map(({ path }: { path: string }) => path).sort()).toEqual(paths);
  const perMonth = sensitivity.oneAtATime.find(({ path }: { path: string }) => path === "contacts.perMonth");
  expect(perMonth).toMatchObject({ value: 4, low: 1, high: 8, source: "UK700", unit: "contacts/month" });
});

it("prints tables, says first how many services it takes, and leaves out what the comparison changes", () => {
  const { status, stdout, stderr } = compare("contacts.perMonth=6", "--sensitivity", "costTravel");
  expect(status).toBe(0);
  // Vacancy low and high and central, two scenarios: 6 · 4; two walks of two services, two scenarios, two replications: 16.
  expect(stderr).toContain("sensitivity of costTravel to 2 assumptions: 40 services to play\n");
  expect(stdout).toContain("Which assumption drives the answer: Cost: travel");
  expect(stdout).toMatch(/^assumption +range +at low +at high +swing +95 % interval +influence$/m);
  expect(stdout).toMatch(/^costs\.travel\.contact +2 to 20 /m);
  expect(stdout).toContain(
    "- costs.travel.contact (8 money/contact): Travel to a contact that is held. Source: assumption",
  );
  expect(stdout).toContain("Does the sign hold?\n- ");
  expect(stdout).toContain("All together (Morris screening)\n2 random walks");
  expect(stdout).toContain("contacts.perMonth: not varied, as the comparison itself changes it.");
});

it("refuses what cannot be answered, with all problems together", () => {
  const unknown = compare("staffing.caseloadCap=6", "staffing.caseloadCap=5", "--sensitivity", "aliance");
  expect(unknown.status).toBe(2);
  expect(unknown.stderr).toContain('--sensitivity: there is no key figure "aliance"; did you mean "alliance"?');
  expect(unknown.stderr).toContain("--sensitivity is about one difference: compare tiny with one scenario, not 2");

  const nothing = join(directory, "nothing.yaml");
  writeFileSync(nothing, SCENARIO.replaceAll(/range: \[\d+, \d+\], /g, ""));
  const fixed = caseload(["compare", nothing, "staffing.caseloadCap=6", "--sensitivity"]);
  expect(fixed.status).toBe(2);
  expect(fixed.stderr).toContain(
    "--sensitivity has nothing to vary: no number of the service or its costs has a range",
  );

  const outside = join(directory, "outside.yaml");
  writeFileSync(outside, SCENARIO.replace("value: 6, range: [2, 16]", "value: 1, range: [2, 16]"));
  const wrong = caseload(["compare", outside, "staffing.caseloadCap=6", "--sensitivity"]);
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain("service.staffing.vacancy must be in its own range [2, 16], got 1");

  const few = caseload([
    "compare",
    scenario,
    "staffing.caseloadCap=6",
    "--trace",
    "1",
    "--sensitivity-replications",
    "3",
  ]);
  expect(few.status).toBe(2);
  expect(few.stderr).toContain("--sensitivity-replications must be a whole number from 4 to 10000, got 3");
  expect(few.stderr).toContain("--sensitivity-replications is for --sensitivity; give both or neither");
});
