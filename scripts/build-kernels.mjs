// Compiles the kernels to WebAssembly and embeds each module, base64, in a generated TypeScript module, so that Node,
// workers and browsers load the same bytes without touching the file system.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const MODULES = [
  { folder: "sim/kernels", file: "kernelsWasm.ts", constant: "KERNELS_WASM" },
  { folder: "models/service/kernels", file: "serviceKernelsWasm.ts", constant: "SERVICE_KERNELS_WASM" },
];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const asc = join(dirname(createRequire(import.meta.url).resolve("assemblyscript/package.json")), "bin", "asc.js");
const temporary = mkdtempSync(join(tmpdir(), "caseload-kernels-"));
try {
  for (const { folder, file, constant } of MODULES) {
    const binary = join(temporary, "kernels.wasm");
    const flags = ["--enable", "simd", "--runtime", "stub", "-O3", "--noAssert", "--outFile", binary];
    execFileSync(process.execPath, [asc, `${folder}/assembly/index.ts`, ...flags], { cwd: root, stdio: "inherit" });
    const target = join(root, folder, "generated", file);
    mkdirSync(dirname(target), { recursive: true });
    const base64 = readFileSync(binary).toString("base64");
    writeFileSync(
      `${target}.tmp`,
      `/** Made by scripts/build-kernels.mjs. */\nexport const ${constant} = "${base64}";\n`,
    );
    renameSync(`${target}.tmp`, target);
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
