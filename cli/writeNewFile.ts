import { existsSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { Problems } from "./problems.ts";

/**
 * Writes a file that appears whole or not at all (temporary name, then rename).
 *
 * @throws Problems where a file of that name is there (unless `force`), or it cannot be written
 */
export function writeNewFile(file: string, text: string, force: boolean): void {
  if (existsSync(file) && statSync(file).isDirectory()) throw new Problems([`${file}: is a directory; name a file`]);
  if (existsSync(file) && !force) throw new Problems([`${file}: is there already; name another file, or --force`]);
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
