// Renews docs/model.md from the registries of the model.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundle = await build({
  entryPoints: [join(root, "reports/modelDocument/modelDocument.ts")],
  bundle: true,
  write: false,
  format: "esm",
  platform: "node",
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire("/");' },
});
const { modelDocument } = await import(
  `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].text).toString("base64")}`
);
mkdirSync(join(root, "docs"), { recursive: true });
writeFileSync(join(root, "docs/model.md"), modelDocument());
