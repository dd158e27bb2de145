// A power study of a service, as a user runs it: the same bytes on any number of workers, resumable, drawn again.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SMALL_SERVICE } from "../serviceScenario.ts";
import { caseload, hashesOf, startCaseload } from "./runCli.ts";

let directory: string;
const scenario = () => join(directory, "small-service.yaml");

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-service-"));
  // More teams: fewer worlds for the truth, and studies that take a moment to interrupt.
  writeFileSync(
    scenario(),
    SMALL_SERVICE.replace("count: 4", "count: 8").replace("replications: 12", "replications: 60"),
  );
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("caseload power on a service", () => {
  it("1, 2 and 7 workers write the same bytes, every file", { timeout: 180_000 }, () => {
    const [one, two, seven] = [1, 2, 7].map((workers) => {
      const out = join(directory, `workers-${workers}`);
      const { status, stderr } = caseload(["power", scenario(), "--workers", String(workers), "--out", out, "--quiet"]);
      expect(stderr).toBe("");
      expect(status).toBe(0);
      return hashesOf(out);
    });
    expect(Object.keys(one)).toEqual(expect.arrayContaining(["rows.csv", "report.html", "charts/type-i-error.svg"]));
    expect(Object.keys(one).filter((file) => file.startsWith("truths/"))).toHaveLength(4);
    expect(two).toEqual(one);
    expect(seven).toEqual(one);
  });

  it("killed between two conditions and resumed, ends in the same bytes", { timeout: 120_000 }, async () => {
    const whole = hashesOf(join(directory, "workers-2"));
    const out = join(directory, "killed");
    const args = ["power", scenario(), "--workers", "2", "--out", out, "--quiet"];
    const partial = join(out, "rows.csv.partial");
    const child = startCaseload(args);
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (existsSync(partial) && statSync(partial).size > 4_000) child.kill("SIGKILL");
      }, 2);
      child.on("exit", () => {
        clearInterval(timer);
        resolve();
      });
    });
    // As if the machine had stopped in the middle of a line.
    const rows = readFileSync(existsSync(partial) ? partial : join(out, "rows.csv"), "utf8");
    writeFileSync(partial, rows.slice(0, 3_500));
    rmSync(join(out, "rows.csv"), { force: true });
    expect(caseload([...args, "--resume"]).status).toBe(0);
    expect(hashesOf(out)).toEqual(whole);
  });

  it("report draws a saved run again without simulating anything", { timeout: 60_000 }, () => {
    const out = join(directory, "workers-1");
    const before = hashesOf(out);
    rmSync(join(out, "report.html"));
    rmSync(join(out, "charts"), { recursive: true });
    expect(caseload(["report", out, "--quiet"]).status).toBe(0);
    expect(hashesOf(out)).toEqual(before);
  });

  it("--json says the truth, its error, and which conditions have no effect", { timeout: 120_000 }, () => {
    const { status, stdout } = caseload(["power", scenario(), "--replications", "4", "--json"]);
    expect(status).toBe(0);
    const { conditions } = JSON.parse(stdout);
    expect(conditions).toHaveLength(8);
    for (const { estimand, estimandMcse, isNull, factors, meanAnalysed, label } of conditions) {
      expect(estimandMcse).toBeGreaterThan(0);
      expect(isNull).toBe(label.includes("no effect"));
      // The fidelity of worlds without an effect goes with alliance by chance, or through staff turnover: little.
      if (isNull) expect(Math.abs(estimand)).toBeLessThan(0.05);
      expect(factors).toMatchObject({
        nClients: expect.any(Number),
        "service.effects.fidelityOnAlliance": expect.any(Number),
      });
      expect(meanAnalysed).toBeLessThan(factors.nClients);
    }
  });

  it("more clients than the service enrols are refused, with the number it can", () => {
    const args = ["scenarios", "check", scenario()];
    expect(caseload(args).status).toBe(0);
    writeFileSync(join(directory, "greedy.yaml"), SMALL_SERVICE.replace("nClients: [40, 60]", "nClients: 130"));
    for (const command of [
      ["scenarios", "check", join(directory, "greedy.yaml")],
      ["power", join(directory, "greedy.yaml"), "--out", join(directory, "never")],
    ]) {
      const { status, stdout, stderr } = caseload(command);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/nClients=130.*must be at most (what a team enrols|the clients referred)/);
    }
    expect(existsSync(join(directory, "never"))).toBe(false);
  });

  it("sample-size says what to ask instead", () => {
    const { status, stderr } = caseload(["sample-size", scenario()]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/caseload power .* --grid nClients=/);
  });
});
