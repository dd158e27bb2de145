import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Truths that tests find are kept for the test run only. */
const environment = { ...process.env, CASELOAD_CACHE: mkdtempSync(join(tmpdir(), "caseload-cache-")) };

const MAIN = join(import.meta.dirname, "..", "..", "dist", "bin", "main.js");

export type CliResult = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** Runs the built program as a user would and waits for it. */
export function caseload(args: readonly string[], cwd?: string): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: environment,
    ...(cwd === undefined ? {} : { cwd }),
  });
  return { status, stdout, stderr };
}

/** Starts the built program; the caller stops it. */
export function startCaseload(args: readonly string[]) {
  return spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "pipe", "pipe"], env: environment });
}

/** SHA-256 of every file below a directory, by relative path. */
export function hashesOf(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(directory.length + 1), createHash("sha256").update(readFileSync(path)).digest("hex")]),
  );
}
