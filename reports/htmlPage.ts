import { REPORT_STYLE } from "./htmlStyle.ts";
import { escapeMarkup } from "./render.ts";

/**
 * A page that needs no network and no script: a content security policy forbids it to load anything.
 *
 * @param title of the page, any text
 * @param kind  what the page is, "power report"
 * @param parts markup, in order; empty parts are left out
 */
export function htmlPage(title: string, kind: string, version: string, parts: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="caseload ${escapeMarkup(version)}">
<title>${escapeMarkup(title)} · ${escapeMarkup(kind)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
${parts.filter((part) => part !== "").join("\n")}
</main>
</body>
</html>
`;
}
