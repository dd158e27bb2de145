import { escapeMarkup } from "./render.ts";

/** A column of an HTML table: its head, and whether it holds numbers. */
export type HtmlColumn = { readonly title: string; readonly isNumber: boolean };

/** A row; `first` draws a line above it (a new group), `alarm` marks all its cells. Or a heading over the rows below it. */
export type HtmlRow =
  | { readonly cells: readonly string[]; readonly first?: boolean; readonly alarm?: boolean }
  | { readonly heading: string };

/** A table with a caption and heads that screen readers announce; all text is escaped. */
export function htmlTable(caption: string, columns: readonly HtmlColumn[], rows: readonly HtmlRow[]): string {
  const kind = (index: number) => (columns[index].isNumber ? ' class="number"' : "");
  const head = columns.map((column, index) => `<th scope="col"${kind(index)}>${escapeMarkup(column.title)}</th>`);
  const body = rows.map((row) => {
    if ("heading" in row) {
      return `<tr><th class="group" scope="colgroup" colspan="${columns.length}">${escapeMarkup(row.heading)}</th></tr>`;
    }
    const { cells, first, alarm } = row;
    const classes = (index: number) =>
      [columns[index].isNumber ? "number" : "", alarm === true ? "alarmed" : ""]
        .filter((name) => name !== "")
        .join(" ");
    const line = cells.map((text, index) => {
      const names = classes(index);
      return `<td${names === "" ? "" : ` class="${names}"`}>${escapeMarkup(text)}</td>`;
    });
    return `<tr${first === true ? ' class="first"' : ""}>${line.join("")}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeMarkup(caption)}"><table><caption><span>${escapeMarkup(caption)}</span></caption>
<thead><tr>${head.join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody></table></div>`;
}

export function paragraphs(texts: readonly string[]): string {
  return texts.map((text) => `<p>${escapeMarkup(text)}</p>`).join("\n");
}

export function bulletList(texts: readonly string[]): string {
  return `<ul>\n${texts.map((text) => `<li>${escapeMarkup(text)}</li>`).join("\n")}\n</ul>`;
}

/** Terms and what is said of them. */
export function definitionList(entries: readonly (readonly [term: string, text: string])[]): string {
  const items = entries.map(([term, text]) => `<dt>${escapeMarkup(term)}</dt><dd>${escapeMarkup(text)}</dd>`);
  return `<dl>\n${items.join("\n")}\n</dl>`;
}

export function section(id: string, title: string, body: string): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${escapeMarkup(title)}</h2>\n${body}\n</section>`;
}

/** An inline chart with what it shows in words, folded away. `svg` is markup made by renderSvg. */
export function figure(svg: string, description: string): string {
  return `<figure><div class="scroll">${svg}</div>
<figcaption><details><summary>The chart in words</summary>${escapeMarkup(description)}</details></figcaption></figure>`;
}
