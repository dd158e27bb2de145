import { readFileSync } from "node:fs";

/** The version of this program, from its package.json (two levels above dist/cli and dist/bin, one above cli). */
export function caseloadVersion(): string {
  for (const above of ["../package.json", "../../package.json"]) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(above, import.meta.url), "utf8"));
      if (name === "caseload") return version;
    } catch {}
  }
  throw new Error("package.json of caseload not found");
}
