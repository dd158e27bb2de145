import type { Sensitivity } from "../models/sensitivity/sensitivityTypes.ts";
import { bulletList, htmlTable, paragraphs } from "./htmlParts.ts";
import { number, text } from "./htmlTables.ts";
import {
  aloneColumns,
  aloneRow,
  assumptionWords,
  exceptionWords,
  introduction,
  screeningWords,
} from "./sensitivityWords.ts";
import { signWords } from "./signWords.ts";

/**
 * The section of a comparison's report that says which assumptions drive the difference.
 *
 * @param charts the drawn charts whose name begins so
 */
export function sensitivitySection(sensitivity: Sensitivity, charts: (prefix: string) => string): string {
  const columns = aloneColumns.map(({ title, align }) => (align === "right" ? number(title) : text(title)));
  const rows = sensitivity.alone.map((varied) => ({ cells: aloneRow(sensitivity, varied) }));
  const left = exceptionWords(sensitivity);
  return [
    paragraphs([introduction(sensitivity)]),
    charts("tornado"),
    bulletList(signWords(sensitivity)),
    htmlTable("Each assumption alone at the ends of its range, the most influential first", columns, rows),
    charts("morris"),
    paragraphs([screeningWords(sensitivity)]),
    paragraphs(["What the assumptions are:"]),
    bulletList(sensitivity.alone.map(({ assumption }) => assumptionWords(assumption))),
    ...(left.length === 0 ? [] : [paragraphs(["Left out:"]), bulletList(left)]),
  ].join("\n");
}
