import { existsSync, renameSync, writeFileSync } from "node:fs";
import { Problems } from "./problems.ts";

/** `--out` never writes over another file. */
export function outProblems(out: string | undefined): string[] {
  return out !== undefined && existsSync(out) ? [`--out ${out} exists already; name a new file or remove it`] : [];
}

/** To the terminal, or to a file that appears whole or not at all. */
export function write(text: string, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(`${text}\n`);
    return;
  }
  const temporary = `${out}.tmp`;
  try {
    writeFileSync(temporary, `${text}\n`);
    renameSync(temporary, out);
  } catch (error) {
    throw new Problems([`--out ${out} cannot be written: ${(error as Error).message}`]);
  }
}
