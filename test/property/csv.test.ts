import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ColumnChoice, type CsvColumns, parseCsv } from "../../cli/readCsv.ts";

const CHOICE: ColumnChoice = { x: "x", m: "m", y: "y", covariates: [] };

function parse(text: string | Uint8Array, choice = CHOICE) {
  return parseCsv(typeof text === "string" ? new TextEncoder().encode(text) : text, "study.csv", choice);
}

function accepted(text: string | Uint8Array, choice = CHOICE): CsvColumns {
  const result = parse(text, choice);
  if (!result.ok) throw new Error(result.problems.join("\n"));
  return result;
}

function problems(text: string | Uint8Array, choice = CHOICE): readonly string[] {
  const result = parse(text, choice);
  return result.ok ? [] : result.problems;
}

/** Rows below the header x,m,y. */
const BODY = "1,2,3\n2,3,5\n3,5,4\n4,4,6\n5,7,8\n";

describe("any bytes", () => {
  it("give columns or a list of problems: never an exception, never an empty list", () => {
    const text = fc.string({
      unit: fc.constantFrom("x", "m", "y", ",", ";", "\t", "\n", "\r", '"', "1", ".", "-", " ", "é"),
    });
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      text.map((body) => new TextEncoder().encode(body)),
      text.map((body) => new TextEncoder().encode(`x,m,y\n${BODY}${body}`)),
    );
    fc.assert(
      fc.property(bytes, fc.string(), fc.array(fc.string()), (data, x, covariates) => {
        for (const choice of [CHOICE, { ...CHOICE, x, covariates }]) {
          const result = parse(data, choice);
          if (result.ok) {
            expect(result.n).toBeGreaterThanOrEqual(result.covariates.length + 4);
            for (const column of [result.x, result.m, result.y, ...result.covariates]) {
              expect(column).toHaveLength(result.n);
              expect(column.every(Number.isFinite)).toBe(true);
            }
          } else {
            expect(result.problems.length).toBeGreaterThan(0);
            for (const problem of result.problems) expect(problem).not.toMatch(/undefined|\[object|at .*\.ts/);
          }
        }
      }),
      { numRuns: 2000, seed: 3 },
    );
  });
});

