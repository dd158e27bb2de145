import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Truth, TruthStore } from "../models/truth.ts";
import { caseloadVersion } from "./version.ts";

type Known = Pick<Truth, "estimand" | "estimandMcse">;

/**
 * Keeps truths by their content: in the run's own directory, so that a report can be drawn again anywhere, and in the
 * user's cache, so that the next run of the same service need not find them again. A cache that cannot be read or written
 * is no fault: the truth is then simulated, and it is the same.
 *
 * @param runDirectory the run's directory; null for a run without one
 */
export function openTruthStore(runDirectory: string | null): TruthStore {
  const places = [...(runDirectory === null ? [] : [join(runDirectory, "truths")]), cacheDirectory()];
  const memory = new Map<string, Known>();
  return {
    get: (key) => {
      const file = fileOf(key);
      const known = memory.get(key) ?? firstKnown(places.map((place) => join(place, file)));
      if (known !== undefined && !memory.has(key)) keep(key, known);
      return known;
    },
    put: keep,
  };

  function keep(key: string, { estimand, estimandMcse }: Known): void {
    memory.set(key, { estimand, estimandMcse });
    for (const place of places) write(place, fileOf(key), { estimand, estimandMcse });
  }
}

function cacheDirectory(): string {
  const base = process.env.CASELOAD_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "caseload");
  return join(base, "truths");
}

function fileOf(key: string): string {
  return `${createHash("sha256").update(caseloadVersion()).update(key).digest("hex").slice(0, 32)}.json`;
}

function firstKnown(files: readonly string[]): Known | undefined {
  for (const file of files) {
    try {
      const { estimand, estimandMcse } = JSON.parse(readFileSync(file, "utf8"));
      if (Number.isFinite(estimand) && Number.isFinite(estimandMcse)) return { estimand, estimandMcse };
    } catch {
      // Not there, or not ours: it is simulated.
    }
  }
  return undefined;
}

function write(place: string, file: string, known: Known): void {
  const path = join(place, file);
  if (existsSync(path)) return;
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(place, { recursive: true });
    writeFileSync(temporary, `${JSON.stringify(known)}\n`);
    renameSync(temporary, path);
  } catch {
    // A cache is a convenience.
  }
}
