import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the scenarios that come with the program: beside cli/, or two levels above dist/cli and dist/bin. */
export function bundledDirectory(): string {
  for (const above of ["../scenarios", "../../scenarios"]) {
    const directory = fileURLToPath(new URL(above, import.meta.url));
    if (existsSync(join(directory, "scenario.schema.json"))) return directory;
  }
  throw new Error("the folder of bundled scenarios is not there; install caseload again");
}

/** Names of the bundled scenarios, in alphabetical order. */
export function bundledNames(): string[] {
  return readdirSync(bundledDirectory())
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
}
