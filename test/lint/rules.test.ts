// Do the project's own lint rules bite? Code that breaks them must be refused, code that keeps them must pass.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
/** A tree with this repository's lint settings and nothing else. */
const tree = mkdtempSync(join(tmpdir(), "caseload-lint-"));
cpSync(join(root, "biome.json"), join(tree, "biome.json"));
cpSync(join(root, "scripts", "lint"), join(tree, "scripts", "lint"), { recursive: true });
afterAll(() => rmSync(tree, { recursive: true }));

/** What the linter says of a source text at a path of the tree. */
function lint(path: string, source: string): { readonly ok: boolean; readonly output: string } {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), source);
  const biome = join(root, "node_modules", ".bin", "biome");
  const { status, stdout, stderr } = spawnSync(biome, ["lint", "--error-on-warnings", path], {
    cwd: tree,
    encoding: "utf8",
  });
  return { ok: status === 0, output: stdout + stderr };
}

describe("folders point one way", () => {
  it.each([
    ["sim/random/x.ts", "../../models/power.ts"],
    ["sim/random/x.ts", "../../cli/main.ts"],
    ["models/x.ts", "../reports/html.ts"],
    ["models/paths/x.ts", "../../cli/main.ts"],
    ["reports/x.ts", "../cli/main.ts"],
  ])("%s may not import %s", (path, target) => {
    const { ok, output } = lint(path, `import { thing } from "${target}";\nexport const used = thing;\n`);
    expect(ok).toBe(false);
    expect(output).toMatch(/Folders point one way/);
  });

  it.each([
    ["models/x.ts", "../sim/random/address.ts"],
    ["reports/x.ts", "../models/power.ts"],
    ["cli/x.ts", "../reports/html.ts"],
  ])("%s may import %s", (path, target) => {
    expect(lint(path, `import { thing } from "${target}";\nexport const used = thing;\n`).ok).toBe(true);
  });
});

describe("results are the same bits in every engine", () => {
  const banned = [
    "Math.random()",
    "Math.exp(1)",
    "Math.log(2)",
    "Math.pow(2, 0.5)",
    "Math.sin(1)",
    "Date.now()",
    "new Date()",
  ];
  for (const folder of ["sim", "models"])
    it.each(banned)(`${folder}/ may not call %s`, (call) => {
      expect(lint(`${folder}/x.ts`, `export const value = ${call};\n`).ok).toBe(false);
    });

  it("what IEEE arithmetic fixes is allowed, and the clock outside", () => {
    expect(lint("sim/x.ts", "export const value = Math.sqrt(2) + Math.floor(2.5) + Math.abs(-1);\n").ok).toBe(true);
    expect(lint("cli/x.ts", "export const value = Date.now();\n").ok).toBe(true);
  });
});
