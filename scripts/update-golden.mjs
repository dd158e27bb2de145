// Renews test/golden/bits.golden.json after a deliberate, value-breaking change.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const golden = join(dirname(dirname(fileURLToPath(import.meta.url))), "test/golden");
const bundle = await build({
  entryPoints: [join(golden, "goldenRun.ts")],
  bundle: true,
  write: false,
  format: "esm",
  platform: "node",
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire("/");' },
});
const { goldenFingerprints } = await import(
  `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].text).toString("base64")}`
);
writeFileSync(join(golden, "bits.golden.json"), `${JSON.stringify(goldenFingerprints(), null, 2)}\n`);
