import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { STUDY_DECISIONS } from "../../models/study/decisions.ts";

describe("the list of a study's random decisions", () => {
  it("names every stream that the study draws from, and no other", () => {
    const folder = new URL("../../models/study/", import.meta.url);
    const code = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
    const drawn = code.flatMap((text) => Array.from(text.matchAll(/WHAT\.(\w+)/g), ([, stream]) => stream));
    expect(STUDY_DECISIONS.map(({ stream }) => stream).sort()).toEqual([...new Set(drawn)].sort());
  });
});
