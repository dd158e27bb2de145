// Removes the last build, so that a file that is gone from the sources is gone from the package.
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

rmSync(join(dirname(dirname(fileURLToPath(import.meta.url))), "dist"), { recursive: true, force: true });
