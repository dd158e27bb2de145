// Does the package that npm would publish install into an empty folder and run there?
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
let directory: string;

const run = (command: string, args: readonly string[], cwd: string) =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-pack-"));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("npm pack", () => {
  it("makes a tarball that installs into an empty folder and runs there", { timeout: 300_000 }, () => {
    // The scripts would only build again what is built.
    run("npm", ["pack", "--ignore-scripts", "--pack-destination", directory], root);
    const [tarball] = readdirSync(directory);
    const empty = join(directory, "empty");
    mkdirSync(empty);
    writeFileSync(join(empty, "package.json"), '{ "private": true }\n');
    run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", join("..", tarball)], empty);
    expect(run("npx", ["caseload", "scenarios", "list"], empty)).toMatch(/teaching-simple/);
    const args = ["power", "teaching-simple", "--replications", "50", "--resamples", "100", "--workers", "2"];
    run("npx", ["caseload", ...args, "--out", "run", "--quiet"], empty);
    expect(readdirSync(join(empty, "run"))).toEqual(expect.arrayContaining(["report.html", "rows.csv", "charts"]));
  });
});
