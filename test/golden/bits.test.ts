// Unchanged? These fingerprints may be wrong, but must not move unnoticed: a change is value-breaking (see CHANGELOG).
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { goldenFingerprints } from "./goldenRun.ts";

const golden = JSON.parse(readFileSync(join(import.meta.dirname, "bits.golden.json"), "utf8"));
const chromium = [process.env.CHROME_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
);

describe("the same bits", () => {
  it("as before, in Node", () => {
    expect(goldenFingerprints()).toEqual(golden);
  });

  // Where no browser is installed the promise for browsers goes unchecked, and the run says so ("skipped").
  it.skipIf(chromium === undefined)("in a browser", { timeout: 60_000 }, async () => {
    const directory = mkdtempSync(join(tmpdir(), "caseload-browser-"));
    try {
      const entry = `import { goldenFingerprints } from "./goldenRun.ts";
        document.body.textContent = JSON.stringify(goldenFingerprints());`;
      const bundle = await build({
        stdin: { contents: entry, resolveDir: import.meta.dirname, loader: "ts" },
        bundle: true,
        write: false,
        format: "iife",
        platform: "browser",
        external: ["crypto"],
        define: { global: "window" },
      });
      const page = join(directory, "page.html");
      writeFileSync(page, `<!doctype html><body></body><script>${bundle.outputFiles[0].text}</script>`);
      const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
      const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
      const profile = `--user-data-dir=${join(directory, "profile")}`;
      const args = [...flags, ...quiet, profile, "--virtual-time-budget=30000", "--dump-dom", `file://${page}`];
      const { stdout } = spawnSync(chromium as string, args, { encoding: "utf8" });
      const text = /<body>(\{.*?\})/s.exec(stdout)?.[1] ?? stdout;
      expect(JSON.parse(text)).toEqual(golden);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
