import type { Pattern, Weight } from "../../models/calibration/targetTypes.ts";
import { formatNumber } from "../format.ts";
import { markdownTable } from "./markdown.ts";

/** Published patterns: the value, the limits within which a simulated one counts as reproduced, what they rest on. */
export function patternTable(patterns: readonly (Pattern & { readonly weight?: Weight })[]): string {
  const weighted = patterns.some(({ weight }) => weight !== undefined);
  return markdownTable(
    [...(weighted ? ["Weight"] : []), "Pattern", "Unit", "Published", "Within", "Source"],
    patterns.map(({ weight, label, over, unit, published, interval, source, note }) => [
      ...(weighted ? [weight ?? ""] : []),
      over === "sd" && !label.startsWith("SD") ? `SD of: ${label}` : label,
      unit,
      published === null ? "" : formatNumber(published),
      interval.map((limit) => formatNumber(limit)).join(" to "),
      note === undefined ? source : `${source}; ${note}`,
    ]),
  );
}
