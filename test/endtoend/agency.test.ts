// The command line as a program manager meets it: a table of teams becomes a service that runs.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AGENCY_COLUMN_NAMES } from "../../models/agency/columns.ts";
import { caseload } from "./runCli.ts";

let directory: string;
const run = (...args: string[]) => caseload(args, directory);
const text = (name: string) => readFileSync(join(directory, name), "utf8");

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-agency-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("scenarios init with a table of teams", () => {
  it("goes from template to simulation", () => {
    expect(run("scenarios", "init", "--template", "agency.csv")).toEqual({
      status: 0,
      stdout: "",
      stderr:
        "Wrote agency.csv and agency-codebook.csv, which says what to fill in.\n" +
        "Then: caseload scenarios init my-agency.yaml --from agency.csv\n",
    });
    const header = text("agency.csv").split("\n")[0].split(",");
    expect(header).toEqual(["team", ...AGENCY_COLUMN_NAMES]);
    const explained = text("agency-codebook.csv").trim().split("\n").slice(1);
    expect(explained.map((line) => line.split(",")[0])).toEqual(header);

    expect(run("scenarios", "init", "my-agency.yaml", "--from", "agency.csv")).toEqual({
      status: 0,
      stdout: "",
      stderr: "Wrote my-agency.yaml. Run it: caseload simulate my-agency.yaml\n",
    });
    const scenario = text("my-agency.yaml");
    expect(scenario).toContain('seats: { value: 6, source: "agency.csv: 18 seats in 3 teams" }');
    expect(scenario).toMatch(
      /# the model's hazard, .* fitted so .*\n +perYear: \{ value: [\d.]+, range: \[[\d.]+,[\d.]+\], source: "agency\.csv: 6 case managers left of 18 seats last year; played out, [\d.]+ a year" \}/,
    );
    expect(scenario).toMatch(/^ {2}# {3}staffing\.handOver: hold \(/m);
    expect(run("scenarios", "check", "my-agency.yaml")).toMatchObject({ status: 0, stderr: "" });
    const { status, stdout } = run("simulate", "my-agency.yaml", "--replications", "2", "--quiet");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^my-agency +mean/);
  });

  it("replaces nothing without --force, and then writes the same bytes", () => {
    const before = text("my-agency.yaml");
    writeFileSync(join(directory, "my-agency.yaml"), "mine");
    expect(run("scenarios", "init", "my-agency.yaml", "--from", "agency.csv")).toEqual({
      status: 2,
      stdout: "",
      stderr: "my-agency.yaml: is there already; name another file, or --force\n",
    });
    expect(text("my-agency.yaml")).toBe("mine");
    expect(run("scenarios", "init", "--template", "agency.csv").stderr).toBe(
      "agency.csv: is there already; name another file, or --force\n" +
        "agency-codebook.csv: is there already; name another file, or --force\n",
    );
    const { stdout } = run("scenarios", "init", "my-agency.yaml", "--from", "agency.csv", "--force", "--json");
    expect(JSON.parse(stdout).values.find(({ path }: { path: string }) => path === "teams.count").value).toBe(3);
    expect(text("my-agency.yaml")).toBe(before);
  });

  it("names what is wrong by row and column, and writes nothing", () => {
    writeFileSync(
      join(directory, "bad.csv"),
      text("agency.csv").replace("North,6,0", "North,6,7").replace("fidelity", "fidelty"),
    );
    expect(run("scenarios", "init", "bad.yaml", "--from", "bad.csv")).toEqual({
      status: 2,
      stdout: "",
      stderr:
        'bad.csv:1: unknown column "fidelty"; did you mean "fidelity"?\n' +
        'bad.csv:2: column "vacancies" (column 3) must be at most seats, 6, got 7\n',
    });
    expect(existsSync(join(directory, "bad.yaml"))).toBe(false);
  });

  it.each([
    [["init"], "Name the .yaml file to write (see caseload scenarios init --help)\n"],
    [["init", "--template", "agency"], "--template agency: a table ends in .csv; write agency.csv\n"],
    [
      ["init", "a.yaml", "--template", "a.csv"],
      "--template a.csv: writes a table to fill in, and no scenario; give it alone\n",
    ],
    [["init", "a.txt", "--from", "agency.csv"], "a.txt: a scenario file ends in .yaml; write a.txt.yaml\n"],
    [["init", "a.yaml", "--from", "none.csv"], "none.csv: no such file\n"],
  ])("%j is refused", (args, message) => {
    expect(run("scenarios", ...args)).toEqual({ status: 2, stdout: "", stderr: message });
  });
});
