import { GRID, INK, MUTED, PAPER } from "./charts/theme.ts";
import { TEST_STYLES } from "./testNames.ts";

/** Chart colours in the dark style, by their light value. */
const DARK_CHART_COLORS: Readonly<Record<string, string>> = {
  [INK]: "#e6eaef",
  [MUTED]: "#9aa4af",
  [GRID]: "#2f363e",
  [PAPER]: "#15191e",
  [TEST_STYLES.jointSignificance.color]: "#4aa8e0",
  [TEST_STYLES.sobel.color]: "#f08a4b",
  [TEST_STYLES.aroian.color]: "#d3a750",
  [TEST_STYLES.goodman.color]: "#c98f68",
  [TEST_STYLES.monteCarlo.color]: "#3fc4a2",
  [TEST_STYLES.productDistribution.color]: "#7cc3ef",
  [TEST_STYLES.percentileBootstrap.color]: "#e08cc0",
  [TEST_STYLES.biasCorrectedBootstrap.color]: "#a58ae6",
  [TEST_STYLES.bcaBootstrap.color]: "#b4b9bf",
  [TEST_STYLES.clusterBootstrap.color]: "#f08ba0",
  "#79b0d8": "#3f78a3",
  // Numbers of teams, few to many.
  "#4a90c2": "#4a86b0",
  "#2f78ad": "#5f9fcb",
  "#1b6096": "#79b6e0",
  "#0f4a7c": "#97cbee",
  "#093660": "#b7dcf6",
  "#052545": "#d8edfb",
  "#e4e8ec": "#39424c",
  "#1f4e79": "#9cc4ea",
  "#b34700": "#f08a4b",
  // Charts of a simulated service: places of clients, then caseload and vacancies, whose order of lightness turns over.
  "#56b4e9": "#b5dff7",
  "#e69f00": "#f2c14e",
  "#e4eef7": "#1f3446",
  "#b9d5ea": "#2c5a80",
  "#86b8dc": "#3d83b8",
  "#4d95c6": "#62b0e4",
  "#f0a04b": "#a85c18",
  "#c8601a": "#e08a3c",
  "#7a2e0e": "#ffc48a",
  "#b9c0c8": "#4a525b",
  "#7b858f": "#8b95a0",
  "#22262b": "#e6eaef",
};

/** The style sheet of report.html: light, dark where the reader's system is, and plain on paper. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: ${INK}; --muted: ${MUTED}; --line: #d0d7de; --paper: ${PAPER}; --tint: #f3f5f8; --alarm: #a40e26; --shade: #0003; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", Verdana, "DejaVu Sans", Arial, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
p, li, dd { max-width: 46rem; }
.origin, figcaption, .note { color: var(--muted); font-size: .9rem; }
.finding { font-size: 1.2rem; line-height: 1.45; font-weight: 600; background: var(--tint); border-left: .3rem solid ${TEST_STYLES.jointSignificance.color};
  padding: .8rem 1rem; margin: 1.25rem 0 1rem; max-width: none; }
.finding > p { margin: .2rem 0; max-width: none; }
.alarm { border: 2px solid var(--alarm); color: var(--alarm); padding: .6rem 1rem; font-weight: 600; }
figure { margin: 1rem 0; }
figure > .scroll > svg { max-width: 100%; min-width: 36rem; height: auto; display: block; }
/* Shadows at the edges of what can be scrolled sideways; covers that move with the content hide them at its ends. */
.scroll { overflow-x: auto; background:
  linear-gradient(to right, var(--paper) 1rem, transparent) left / 2rem 100% no-repeat local,
  linear-gradient(to left, var(--paper) 1rem, transparent) right / 2rem 100% no-repeat local,
  linear-gradient(to right, var(--shade), transparent) left / .6rem 100% no-repeat scroll,
  linear-gradient(to left, var(--shade), transparent) right / .6rem 100% no-repeat scroll; }
table { border-collapse: collapse; font-size: .9rem; margin: .5rem 0; }
caption { text-align: left; color: var(--muted); padding-bottom: .3rem; }
caption > span { display: block; max-width: min(46rem, 85vw); }
td { min-width: 3.5rem; } td:not(.number) { max-width: 26rem; }
th, td { padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--muted); vertical-align: bottom; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number { white-space: nowrap; }
th.group { padding-top: .9rem; }
tr.first > * { border-top: 1px solid var(--muted); }
td.alarmed { color: var(--alarm); font-weight: 700; }
summary { cursor: pointer; }
pre { background: var(--tint); padding: .8rem 1rem; overflow-x: auto; font: .85rem/1.45 ui-monospace, "DejaVu Sans Mono", Consolas, monospace; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; }
dt { color: var(--muted); } dd { margin: 0; }
@media screen and (max-width: 36rem) {
  h1 { font-size: 1.3rem; } .finding { font-size: 1.05rem; }
  table { font-size: .8rem; } th, td { padding-right: .7rem; } td { min-width: 0; } td:first-child:not(.number) { min-width: 6rem; }
}
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e6eaef; --muted: #9aa4af; --line: #363e47; --paper: #15191e; --tint: #1e242b; --alarm: #ff8a8a; --shade: #fff3; }
${Object.entries(DARK_CHART_COLORS)
  .flatMap(([light, dark]) => ["fill", "stroke"].map((part) => `  svg [${part}="${light}"] { ${part}: ${dark}; }`))
  .join("\n")}
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  figure > .scroll > svg { min-width: 0; }
  figure, tr, .finding { break-inside: avoid; }
  h2 { break-after: avoid; }
  pre { white-space: pre-wrap; }
}
`;
