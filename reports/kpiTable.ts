import type { KpiSummary } from "../models/kpis/summariseKpis.ts";
import type { SimulationRun } from "../models/simulationTypes.ts";
import { costNotes } from "./costNotes.ts";
import { decimalsFor, formatCount, formatFixed, formatNumber, formatRate } from "./format.ts";
import { textTable, wrapLines } from "./textTable.ts";

const WIDTH = 88;

/** A key figure as readers see it: digits that its Monte-Carlo error leaves, shares without the leading zero. */
export type KpiText = { readonly mean: string; readonly interval: string; readonly sd: string; readonly unit: string };

export function kpiText({ mean, mcse, ci, sd, unit }: KpiSummary): KpiText {
  const isShare = unit === "share";
  const decimals = decimalsFor(mcse, 1);
  const isKnown = mcse > 0;
  const print = (value: number) => {
    // The interval of a share may end below 0: it is about a mean, not about a rate.
    if (isShare) return value < 0 ? `−${formatRate(-value)}` : formatRate(value);
    if (!isKnown) return formatNumber(value, 4);
    return decimals === 0 && !Number.isNaN(value) ? formatCount(Math.round(value)) : formatFixed(value, decimals);
  };
  return {
    mean: print(mean),
    interval: Number.isNaN(mcse) ? "–" : `${print(ci[0])} to ${print(ci[1])}`,
    sd: Number.isNaN(sd) ? "–" : isShare ? formatRate(sd) : formatNumber(sd, 2),
    unit,
  };
}

/** What `caseload simulate` prints: every key figure, and below them what a reader must know of them. */
export function kpiTable(run: SimulationRun): string {
  const { plan, kpis } = run;
  const table = textTable(
    [
      { title: plan.name, align: "left" },
      { title: "mean", align: "right" },
      { title: "95 % interval", align: "right" },
      { title: "unit", align: "left" },
    ],
    kpis.map((kpi) => {
      const { mean, interval, unit } = kpiText(kpi);
      return [kpi.label, mean, interval, unit];
    }),
  );
  return [table, ...kpiNotes(run).map((note) => wrapLines(note, WIDTH))].join("\n\n");
}

/** What is said below a table of key figures. */
export function kpiNotes(run: SimulationRun): string[] {
  const { plan } = run;
  const { weeks } = plan.service.time;
  const n = plan.replications;
  const of =
    n === 1
      ? `One simulated service of ${formatCount(weeks)} weeks: no interval can be given.`
      : `Means over ${formatCount(n)} simulated services of ${formatCount(weeks)} weeks. The intervals say how well the mean is known, not how much one service differs from another.`;
  return [of, ...costNotes(run), ...undefinedNotes(run), ...flagNotes(run)];
}

/** Which key figures have no value in some replications, or in any. */
export function undefinedNotes({ kpis, plan }: SimulationRun): string[] {
  const n = plan.replications;
  const never = kpis.filter(({ nUndefined }) => nUndefined === n);
  const partly = kpis.filter(({ nUndefined }) => nUndefined > 0 && nUndefined < n);
  return [
    ...partly.map(
      ({ label, nUndefined }) =>
        `${label}: defined in ${formatCount(n - nUndefined)} of ${formatCount(n)} replications; the mean is over these.`,
    ),
    ...(never.length > 0 ? [`Not defined in any replication: ${never.map(({ label }) => label).join("; ")}.`] : []),
  ];
}

/** What is said of worlds that emptied; they are results like any other. */
export function flagNotes({ nFlagged, plan }: SimulationRun): string[] {
  const of = `of ${formatCount(plan.replications)} ${plan.replications === 1 ? "replication" : "replications"}`;
  const notes: string[] = [];
  if (nFlagged.noStaff > 0)
    notes.push(`In ${formatCount(nFlagged.noStaff)} ${of} the service had no case manager left at the end.`);
  if (nFlagged.noClients > 0)
    notes.push(`In ${formatCount(nFlagged.noClients)} ${of} nobody was in service at the end.`);
  return notes.length === 0 ? [] : [`${notes.join(" ")} Such services are in all means.`];
}
