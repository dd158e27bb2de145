/** What a codebook says of one column of a data set. */
export type CodebookEntry = {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  /** Lowest and highest possible value; null where there is no limit. */
  readonly range: readonly [number, number] | null;
  /** When a value is missing (NaN). */
  readonly missing: string;
};

/** One variable of a data set. */
export type Column = CodebookEntry & { readonly values: Float64Array };

export function codebookOf(columns: readonly Column[]): CodebookEntry[] {
  return columns.map(({ values: _, ...entry }) => entry);
}

/** @throws RangeError if there is no such column; the message lists those there are */
export function columnNamed(columns: readonly Column[], name: string): Column {
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined)
    throw new RangeError(`there is no column "${name}"; the columns are ${columns.map((c) => c.name).join(", ")}`);
  return column;
}
