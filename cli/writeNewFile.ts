import { existsSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { Problems } from "./problems.ts";

/** Why a file of that name must not be written; empty if it may. */
export function newFileProblems(file: string, force: boolean): string[] {
  if (!existsSync(file)) return [];
  if (statSync(file).isDirectory()) return [`${file}: is a directory; name a file`];
  return force ? [] : [`${file}: is there already; name another file, or --force`];
}

/**
 * Writes a file that appears whole or not at all (temporary name, then rename).
 *
 * @throws Problems where a file of that name is there (unless `force`), or it cannot be written
 */
export function writeNewFile(file: string, text: string, force: boolean): void {
  const problems = newFileProblems(file, force);
  if (problems.length > 0) throw new Problems(problems);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Problems([`${file}: ${code === "ENOENT" ? "no such folder" : `cannot be written: ${message}`}`]);
  }
}
