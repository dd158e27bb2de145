import { partsOf, type RateName } from "../models/decisionNames.ts";
import type { PowerRun } from "../models/powerTypes.ts";
import { comparedTests, estimatorFailures, fewTeamsNote, hasNoPathA, pathARate, trustSentences } from "./estimators.ts";
import { formatCount, formatRate } from "./format.ts";
import { type HtmlColumn, type HtmlRow, htmlTable, paragraphs } from "./htmlParts.ts";
import { describeFactors } from "./series.ts";
import { ESTIMATOR_WORDS, styleOf } from "./testNames.ts";
import { type TextColumn, textTable, wrapLines } from "./textTable.ts";

const CAPTION =
  "Estimators on the same studies. Type I of a: rejections of a = 0 where it is 0 (of the cluster bootstrap: of ab = 0); " +
  "type I of ab: rejections of ab = 0 where it is 0; power: where it is not, all else equal";

/** Factors that make ab 0 or not. */
const EFFECTS = [
  "paths.a",
  "paths.b",
  "paths.teams.bBetween",
  "service.effects.fidelityOnAlliance",
  "service.effects.allianceOnOutcomes",
];

/** Type I error beside power, an estimator per line, then whether to trust ordinary regression; [] without a comparison. */
export function comparisonText(run: PowerRun, width: number): string[] {
  const { columns, rows } = comparison(run);
  if (rows.length === 0) return [];
  const isNumber = (index: number) => index === 0 || index >= columns.length - 3;
  const heads = columns.map((title, index): TextColumn => ({ title, align: isNumber(index) ? "right" : "left" }));
  const notes = notesOf(run).map((note) => wrapLines(note, width));
  return [`${wrapLines(CAPTION, width)}\n${textTable(heads, rows)}`, ...notes];
}

/** The same for the report; "" without a comparison. */
export function comparisonHtml(run: PowerRun): string {
  const { columns, rows } = comparison(run);
  if (rows.length === 0) return "";
  const heads = columns.map(
    (title, index): HtmlColumn => ({ title, isNumber: index === 0 || index >= columns.length - 3 }),
  );
  const lines = rows.map((cells): HtmlRow => ({ cells, first: cells[0] !== "" }));
  return `${paragraphs(notesOf(run))}\n${htmlTable(CAPTION, heads, lines)}`;
}

function notesOf(run: PowerRun): string[] {
  const note = fewTeamsNote(run);
  return [...trustSentences(run), ...(note === null ? [] : [note]), ...estimatorFailures(run)];
}

/** Conditions that differ only in whether there is an effect. */
type Pair = { readonly what: string; readonly nClients: number; readonly nulls: number[]; readonly effects: number[] };

function comparison(run: PowerRun): { columns: string[]; rows: string[][] } {
  const tests = comparedTests(run);
  if (tests.length === 0) return { columns: [], rows: [] };
  const pairs = pairsOf(run);
  const conditions = run.result.conditions;
  const nameOf = ({ what, effects, nulls }: Pair, index = effects[0] ?? nulls[0]) => conditions[index].label ?? what;
  const isNamed = new Set(pairs.map((pair) => nameOf(pair))).size > 1;
  const columns = ["N", ...(isNamed ? [""] : []), "test", "type I of a", "type I of ab", "power"];
  const rows = pairs.flatMap((pair) => {
    const anull = pair.nulls.find((index) => hasNoPathA(run, index)) ?? pair.nulls[0];
    const nullOf = anull === undefined ? undefined : conditions[anull];
    const effects = pair.effects.length > 0 ? pair.effects : [undefined];
    return effects.flatMap((effect) =>
      tests.map((test, t) => [
        t === 0 ? formatCount(pair.nClients) : "",
        ...(isNamed ? [t === 0 ? nameOf(pair, effect) : ""] : []),
        testWords(test),
        rate(nullOf !== undefined && hasNoPathA(run, anull) ? pathARate(nullOf, test)?.power : undefined),
        rate(nullOf?.tests[test]?.power),
        rate(effect === undefined ? undefined : conditions[effect].tests[test]?.power),
      ]),
    );
  });
  return { columns, rows };
}

/** A test of the comparison, its estimator said even where it is ordinary regression. */
function testWords(name: RateName): string {
  const isPlain = partsOf(name).estimator === "ols" && name !== "clusterBootstrap";
  return `${styleOf(name).name}${isPlain ? `, ${ESTIMATOR_WORDS.ols.name}` : ""}`;
}

function pairsOf({ result, scenario }: PowerRun): Pair[] {
  const perModel = scenario.power.conditions.length;
  const pairs = new Map<string, Pair>();
  result.conditions.forEach(({ factors, nClients, isNull }, index) => {
    const others = Object.fromEntries(
      Object.entries(factors).filter(([name]) => !EFFECTS.includes(name) && name !== "nClients"),
    );
    const key = JSON.stringify([Math.floor(index / perModel), nClients, others]);
    const pair = pairs.get(key) ?? { what: describeFactors(others), nClients, nulls: [], effects: [] };
    (isNull ? pair.nulls : pair.effects).push(index);
    pairs.set(key, pair);
  });
  return [...pairs.values()];
}

function rate(power: number | undefined): string {
  return power === undefined ? "–" : formatRate(power);
}
