/**
 * Lines of a CSV file after RFC 4180, but with "\n" as line end: a cell is quoted when it holds a comma, a quote, a line
 * break, or a space at an end; quotes inside are doubled.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(",")}\n`).join("");
}

function csvCell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
