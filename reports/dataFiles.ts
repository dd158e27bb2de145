import { parquetWriteBuffer } from "hyparquet-writer";
import type { Column } from "../models/study/columns.ts";
import type { ObservedStudy } from "../models/study/observe.ts";
import { csvText } from "./csv.ts";

/** Units whose values are whole numbers by meaning, whatever the data. Identities need more than 32 bits with a sign. */
const INTEGER_UNITS: Readonly<Record<string, "INT32" | "INT64">> = {
  identity: "INT64",
  number: "INT32",
  "0/1": "INT32",
  code: "INT32",
  experiences: "INT32",
  "case managers": "INT32",
};

/** Where a data file comes from, kept in the file where its format has a place for it. */
export type Origin = {
  readonly scenario: string;
  readonly seed: string;
  readonly version: string;
  readonly replications: number;
};

/** One row per client, of all studies below each other; a first column "study" where there are several. */
export function wideData(studies: readonly ObservedStudy[]): Column[] {
  return stacked(studies.map(({ wide }) => wide));
}

/** One row per client and interview, likewise. */
export function longData(studies: readonly ObservedStudy[]): Column[] {
  return stacked(studies.map(({ long }) => long));
}

/** Studies of one plan have the same columns. */
function stacked(tables: readonly (readonly Column[])[]): Column[] {
  const columns = tables[0].map((column, c) => ({
    ...column,
    values: joined(tables.map((table) => table[c].values)),
  }));
  if (tables.length === 1) return columns;
  const study: Column = {
    name: "study",
    label: "Simulated study: the number of the replication, from 0",
    unit: "number",
    range: [0, tables.length - 1],
    missing: "never",
    values: joined(tables.map((table, s) => new Float64Array(table[0].values.length).fill(s))),
  };
  return [study, ...columns];
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Columns as CSV after RFC 4180: a header, then a line per row; a missing value is an empty cell. */
export function columnsCsv(columns: readonly Column[]): string {
  const lines = [columns.map(({ name }) => name)];
  for (let row = 0; row < columns[0].values.length; row++) lines.push(columns.map(({ values }) => cellOf(values[row])));
  return csvText(lines);
}

/** A number in the shortest form that reads back to the same bits; empty where it is missing. */
export function cellOf(value: number): string {
  return Number.isNaN(value) ? "" : String(value);
}

/** The type of a column's values in files. */
export function typeOf({ unit }: Pick<Column, "unit">): "INT32" | "INT64" | "DOUBLE" {
  return INTEGER_UNITS[unit] ?? "DOUBLE";
}

/**
 * Columns as a Parquet file: whole numbers as INT32 (identities INT64), all else DOUBLE, missing values null. Labels of
 * columns and the origin of the data are in the file's key-value metadata. The same data give the same bytes.
 */
export function columnsParquet(columns: readonly Column[], origin: Origin): Uint8Array {
  const buffer = parquetWriteBuffer({
    columnData: columns.map((column) => {
      const type = typeOf(column);
      const data = Array.from(column.values, (value) =>
        Number.isNaN(value) ? null : type === "INT64" ? BigInt(value) : value,
      );
      return { name: column.name, data, type, nullable: true };
    }),
    kvMetadata: [
      ...Object.entries(origin).map(([key, value]) => ({ key, value: String(value) })),
      ...columns.map(({ name, label }) => ({ key: `label.${name}`, value: label })),
    ],
    createdBy: `caseload ${origin.version}`,
  });
  return new Uint8Array(buffer);
}
