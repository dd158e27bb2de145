/** One column of a table for the terminal. */
export type TextColumn = { readonly title: string; readonly align: "left" | "right" };

/**
 * A table in plain text: a header, a rule, and rows with two spaces between columns, none at the ends of lines.
 * Cells are printed as they are; every code point is taken to be one column wide.
 *
 * @param rows cells by column; a short row is filled with empty cells
 */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, index) =>
    Math.max(lengthOf(column.title), ...rows.map((row) => lengthOf(row[index] ?? ""))),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map((column, index) => pad(cells[index] ?? "", widths[index], column.align))
      .join("  ")
      .trimEnd();
  return [
    line(columns.map((column) => column.title)),
    widths.map((width) => "─".repeat(width)).join("  "),
    ...rows.map(line),
  ].join("\n");
}

/** Breaks prose at spaces into lines of at most `width` columns; a longer word keeps its own line. */
export function wrapLines(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(last) + 1 + lengthOf(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join("\n");
}

function pad(cell: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - lengthOf(cell)));
  return align === "left" ? cell + space : space + cell;
}

function lengthOf(text: string): number {
  return [...text].length;
}