describe("numbers come back as they were written", () => {
  const number = fc.double({ min: -1e100, max: 1e100, noNaN: true }).map((value) => (value === 0 ? 0 : value));
  const column = fc
    .array(number, { minLength: 12, maxLength: 12 })
    .filter((values) => values.some((value) => value !== values[0]));

  it("whatever the separator, line end, quoting, byte order mark and names", () => {
    const styles = fc.record({
      delimiter: fc.constantFrom(",", ";", "\t"),
      lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
      quoted: fc.boolean(),
      mark: fc.constantFrom("", "\uFEFF"),
    });
    const name = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && !text.includes("\u0000"));
    const names = fc.uniqueArray(name, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(styles, names, column, column, column, (style, [x, m, y], xs, ms, ys) => {
        // Separators inside quoted names do not count for the detection.
        const rows = xs.map((value, i) => [value, ms[i], ys[i]].map(String));
        const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
        const lines = [[x, m, y].map(quote), ...(style.quoted ? rows.map((row) => row.map(quote)) : rows)];
        const text = lines.map((cells) => cells.join(style.delimiter) + style.lineEnd).join("");
        const result = accepted(style.mark + text, { x, m, y, covariates: [] });
        expect([...result.x]).toEqual(xs);
        expect([...result.m]).toEqual(ms);
        expect([...result.y]).toEqual(ys);
        expect(result.missing).toEqual({ nRows: 12, nDropped: 0, byColumn: {} });
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  it("decimal commas mean what decimal points mean", () => {
    fc.assert(
      fc.property(fc.constantFrom(";", "\t"), column, column, column, (delimiter, xs, ms, ys) => {
        const text = (decimal: string, separator: string) =>
          [["x", "m", "y"], ...xs.map((value, i) => [value, ms[i], ys[i]].map((v) => String(v).replace(".", decimal)))]
            .map((row) => row.join(separator))
            .join("\n");
        const anyComma = /\d,\d/.test(text(",", delimiter));
        fc.pre(anyComma);
        expect([...accepted(text(",", delimiter)).x]).toEqual([...accepted(text(".", ",")).x]);
      }),
      { numRuns: 200, seed: 5 },
    );
  });
});

describe("missing values", () => {
  it("are dropped by row, counted by column, and those of other columns do not matter", () => {
    const result = accepted(`x,m,y,other\n1,2,3,\n2,NA,5,\n3,5,.,a\n4,4,6,\n,n/a,8,\n6,6,6,\n7,9,8,\n\n8,#NULL!,1,\n`);
    expect(result.n).toBe(4);
    expect([...result.x]).toEqual([1, 4, 6, 7]);
    expect(result.missing).toEqual({ nRows: 8, nDropped: 4, byColumn: { x: 1, m: 3, y: 1 } });
  });

  it("that leave too few rows are said to", () => {
    expect(problems("x,m,y\n1,2,3\n2,NA,5\n3,5,6\n4,4,2\n5,NA,1\n")).toEqual([
      'study.csv: 3 columns need at least 4 complete rows, got 3 (2 of 5 rows have a missing value); most are missing in "m" (column 2): 2; --missing imputation keeps all rows',
    ]);
  });
});

describe("bad files", () => {
  it.each([
    ["", "study.csv: is empty; expected a header row and data"],
    ["\n \r\n\n", "study.csv: is empty; expected a header row and data"],
    ["x,m,y\n", "study.csv: has a header row but no data below it"],
    ["x,m,y\n1,2,\u00003\n", "study.csv: is a binary file (it holds NUL bytes); expected CSV text"],
    [new Uint8Array([0xff, 0xfe, 0x78, 0x00]), "study.csv: is UTF-16 text; save it as CSV UTF-8"],
    [new Uint8Array([0x50, 0x4b, 3, 4, 20]), "study.csv: is a workbook or zip archive; save the sheet as CSV"],
    [`x,m,y\n"1,2,3\n${BODY}`, 'study.csv: a quote (") is opened and never closed'],
    [
      `x,m,y\n1,2"0,3\n${BODY}`,
      'study.csv:2: a quote (") stands inside a cell; quote the whole cell and double the inner quote',
    ],
    [
      `x,m,y\n1,"2"0,3\n${BODY}`,
      'study.csv:2: text follows a closing quote ("); double a quote that belongs to the cell',
    ],
    [`x,m,y,m\n1,2,3,4\n`, 'study.csv:1: 2 columns are called "m" (columns 2, 4); rename all but one'],
    [`x,m,y\n${BODY}1,2\n`, "study.csv:7: 2 cells, but the header has 3"],
    [`x,m,y\n${BODY}9,abc,1\n`, 'study.csv:7: column "m" (column 2) must be a number, got "abc"'],
    [`x,m,y\n${BODY}9,0x10,1\n`, 'study.csv:7: column "m" (column 2) must be a number, got "0x10"'],
    [
      `x,m,y\n${BODY}9,NaN,1\n`,
      'study.csv:7: column "m" (column 2) must be a finite number, got NaN; leave a missing value empty or write NA',
    ],
    [
      `x,m,y\n${BODY}9,-Inf,1\n`,
      'study.csv:7: column "m" (column 2) must be a finite number, got -Inf; leave a missing value empty or write NA',
    ],
    [`x,m,y\n${BODY}9,1e999,1\n`, 'study.csv:7: column "m" (column 2) must lie between −1e100 and 1e100, got 1e999'],
    [
      `x,m,y\n${BODY}9,"1,5",1\n`,
      'study.csv:7: column "m" (column 2) has a comma that could mean decimals or thousands, got "1,5"; write a decimal point',
    ],
    ["x,m,y\n1,,3\n2,NA,5\n", 'study.csv: column "m" (column 2) is empty in all 2 rows'],
    [
      "x,m,y\n1,2,3\n1,3,5\n1,5,4\n1,4,6\n2,,8\n",
      'study.csv: column "x" (column 1) takes 1 value (1) in 4 complete rows (1 of 5 rows have a missing value); a constant explains nothing: choose another column',
    ],
  ])("%j", (text, problem) => {
    expect(problems(text)).toContain(problem);
  });

  it("a comma that may mean thousands is refused where nothing shows what it means", () => {
    const rows = "1;2,345;3\n2;3,456;5\n3;5,678;4\n4;4,567;6\n";
    expect(problems(`x;m;y\n${rows}`)[0]).toContain("could mean decimals or thousands");
    expect([...accepted(`x;m;y\n${rows}5;1,5;3\n`).m]).toEqual([2.345, 3.456, 5.678, 4.567, 1.5]);
    expect(problems(`x;m;y\n${rows}5;1.5;3\n`)[0]).toContain("could mean decimals or thousands");
  });

  it("lines are counted through quoted line breaks", () => {
    expect(problems(`x,m,y,"long\nname"\n1,2,3,"a\nb"\n1,?,3,4\n`)).toContain(
      'study.csv:5: column "m" (column 2) must be a number, got "?"',
    );
  });

  it("every problem is reported at once, repeated ones in brief", () => {
    const rows = Array.from({ length: 10 }, (_, i) => `${i},n${i},${i * i}`).join("\n");
    expect(problems(`x,m,y,y\n${rows}\n1,2\n`, { x: "X", m: "m", y: "m", covariates: [] })).toEqual([
      'study.csv:1: 2 columns are called "y" (columns 3, 4); rename all but one',
      ...Array.from({ length: 3 }, (_, i) => `study.csv:${i + 2}: 3 cells, but the header has 4`),
      "study.csv: and 8 more rows with another number of cells than the header",
      'study.csv:1: no column "X" (--x); did you mean "x"?',
      '--y: column "m" is already --m; each column can have one role',
    ]);
    expect(problems(`x,m,y\n${rows}\n`)).toEqual([
      ...Array.from({ length: 3 }, (_, i) => `study.csv:${i + 2}: column "m" (column 2) must be a number, got "n${i}"`),
      'study.csv: column "m" (column 2): and 7 more such cells',
    ]);
  });
});

describe("column names", () => {
  it("are looked up exactly, with the nearest one in the message", () => {
    expect(problems(`fidelity,m,y\n${BODY}`, { ...CHOICE, x: "fidelty" })[0]).toBe(
      'study.csv:1: no column "fidelty" (--x); did you mean "fidelity"?',
    );
    expect(problems(`x,m,y\n${BODY}`, { ...CHOICE, x: "temperature" })[0]).toBe(
      'study.csv:1: no column "temperature" (--x); the columns are x, m, y',
    );
  });

  it("of covariates may be listed with commas, unless a column has that very name", () => {
    const text = 'x,m,y,a,b,"a,b"\n1,2,3,1,5,7\n2,3,5,2,3,1\n3,5,4,3,5,2\n4,4,6,1,1,3\n5,7,8,2,2,9\n6,7,1,4,8,2\n';
    expect(accepted(text, { ...CHOICE, covariates: ["a , b"] }).names.covariates).toEqual(["a", "b"]);
    expect(accepted(text, { ...CHOICE, covariates: ["a,b"] }).names.covariates).toEqual(["a,b"]);
    expect(problems(text, { ...CHOICE, covariates: ["a", "a", "x"] })).toEqual([
      '--covariates: column "a" is already --covariates; each column can have one role',
      '--covariates: column "x" is already --x; each column can have one role',
    ]);
  });
});
