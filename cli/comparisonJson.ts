import type { ComparedFigure, Comparison } from "../models/compare/comparisonTypes.ts";
import { LEVEL } from "../models/compare/pairedDifference.ts";
import type { StoriesOfClient } from "../models/compare/storiesOfClient.ts";
import { verdictOf } from "../models/compare/verdict.ts";

/**
 * A comparison for machines; numbers that are not defined, or infinite, are null.
 *
 * @param files that were written, as paths
 */
export function comparisonJson(
  { plan, version, nSelfChecked, scenarios, rankings }: Comparison,
  stories: StoriesOfClient | null,
  files: readonly string[],
) {
  return {
    base: plan.base.name,
    seed: plan.seed,
    version,
    replications: Math.max(...scenarios.map(({ replications }) => replications)),
    precision: plan.precision,
    level: LEVEL,
    selfCheck: { replications: nSelfChecked, largestDifference: 0 },
    scenarios: scenarios.map(({ name, title, changes, ignored, replications, isPrecise, figures }) => ({
      name,
      title,
      changes,
      ignored,
      replications,
      isPrecise,
      kpis: figures.map(kpiJson),
    })),
    rankings,
    ...(stories === null ? {} : { trace: stories }),
    files,
  };
}

function kpiJson(figure: ComparedFigure) {
  const { definition: _, ...rest } = figure;
  return { ...rest, verdict: verdictOf(figure) };
}
