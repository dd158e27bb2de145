// The command line as a user meets it: what the scenarios command says and writes, and how wrong input is answered.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseload } from "./runCli.ts";

const MAIN = join(import.meta.dirname, "..", "..", "dist", "bin", "main.js");
const NAMES = [
  "caseload-15",
  "caseload-20",
  "caseload-25",
  "caseload-30",
  "fritz-mackinnon-2007",
  "handover-hold",
  "handover-pool",
  "handover-redistribute",
  "hiring-freeze",
  "monitoring-stopped",
  "referrals-plus-30",
  "roebuck-2021",
  "roebuck-2021-paths",
  "roebuck-2021-shrunken",
  "smcm-program",
  "teaching-panel",
  "teaching-program",
  "teaching-simple",
  "training-intensive",
  "turnover-halved",
];
let directory: string;
const file = (name: string) => join(directory, name);

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-scenarios-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("caseload scenarios", () => {
  it("lists what is bundled, with or without the word list", () => {
    const { status, stdout, stderr } = caseload(["scenarios", "list"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout.trim().split("\n")).toHaveLength(NAMES.length);
    for (const name of NAMES) expect(stdout).toMatch(new RegExp(`^${name} +\\S.{20,}$`, "m"));
    expect(caseload(["scenarios"]).stdout).toBe(stdout);
    const { scenarios } = JSON.parse(caseload(["scenarios", "list", "--json"]).stdout);
    expect(scenarios.map(({ name }: { name: string }) => name)).toEqual(NAMES);
  });

  it("show prints a file that check takes and that says where values come from", () => {
    const { status, stdout } = caseload(["scenarios", "show", "roebuck-2021-paths"]);
    expect(status).toBe(0);
    expect(stdout).toContain("source: 0.65 × 4.5 / 17.8");
    expect(stdout).toMatch(/curtail: true #.*\(default\)/);
    writeFileSync(file("shown.yaml"), stdout);
    expect(caseload(["scenarios", "check", file("shown.yaml")]).status).toBe(0);
    const json = JSON.parse(caseload(["scenarios", "show", "roebuck-2021-paths", "--json"]).stdout);
    expect(json.power.conditions).toHaveLength(28);
    expect(json.annotations["paths.covariates.n"].source).toContain("age, gender");
  });

  it("check says what a scenario will run", () => {
    const { status, stdout, stderr } = caseload(["scenarios", "check", "teaching-simple"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(
      "teaching-simple: ok: 14 conditions × 400 replications = 5,600 studies of 50 to 700 clients; " +
        "4 tests (jointSignificance, sobel, monteCarlo, percentileBootstrap); at most 2,800,000 bootstrap resamples\n",
    );
    const { files } = JSON.parse(caseload(["scenarios", "check", "teaching-simple", "--json"]).stdout);
    expect(files[0]).toMatchObject({ ok: true, work: { conditions: 14, studies: 5_600, resamples: 2_800_000 } });
  });

  it("check reports every problem of every file, and exits with 2", () => {
    writeFileSync(file("one.yaml"), "paths: { a: x, b: 2e9 }\n");
    writeFileSync(file("two.yaml"), "paths: [\n");
    const { status, stdout, stderr } = caseload([
      "scenarios",
      "check",
      "teaching-simple",
      file("one.yaml"),
      file("two.yaml"),
    ]);
    expect(status).toBe(2);
    expect(stdout).toMatch(/^teaching-simple: ok/);
    expect(stderr.match(/one\.yaml:1:13: |one\.yaml:1:19: |one\.yaml:1:1: |two\.yaml:2:1: /g)).toHaveLength(4);
    expect(stderr).not.toMatch(/^\s+at /m);
    const json = caseload(["scenarios", "check", file("two.yaml"), "--json"]);
    expect(json.status).toBe(2);
    expect(JSON.parse(json.stdout).files[0]).toMatchObject({
      ok: false,
      problems: [expect.stringContaining("two.yaml:")],
    });
  });

  it("show --schedule prints the order of a step; a path model has none", () => {
    const { status, stdout } = caseload(["scenarios", "show", "smcm-program", "--schedule"]);
    expect(status).toBe(0);
    const order = [...stdout.matchAll(/^\d\. (\w+):/gm)].map(([, process]) => process);
    expect(order).toEqual(["referrals", "staffing", "contacts", "fidelity", "alliance", "goals", "outcomes", "events"]);
    expect(stdout).toMatch(/attends what is offered: Bernoulli\(.*\); stream attendance \(47\)/);
    expect(caseload(["scenarios", "show", "teaching-simple", "--schedule"])).toEqual({
      status: 2,
      stdout: "",
      stderr: "teaching-simple: the path model has no time, and no schedule; --schedule is for a service\n",
    });
  });

  it("init --service writes a starter that passes", () => {
    const starter = file("my-program.yaml");
    const { status, stderr } = caseload(["scenarios", "init", starter, "--service"]);
    expect([status, stderr]).toEqual([0, `Wrote ${starter}. Run it: caseload simulate ${starter}\n`]);
    expect(caseload(["scenarios", "check", starter]).stdout).toMatch(/: ok: 8 conditions × 100 replications/);
  });

  it("init writes a starter that passes, and replaces nothing without --force", () => {
    const starter = file("my-study.yaml");
    const first = caseload(["scenarios", "init", starter]);
    expect(first.status).toBe(0);
    expect(first.stdout).toBe("");
    expect(caseload(["scenarios", "check", starter]).status).toBe(0);

    writeFileSync(starter, "mine");
    const second = caseload(["scenarios", "init", starter]);
    expect(second).toEqual({
      status: 2,
      stdout: "",
      stderr: `${starter}: is there already; name another file, or --force\n`,
    });
    expect(readFileSync(starter, "utf8")).toBe("mine");
    expect(caseload(["scenarios", "init", starter, "--force", "--quiet"])).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
    expect(readFileSync(starter, "utf8")).toContain("name: my-study");
    expect(readdirSync(directory).filter((name) => name.includes("tmp"))).toEqual([]);
  });

  it.each([
    ["no ending", "study", /study: a scenario file ends in \.yaml; write .*study\.yaml$/m],
    ["no folder", "none/study.yaml", /no such folder$/m],
    ["a directory", "folder.yaml", /is a directory; name a file$/m],
  ])("init refuses %s", (_, name, message) => {
    mkdirSync(file("folder.yaml"), { recursive: true });
    const { status, stderr } = caseload(["scenarios", "init", file(name)]);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  it("schema prints the bundled JSON Schema", () => {
    const bundled = readFileSync(join(import.meta.dirname, "..", "..", "scenarios", "scenario.schema.json"), "utf8");
    expect(JSON.parse(caseload(["scenarios", "schema"]).stdout)).toEqual(JSON.parse(bundled));
  });

  it("extends finds bundled scenarios and files beside the file", () => {
    writeFileSync(file("base.yaml"), "extends: teaching-simple\nanalysis: { tests: [sobel] }\n");
    writeFileSync(file("child.yaml"), "extends: base.yaml\npower: { replications: 7 }\n");
    const { stdout } = caseload(["scenarios", "show", file("child.yaml"), "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      name: "child",
      analysis: { tests: ["sobel"] },
      power: { replications: 7 },
    });
    writeFileSync(file("loop.yaml"), "extends: ./loop.yaml\n");
    expect(caseload(["scenarios", "show", file("loop.yaml")]).stderr).toMatch(/loop\.yaml:1:10: .* in a circle/);
    writeFileSync(file("lost.yaml"), "extends: teaching-simpel\n");
    expect(caseload(["scenarios", "show", file("lost.yaml")]).stderr).toMatch(
      /lost\.yaml:1:10: no scenario "teaching-simpel"; did you mean "teaching-simple"\?/,
    );
  });
});

describe("bad input: one clear message, exit 2, nothing on stdout, no stack trace", () => {
  it.each([
    ["no command", [], "Name a command; --help lists them (see caseload --help)"],
    ["an unknown command", ["pwer", "x"], 'unknown command "pwer"; did you mean "power"?'],
    ["an unknown subcommand", ["scenarios", "shw", "x"], 'unknown command "scenarios shw"; did you mean "show"?'],
    [
      "an unknown flag",
      ["power", "teaching-simple", "--replicatons", "3"],
      'unknown flag --replicatons; did you mean "--replications"? (see caseload power --help)',
    ],
    ["a missing argument", ["power"], "an argument is missing (got 0, need 1) (see caseload power --help)"],
    ["one argument too many", ["power", "teaching-simple", "more"], 'unexpected "more" (see caseload power --help)'],
    [
      "a flag without its value",
      ["power", "teaching-simple", "--level"],
      "no value after --level (see caseload power --help)",
    ],
    [
      "a flag twice",
      ["power", "teaching-simple", "--seed", "1", "--seed", "2"],
      "--seed: given 2 times; give it once (see caseload power --help)",
    ],
    [
      "an unknown scenario",
      ["scenarios", "show", "roebuk-2021"],
      'no scenario "roebuk-2021"; did you mean "roebuck-2021"? (the path of a file ends in .yaml)',
    ],
    ["a file that is not there", ["scenarios", "show", "none.yaml"], "none.yaml: no such file"],
    ["a directory", ["scenarios", "check", "/"], "/: is a directory; name a .yaml file"],
    ["a device", ["scenarios", "check", "/dev/zero"], "/dev/zero: is not a file"],
    [
      "a formula that is not arithmetic",
      ["power", "teaching-simple", "--set", "paths.cPrime=import(1)"],
      '--set paths.cPrime=import(1): paths.cPrime must be a number or arithmetic, got "import(1)": the function "import" is not allowed; ' +
        "allowed are numbers, + - * / ^ ( ), pi, e, sqrt, exp, log, abs, min, max",
    ],
    [
      "too few clients",
      ["power", "roebuck-2021-paths", "--grid", "nClients=12,13"],
      "--grid nClients=12,13: condition 1 (nClients=12, paths.a=0.164, paths.b=0.105, paths.covariates.rSquaredY=0.28): " +
        "nClients must be at least 13 to regress Y on X, M and 9 covariates, got 12",
    ],
  ])("%s", (_, args, message) => {
    expect(caseload(args)).toEqual({ status: 2, stdout: "", stderr: `${message}\n` });
  });

  it("all wrong flags are named together", () => {
    const flags = [
      "--level",
      "95",
      "--tests",
      "sobl",
      "--replications",
      "0",
      "--set",
      "paths.q=1",
      "--out",
      file("never"),
    ];
    const { status, stderr } = caseload(["power", "teaching-simple", ...flags]);
    expect(status).toBe(2);
    for (const flag of ["--level 95: ", "--tests sobl: ", "--replications 0: ", "--set paths.q=1: "]) {
      expect(stderr).toContain(flag);
    }
    expect(existsSync(file("never"))).toBe(false);
  });

  it("binary, empty and non-UTF-8 files", () => {
    writeFileSync(file("binary.yaml"), Buffer.from([0x50, 0x4b, 3, 4, 0, 0]));
    writeFileSync(file("empty.yaml"), "");
    writeFileSync(file("latin1.yaml"), Buffer.from("title: caf\xe9", "latin1"));
    writeFileSync(file("utf16.yaml"), Buffer.from("\ufeffname: x", "utf16le"));
    for (const name of ["binary", "latin1", "utf16"]) {
      expect(caseload(["scenarios", "check", file(`${name}.yaml`)]).stderr).toMatch(/not a UTF-8 text file/);
    }
    expect(caseload(["scenarios", "check", file("empty.yaml")]).stderr).toMatch(/empty\.yaml: empty; /);
  });
});

describe("the process", () => {
  it("a reader that leaves early is no error", async () => {
    const child = spawn(process.execPath, [MAIN, "scenarios", "schema"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect([status, stderr]).toEqual([0, ""]);
  });

  it("--help lists every command, with examples", () => {
    const { status, stdout } = caseload(["--help"]);
    expect(status).toBe(0);
    for (const command of ["power", "analyze", "scenarios", "report"]) expect(stdout).toContain(`caseload ${command}`);
    expect(stdout).toContain("Examples:");
    expect(caseload(["power", "--help"]).stdout).toContain("--replications");
    expect(caseload(["--version"]).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
