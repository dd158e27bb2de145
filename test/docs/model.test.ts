// Is docs/model.md what the model is? It is generated; `npm run docs` renews it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { costParameterEntries } from "../../models/costs/parameters.ts";
import { kpiDefinitionsOf } from "../../models/kpis/kpiDefinitions.ts";
import { parameterEntries } from "../../models/service/parameters.ts";
import { HELD_OUT } from "../../models/calibration/heldOut.ts";
import { TARGETS } from "../../models/calibration/targets.ts";
import { DECISIONS_AT_START } from "../../models/service/decisions.ts";
import { SCHEDULE } from "../../models/service/schedule.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { DOMAINS, STATUS } from "../../models/service/world.ts";
import { OBSERVATION, STUDY_DECISIONS } from "../../models/study/decisions.ts";
import { studyParameterEntries, studyParameters } from "../../models/study/parameters.ts";
import { WHAT } from "../../models/what.ts";
import { markdownTable, plain } from "../../reports/modelDocument/markdown.ts";
import { modelDocument } from "../../reports/modelDocument/modelDocument.ts";
import { REFERENCES } from "../../reports/modelDocument/references.ts";
import {
  CLIENT_STATE,
  MANAGER_STATE,
  STATUS_MEANINGS,
  type StateVariables,
  TEAM_STATE,
} from "../../reports/modelDocument/stateVariables.ts";
import { keyOf } from "../../sim/random/address.ts";
import { smallService } from "../service/fixture.ts";

const root = join(import.meta.dirname, "..", "..");
const text = modelDocument();

