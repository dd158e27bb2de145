import type { Sensitivity } from "../models/sensitivity/sensitivityTypes.ts";
import { bulletList, htmlTable, paragraphs } from "./htmlParts.ts";
import { fold, number, text } from "./htmlTables.ts";
import {
  aloneColumns,
  aloneRow,
  assumptionWords,
  exceptionWords,
  introduction,
  screeningWords,
} from "./sensitivityWords.ts";
import { signWords } from "./signWords.ts";

const CAPTION =
  "Each assumption alone at the ends of its range, the most influential first; influence –: it cannot be told from none";

/**
 * The section of a comparison's report that says which assumptions drive the difference.
 *
 * @param charts the drawn charts whose name begins so
 */
export function sensitivitySection(sensitivity: Sensitivity, charts: (prefix: string) => string): string {
  const columns = aloneColumns.map(({ title, align }) => (align === "right" ? number(title) : text(title)));
  const rows = sensitivity.alone.map((varied) => ({
    cells: [...aloneRow(sensitivity, varied).slice(0, -1), varied.isInfluential ? "yes" : "–"],
  }));
  const left = exceptionWords(sensitivity);
  return [
    paragraphs([introduction(sensitivity)]),
    charts("tornado"),
    bulletList(signWords(sensitivity)),
    fold("Each assumption alone", htmlTable(CAPTION, columns, rows), rows, ""),
    charts("morris"),
    paragraphs([screeningWords(sensitivity)]),
    paragraphs(["What the assumptions are:"]),
    bulletList(sensitivity.alone.map(({ assumption }) => assumptionWords(assumption))),
    ...(left.length === 0 ? [] : [paragraphs(["Left out:"]), bulletList(left)]),
  ].join("\n");
}
