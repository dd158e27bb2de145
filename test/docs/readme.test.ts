// Is the output that the README shows what the commands print?
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { caseload } from "../endtoend/runCli.ts";

const root = join(import.meta.dirname, "..", "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** Code blocks that begin with `$ npx caseload …` (a line may go on after a backslash), and what they show below it. */
const examples = [...readme.matchAll(/```\n\$ npx caseload ((?:[^\n]*\\\n)*[^\n]*)\n([\s\S]*?)\n```/g)].map(
  ([, command, output]) => ({
    args: command.replaceAll("\\\n", " ").trim().split(/\s+/),
    output,
  }),
);

describe("README", () => {
  it("shows commands with their output", () => {
    expect(examples.length).toBeGreaterThanOrEqual(2);
  });

  it.each(examples)("caseload $args", ({ args, output }) => {
    const { status, stdout } = caseload(args, root);
    expect(status).toBe(0);
    expect(stdout.trimEnd()).toBe(output);
  });

  it("names only commands, scenarios and scripts that exist", () => {
    const commands = [...readme.matchAll(/npx caseload ([a-z-]+)/g)].map(([, command]) => command);
    const { stdout } = caseload(["--help"]);
    for (const command of new Set(commands)) expect(stdout).toContain(`caseload ${command}`);
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    for (const [, script] of readme.matchAll(/npm run ([a-z:-]+)/g)) expect(Object.keys(scripts)).toContain(script);
  });
});
