import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { suggestion } from "../models/scenario/nearestName.ts";
import type { Overrides } from "../models/scenario/overrides.ts";
import { type Base, parseScenario, type ScenarioReading } from "../models/scenario/parseScenario.ts";
import { bundledDirectory, bundledNames } from "./bundledScenarios.ts";
import { Problems, unreadable } from "./problems.ts";

const MAX_BYTES = 1_000_000;

/** A file on disk, and how messages name it. */
type Located = { readonly path: string; readonly shownAs: string };

/** A scenario that could be read: checked, complete. */
export type LoadedScenario = Extract<ScenarioReading, { readonly ok: true }>;

/**
 * Finds, reads and checks a scenario.
 *
 * @param nameOrPath a bundled name (`roebuck-2021`) or the path of a YAML file
 * @param overrides  what the command line changes
 * @throws Problems with everything that is wrong with the file and the flags
 */
export async function loadScenario(nameOrPath: string, overrides: Overrides = {}): Promise<LoadedScenario> {
  const reading = await readScenario(nameOrPath, overrides);
  if (!reading.ok) throw new Problems(reading.problems);
  return reading;
}

/** As loadScenario, with problems returned. */
export async function readScenario(nameOrPath: string, overrides: Overrides = {}): Promise<ScenarioReading> {
  const located = locate(nameOrPath, "");
  if ("problem" in located) return { ok: false, problems: [located.problem] };
  const read = readText(located);
  if ("problem" in read) return { ok: false, problems: [read.problem] };

  const paths = new Map([[located.shownAs, located.path]]);
  const findBase = async (name: string, fromFile: string): Promise<Base> => {
    const base = locate(name, dirname(paths.get(fromFile) ?? fromFile));
    if ("problem" in base) return base;
    paths.set(base.shownAs, base.path);
    const text = readText(base);
    return "problem" in text ? text : { ...text, fileName: base.shownAs };
  };
  return parseScenario(read.text, { fileName: located.shownAs, overrides, findBase });
}

function locate(nameOrPath: string, directory: string): Located | { readonly problem: string } {
  const isPath = /[\\/]|\.ya?ml$/i.test(nameOrPath);
  if (!isPath) {
    const known = bundledNames();
    if (known.includes(nameOrPath)) {
      return { path: join(bundledDirectory(), `${nameOrPath}.yaml`), shownAs: `scenarios/${nameOrPath}.yaml` };
    }
    const beside = join(directory, nameOrPath);
    if (!existsSync(beside)) {
      return {
        problem: `no scenario "${nameOrPath}"${suggestion(nameOrPath, known)} (the path of a file ends in .yaml)`,
      };
    }
  }
  const path = isAbsolute(nameOrPath) ? nameOrPath : join(directory, nameOrPath);
  return { path, shownAs: normalize(path) };
}

function readText({ path, shownAs }: Located): { readonly text: string } | { readonly problem: string } {
  try {
    const status = statSync(path);
    if (status.isDirectory()) return { problem: `${shownAs}: is a directory; name a .yaml file` };
    if (!status.isFile() && !status.isFIFO()) return { problem: `${shownAs}: is not a file` };
    if (status.size > MAX_BYTES) {
      return { problem: `${shownAs}: ${status.size} bytes; a scenario has at most 200,000 characters` };
    }
    return { text: readFileSync(path, "utf8") };
  } catch (error) {
    return { problem: `${shownAs}: ${unreadable(error as NodeJS.ErrnoException)}` };
  }
}
