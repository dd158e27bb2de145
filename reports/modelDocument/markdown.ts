/** A heading of Markdown: level 2 is "## …". */
export function heading(level: number, text: string): string {
  return `${"#".repeat(level)} ${text}`;
}

/** A table of GitHub-flavoured Markdown. A bar in a cell would end it, and is escaped; so is an underscore or asterisk. */
export function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(columns), `|${"---|".repeat(columns.length)}`, ...rows.map(line)].join("\n");
}

export function bulletList(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

/** Lines that keep their characters: nothing in them is Markdown. */
export function codeBlock(lines: readonly string[]): string {
  return ["```text", ...lines, "```"].join("\n");
}

/** A name from the program, as it is written there. */
export function code(name: string): string {
  return `\`${name}\``;
}

/** Text that is not Markdown, so that signs such as *, _ and ~ stay themselves outside of code. */
export function plain(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/[*_<>~[\]\\]/g, "\\$&")))
    .join("");
}

function cell(text: string): string {
  return plain(text).replaceAll("|", "\\|").replaceAll("\n", " ");
}
