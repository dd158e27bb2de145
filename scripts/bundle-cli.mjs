// Bundles the command line into dist/bin/, so that a command starts in a third of a second: one file instead of some
// two hundred modules. Heavy libraries that only some commands need stay outside and are loaded when they are needed.
// The licences of what is inside go along.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const INSIDE = ["yargs", "zod", "yaml", "seedrandom"];
const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["dist/cli/main.js"],
  outdir: "dist/bin",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: Object.keys(dependencies).filter((name) => !INSIDE.includes(name)),
  // Libraries in CommonJS ask for Node's modules by require.
  banner: {
    js: 'import { createRequire as $createRequire } from "node:module"; const require = $createRequire(import.meta.url);',
  },
  metafile: true,
});

const packages = new Set(
  Object.keys(metafile.inputs).flatMap(
    (input) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.slice(0, 2).join("\n") ?? [],
  ),
);
const licences = [...packages].sort().map((entry) => {
  const [path, name] = entry.split("\n");
  const directory = join(root, path);
  const { version, license } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const file = readdirSync(directory).find((candidate) => /^licen[cs]e/i.test(candidate));
  return `${name} ${version} (${license})\n\n${file === undefined ? "" : readFileSync(join(directory, file), "utf8").trim()}\n`;
});
writeFileSync(join(root, "dist/bin/THIRD-PARTY-LICENSES.txt"), licences.join(`\n${"-".repeat(72)}\n\n`));
