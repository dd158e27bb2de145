import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasInterval } from "../../models/decisionNames.ts";
import { FAILED, UNDEFINED } from "../../models/estimators/decisions.ts";
import type { RowBlock } from "../../models/powerTypes.ts";
import { TEST_NAMES, type TestName } from "../../models/scenario/types.ts";
import { parseRowsCsv, rowsCsvHeader, rowsCsvLines } from "../../reports/rows.ts";
import { fixtureRun } from "./fixture.ts";

const TESTS: readonly TestName[] = ["jointSignificance", "sobel"];

const BLOCK: RowBlock = {
  conditionIndex: 2,
  firstReplication: 40,
  count: 3,
  n: Uint32Array.of(311, 3, 250),
  a: Float64Array.of(0.1, Number.NaN, -0),
  seA: Float64Array.of(0.05, Number.NaN, 1e-300),
  b: Float64Array.of(0.30000000000000004, Number.NaN, 2),
  seB: Float64Array.of(0.07, Number.NaN, 3),
  decisions: [Uint8Array.of(1, FAILED, 0), Uint8Array.of(3, FAILED, UNDEFINED)],
  resamples: Uint32Array.of(5000, 0, 128),
};

describe("rows.csv", () => {
  it("holds a line per replication: numbers in full, nothing for what does not exist", () => {
    expect(rowsCsvHeader(TESTS) + rowsCsvLines(BLOCK, TESTS)).toBe(
      [
        "conditionIndex,replication,n,a,seA,b,seB,ab,resamples,failed,jointSignificance_rejects,sobel_rejects,sobel_covers",
        "2,40,311,0.1,0.05,0.30000000000000004,0.07,0.030000000000000006,5000,0,1,1,1",
        "2,41,3,,,,,,0,1,,,",
        "2,42,250,-0,1e-300,2,3,-0,128,0,0,,",
        "",
      ].join("\n"),
    );
  });

  it("reads back to the same bits, wherever the text is cut", async () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const rowArbitrary = fc.record({
      failed: fc.boolean(),
      n: fc.nat(1_000_000),
      numbers: fc.tuple(number, number, number, number),
      decisions: fc.array(fc.constantFrom(0, 1, 2, 3, UNDEFINED), {
        minLength: TEST_NAMES.length,
        maxLength: TEST_NAMES.length,
      }),
      resamples: fc.nat(10_000_000),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowArbitrary, { minLength: 1, maxLength: 20 }),
        fc.nat(1000),
        fc.integer({ min: 1, max: 60 }),
        async (rows, firstReplication, size) => {
          const column = (index: number) =>
            Float64Array.from(rows, (row) => (row.failed ? Number.NaN : row.numbers[index]));
          const block: RowBlock = {
            conditionIndex: 7,
            firstReplication,
            count: rows.length,
            n: Uint32Array.from(rows, (row) => row.n),
            a: column(0),
            seA: column(1),
            b: column(2),
            seB: column(3),
            decisions: TEST_NAMES.map((test, index) =>
              Uint8Array.from(rows, (row) => {
                const said = row.decisions[index];
                if (row.failed) return FAILED;
                return hasInterval(test) || said === UNDEFINED ? said : said & 1;
              }),
            ),
            resamples: Uint32Array.from(rows, (row) => (row.failed ? 0 : row.resamples)),
          };
          const text = rowsCsvHeader(TEST_NAMES) + rowsCsvLines(block, TEST_NAMES);
          const [read, ...more] = await all(parseRowsCsv(pieces(text, size), TEST_NAMES));
          expect(more).toEqual([]);
          expect(read).toEqual(block);
          expect(rowsCsvHeader(TEST_NAMES) + rowsCsvLines(read, TEST_NAMES)).toBe(text);
        },
      ),
      { seed: 20, numRuns: 200 },
    );
  });

  it("comes back condition by condition, in blocks of at most 4,096 rows", async () => {
    const run = fixtureRun({ counts: [100, 200], replications: 2000, tests: TESTS });
    const long: RowBlock = { ...block(run.sampleRows[1], 5000), conditionIndex: 2 };
    const blocks = [...run.sampleRows, long];
    const text = blocks.map((one) => rowsCsvLines(one, TESTS)).join("");
    const read = await all(parseRowsCsv([rowsCsvHeader(TESTS), text], TESTS));
    expect(read.map((one) => [one.conditionIndex, one.firstReplication, one.count])).toEqual([
      [0, 0, 2000],
      [1, 0, 2000],
      [2, 0, 4096],
      [2, 4096, 904],
    ]);
    expect(read.map((one) => rowsCsvLines(one, TESTS)).join("")).toBe(text);
  });

  it("is empty after the header when nothing was simulated yet", async () => {
    expect(await all(parseRowsCsv([rowsCsvHeader(TESTS)], TESTS))).toEqual([]);
  });

  it.each([
    ["", "rows.csv:1: the file is empty"],
    ["a,b\n", 'rows.csv:1: the header must be "conditionIndex,'],
    [`${rowsCsvHeader(TESTS)}1,2,3\n`, "rows.csv:2: a row must have 13 cells, got 3"],
    [`${rowsCsvHeader(TESTS)}0,0,9,x,1,1,1,1,0,0,1,1,1\n`, 'rows.csv:2: a must be a number, got "x"'],
    [`${rowsCsvHeader(TESTS)}0,0,9,,1,1,1,1,0,0,1,1,1\n`, 'rows.csv:2: a must be a number, got ""'],
    [`${rowsCsvHeader(TESTS)}0,0,9,1,1,1,1,1,0,0,1,2,1\n`, 'rows.csv:2: a decision must be 0, 1 or empty, got "2"'],
  ])("refuses what it did not write: %j", async (text, message) => {
    await expect(all(parseRowsCsv([text], TESTS))).rejects.toThrow(message);
  });
});

/** The rows of a block repeated up to a count. */
function block(rows: RowBlock, count: number): RowBlock {
  const repeat = (column: Float64Array) => Float64Array.from({ length: count }, (_, row) => column[row % rows.count]);
  return {
    ...rows,
    count,
    n: Uint32Array.from({ length: count }, (_, row) => rows.n[row % rows.count]),
    a: repeat(rows.a),
    seA: repeat(rows.seA),
    b: repeat(rows.b),
    seB: repeat(rows.seB),
    decisions: rows.decisions.map((bytes) => Uint8Array.from({ length: count }, (_, row) => bytes[row % rows.count])),
    resamples: Uint32Array.from({ length: count }, (_, row) => rows.resamples[row % rows.count]),
  };
}

function pieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