describe("docs/model.md", () => {
  it("is what the program generates, byte for byte; if not: npm run docs", () => {
    expect(readFileSync(join(root, "docs", "model.md"), "utf8") === text).toBe(true);
  });

  it("has the headings of ODD in their order", () => {
    const headings = Array.from(text.matchAll(/^## (.*)$/gm), ([, title]) => title);
    expect(headings.slice(0, 7)).toEqual([
      "1 Purpose and patterns",
      "2 Entities, state variables and scales",
      "3 Process overview and scheduling",
      "4 Design concepts",
      "5 Initialization",
      "6 Input data",
      "7 Submodels",
    ]);
    const concepts = text.slice(text.indexOf("## 4 "), text.indexOf("## 5 "));
    expect(Array.from(concepts.matchAll(/^### (.*)$/gm), ([, concept]) => concept)).toEqual([
      "Basic principles",
      "Emergence",
      "Adaptation",
      "Objectives",
      "Learning",
      "Prediction",
      "Sensing",
      "Interaction",
      "Stochasticity",
      "Collectives",
      "Observation",
    ]);
  });

  it("names every parameter once in a table, with what is known of it", () => {
    const prices = costParameterEntries().map(({ path, parameter }) => ({ path: `costs.${path}`, parameter }));
    for (const { path, parameter } of [...parameterEntries(), ...studyParameterEntries(), ...prices]) {
      const rows = text.split("\n").filter((line) => line.startsWith(`| \`${path}\` |`));
      expect(rows, path).toHaveLength(1);
      expect(rows[0]).toContain(`| ${plain(parameter.description).replaceAll("|", "\\|")} |`);
      if (parameter.source.startsWith("assumption")) expect(rows[0]).toContain("`assumption`");
    }
  });

  it("names every process with its equations, and every stream of the service and the study", () => {
    for (const { process, equations } of SCHEDULE) {
      expect(text).toMatch(new RegExp(`^#### 7\\.1\\.\\d ${process}$`, "m"));
      for (const equation of equations) expect(text).toContain(`\n- ${plain(equation)}\n`);
    }
    for (const { part, equations } of OBSERVATION) {
      expect(text).toMatch(new RegExp(`^#### 7\\.2\\.\\d ${part}$`, "m"));
      for (const equation of equations) expect(text).toContain(`\n- ${plain(equation)}\n`);
    }
    const decisions = [...DECISIONS_AT_START, ...SCHEDULE.flatMap((process) => process.decisions), ...STUDY_DECISIONS];
    // The path model has the numbers below, its teams, managers and missing values; what analyses draw is theirs.
    const named = Object.entries(WHAT).filter(
      ([stream, number]) =>
        number >= WHAT.referralCount &&
        !/^(teamOf|teamSize|managerOf|valueMissing|waveDropout|bootstrap|imputation)/.test(stream),
    );
    expect(new Set(decisions.map(({ stream }) => stream))).toEqual(new Set(named.map(([stream]) => stream)));
    for (const [stream, number] of named) expect(text).toContain(`| \`${stream}\` (${number}) |`);
  });

  it("describes every state of a client, every domain, every array of the world, and none that is not there", () => {
    expect(Object.keys(STATUS_MEANINGS)).toEqual(Object.keys(STATUS));
    for (const name of [...Object.keys(STATUS), ...DOMAINS]) expect(text).toContain(`\`${name}\``);
    const names = new Map<string, string[]>();
    simulateService(smallService({ time: { weeks: 1 } }), keyOf("docs", 0), {
      atStart: ({ teams, managers, clients }) => {
        for (const [entity, arrays] of Object.entries({ teams, managers, clients }))
          names.set(
            entity,
            Object.keys(arrays)
              .filter((name) => name !== "n")
              .sort(),
          );
      },
    });
    const described = ({ fixed, changing, working }: StateVariables) =>
      [...fixed.map(([name]) => name), ...changing.map(([name]) => name), ...working].sort();
    expect(described(TEAM_STATE)).toEqual(names.get("teams"));
    expect(described(MANAGER_STATE)).toEqual(names.get("managers"));
    expect(described(CLIENT_STATE)).toEqual(names.get("clients"));
  });

  it("lists every work that a parameter or a pattern names, and no other", () => {
    const entries = [...parameterEntries(), ...studyParameterEntries(), ...costParameterEntries()].map(
      ({ parameter }) => parameter,
    );
    const definitions = kpiDefinitionsOf({ study: studyParameters(), costs: null, kpis: [] });
    const sources = [
      ...entries,
      ...definitions.map(({ definition }) => ({ source: definition })),
      ...TARGETS,
      ...HELD_OUT,
    ].map(({ source }) => source);
    const cited = REFERENCES.map(([name]) => name);
    for (const name of cited)
      expect(
        sources.some((source) => source.includes(name)),
        name,
      ).toBe(true);
    const year = /\p{Lu}[\p{L}'’]+(?:(?:, | & |-| )\p{Lu}[\p{L}'’]+)* (?:19|20)\d\d/gu;
    for (const source of sources)
      for (const [name] of source.matchAll(year)) expect(cited, `${source}: add it to references.ts`).toContain(name);
  });

  it("refers only to sections and scripts that exist", () => {
    const sections = new Set(Array.from(text.matchAll(/^#+ (\d(?:\.\d)*) /gm), ([, number]) => number));
    for (const [, number] of text.matchAll(/[Ss]ections? (\d(?:\.\d)*)/g)) expect(sections).toContain(number);
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    for (const [, script] of text.matchAll(/npm run ([a-z:-]+)/g)) expect(Object.keys(scripts)).toContain(script);
  });
});

describe("Markdown", () => {
  it("keeps a table whole: every row has as many cells as the header", () => {
    for (const block of text
      .trimEnd()
      .split("\n\n")
      .filter((lines) => lines.startsWith("|"))) {
      const cells = block.split("\n").map((line) => line.split(/(?<!\\)\|/).length);
      expect(new Set(cells).size, block.slice(0, 80)).toBe(1);
    }
    expect(markdownTable(["a"], [["x | y_z"]])).toBe("| a |\n|---|\n| x \\| y\\_z |");
  });

  it("keeps signs outside of code, and code as it is", () => {
    expect(plain("S* < D_start, X ~ N; `a_b*`")).toBe("S\\* \\< D\\_start, X \\~ N; `a_b*`");
  });
});
