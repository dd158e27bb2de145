// Are the excerpts of longer output that the README shows below an `sh` block cut from what the command prints?
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { caseload } from "../endtoend/runCli.ts";

const root = join(import.meta.dirname, "..", "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

it.each(["analyze", "compare"])("%s: each part between ellipses is in the output, in this order", (name) => {
  const found = new RegExp(
    `\`\`\`sh\\nnpx caseload (${name} [\\s\\S]*?)\\n\`\`\`[^\`]*?\`\`\`\\n([\\s\\S]*?)\\n\`\`\``,
  ).exec(readme);
  if (found === null) throw new Error("no excerpt");
  const [, command, excerpt] = found;
  const { status, stdout } = caseload(command.replaceAll("\\\n", " ").trim().split(/\s+/), root);
  expect(status).toBe(0);
  const places = excerpt.split("\n…\n").map((part) => stdout.indexOf(part.trim()));
  expect(places.every((place, i) => place > (places[i - 1] ?? -1))).toBe(true);
});

it("compare --out: the memo shown is the one written", () => {
  const found = /npx caseload (compare .*) --out (\S+)\ncat \S+\n```\n\n```markdown\n([\s\S]*?)\n```/.exec(readme);
  if (found === null) throw new Error("no memo");
  const [, command, out, memo] = found;
  const directory = mkdtempSync(join(tmpdir(), "caseload-readme-"));
  try {
    expect(caseload([...command.split(" "), "--out", out], directory).status).toBe(0);
    expect(readFileSync(join(directory, out, "summary.md"), "utf8").trimEnd()).toBe(memo);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
