import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

const here = import.meta.dirname;

/** Median and quartiles of repeated timings, in seconds. */
export type Timing = { readonly median: number; readonly lower: number; readonly upper: number };

export function timingOf(seconds: readonly number[]): Timing {
  const sorted = [...seconds].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
  return { median: at(0.5), lower: at(0.25), upper: at(0.75) };
}

/** Times a call after a warm-up. */
export function timeOf(call: () => void, repeats: number): Timing {
  for (let i = 0; i < Math.min(3, repeats); i++) call();
  const seconds: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    call();
    seconds.push((performance.now() - start) / 1000);
  }
  return timingOf(seconds);
}

/** Times a whole process, output discarded. */
export function timeOfProcess(command: string, args: readonly string[], repeats: number): Timing {
  return timeOf(() => {
    const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`${command} ${args.join(" ")}: exit ${status}\n${stderr}`);
  }, repeats);
}

/** Builds test/bench/c/NAME.c with gcc -O3 -march=native; null where there is no gcc. */
export function buildC(name: string): string | null {
  if (spawnSync("gcc", ["--version"]).status !== 0) return null;
  const directory = join(here, "c", "build");
  mkdirSync(directory, { recursive: true });
  const program = join(directory, name);
  execFileSync("gcc", ["-O3", "-march=native", "-o", program, join(here, "c", `${name}.c`), "-lm"]);
  return program;
}

const records: { readonly name: string; readonly value: number; readonly unit: string; readonly bar?: string }[] = [];

/** Notes a figure: printed now, and kept with the machine's description in test/bench/results/. */
export function record(name: string, value: number, unit: string, bar?: string): void {
  records.push({ name, value, unit, ...(bar === undefined ? {} : { bar }) });
  process.stdout.write(`${name}: ${value.toPrecision(3)} ${unit}${bar === undefined ? "" : ` (bar: ${bar})`}\n`);
}

/** Writes what this file recorded to test/bench/results/NAME.json. */
export function saveRecords(name: string): void {
  const directory = join(here, "results");
  mkdirSync(directory, { recursive: true });
  const commit = spawnSync("git", ["rev-parse", "--short", "HEAD"], { cwd: here, encoding: "utf8" }).stdout.trim();
  const machine = { node: process.version, cpu: cpus()[0].model, cores: cpus().length, commit };
  writeFileSync(join(directory, `${name}.json`), `${JSON.stringify({ machine, records }, null, 2)}\n`);
}
