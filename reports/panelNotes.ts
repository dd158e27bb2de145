import type { NamedIndirect, PanelAnalysis } from "../models/estimators/analyzePanel.ts";
import { fewDfNote, singularNote, unnoticedClustersNote } from "./analysisClusters.ts";
import { imputationNotes, missingNote, percent } from "./analysisMissing.ts";
import type { AnalysisSource } from "./analysisTable.ts";
import { formatCount, formatFixed } from "./format.ts";

type Estimated = Exclude<NamedIndirect, { readonly failure: string }>;

/** What a reader must know of a panel, one paragraph each: what it cannot tell, and how it was estimated. */
export function panelNotes(analysis: PanelAnalysis, { file, seed, version, missing }: AnalysisSource): string[] {
  const { n, clusters, estimator } = analysis;
  const indirect = analysis.indirect.filter((one): one is Estimated => !("failure" in one));
  const few = indirect.flatMap(({ paths, through: [x, m, y], bFrom }) => [
    [`${x} → ${m}`, paths.a] as const,
    [`${bFrom} → ${y}`, paths.b] as const,
  ]);
  const nDraws = indirect.find(({ tests }) => tests.monteCarlo)?.tests.monteCarlo?.nDraws;
  const notes = [
    missingNote(missing, analysis),
    ...imputationNotes(analysis),
    ...indirect.map(informationLost),
    unnoticedClustersNote(estimator, clusters),
    estimator === "ols" ? null : fewDfNote(few),
    singularOf(analysis),
    indirect.some(({ design }) => design === "halfLongitudinal") ? HALF_LONGITUDINAL : null,
    ...indirect.map(correlationNote),
    clusters === null ? LASTING : `${LASTING} ${estimator === "mixed" ? OF_TEAMS_MIXED : OF_TEAMS}`,
    nDraws === undefined
      ? null
      : `Monte Carlo: ${formatCount(nDraws)} draws. ` +
        "MCSE: Monte-Carlo standard error of a limit; more draws make it smaller.",
    `Data: ${file}, n = ${formatCount(n)}. Seed "${seed}", caseload ${version}.`,
  ];
  return notes.filter((note) => note !== null);
}

const HALF_LONGITUDINAL =
  "Two waves: both paths are of the same interval (half-longitudinal), which is an indirect effect only if paths stay " +
  "the same from one interval to the next.";
const LASTING =
  "A cross-lagged panel does not tell differences between clients that last from change within them: its paths mix both " +
  "(Hamaker, Kuiper & Grasman 2015, doi:10.1037/a0038889).";
const OF_TEAMS =
  "The same holds for teams: robust errors count their clients rightly, and leave the paths as they are.";
const OF_TEAMS_MIXED =
  "The same holds for teams: random intercepts are taken to be unrelated to the wave before, where the same team stood.";

function informationLost({ through, fractionMissing }: Estimated): string | null {
  if (fractionMissing === null) return null;
  const { a, b } = fractionMissing;
  return `Information lost to missing values, ${through.join(" → ")}: a ${percent(a)}, b ${percent(b)}.`;
}

/** Tests of ab take the paths' estimates to be independent: how far from it they are. */
function correlationNote({ through, correlation }: Estimated): string | null {
  if (correlation === 0) return null;
  const path = through.join(" → ");
  return correlation === null
    ? `How the estimates of a and b of ${path} correlate is not known: mixed models are fitted one by one. The tests take it as 0.`
    : `The estimates of a and b of ${path} correlate ${formatFixed(correlation, 4)}; the tests take this as 0.`;
}

function singularOf({ equations }: PanelAnalysis): string | null {
  const singular = equations.flatMap((one) => ("mixed" in one && one.mixed?.singular ? [one.response] : []));
  return singular.length === 0 ? null : singularNote(singular);
}
