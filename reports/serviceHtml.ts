import { costParameterEntries } from "../models/costs/parameters.ts";
import type { Parameter } from "../models/registry/parameterKinds.ts";
import { type ParameterEntry, valueAt } from "../models/registry/registry.ts";
import { parameterEntries } from "../models/service/parameters.ts";
import type { SimulationRun } from "../models/simulationTypes.ts";
import { studyParameterEntries } from "../models/study/parameters.ts";
import { costNotes } from "./costNotes.ts";
import { formatCount, formatFixed, formatPercent, formatRate } from "./format.ts";
import type { DrawnChart } from "./html.ts";
import { htmlPage } from "./htmlPage.ts";
import { bulletList, definitionList, figure, type HtmlRow, htmlTable, paragraphs, section } from "./htmlParts.ts";
import { number, text } from "./htmlTables.ts";
import { flagNotes, kpiNotes, kpiText, undefinedNotes } from "./kpiTable.ts";
import { MODEL_LIMITS } from "./modelLimits.ts";
import { escapeMarkup } from "./render.ts";

/**
 * report.html of a simulated service: one page that needs no network and no script, the answer first. All text of the
 * scenario is escaped.
 *
 * @param drawn the run's charts (`chartsOfService`), drawn
 */
export function serviceHtml(run: SimulationRun, drawn: readonly DrawnChart[]): string {
  const { plan, version } = run;
  const title = plan.title === "" ? plan.name : plan.title;
  const figures = (prefix: string) =>
    drawn
      .filter(({ chart }) => chart.name.startsWith(prefix))
      .map(({ chart, svg }) => figure(svg, chart.description))
      .join("\n");
  const charts: readonly (readonly [id: string, title: string, prefix: string])[] = [
    ["flow", "Where clients are", "client-flow"],
    ["time-in-service", "Alliance and outcomes by time in service", "tenure-fans"],
    ["fidelity", "Fidelity by team", "fidelity-by-team"],
    ["staff", "Caseload and vacancies", "staff-strips"],
  ];
  return htmlPage(title, "simulated service", version, [
    `<header><h1>${escapeMarkup(title)}</h1>\n<p class="origin">${escapeMarkup(originLine(run))}</p></header>`,
    alarm(run),
    `<p class="finding">${escapeMarkup(serviceFinding(run))}</p>`,
    section("kpis", "Key figures", kpiSection(run)),
    ...charts.map(([id, heading, prefix]) => {
      const body = figures(prefix);
      return body === "" ? "" : section(id, heading, body);
    }),
    section("study", "The study of it", studySection(run)),
    section("cannot", "What the model cannot say", bulletList(MODEL_LIMITS)),
    section("computed", "How it was computed", computed(run)),
    section("scenario", "The scenario in full", scenarioTables(run)),
  ]);
}

/** One sentence that sums a service up. */
export function serviceFinding({ plan, kpis }: SimulationRun): string {
  const kpi = (name: string) => kpis.find((one) => one.name === name)!;
  const dose = kpi("dose").mean;
  const { count } = plan.service.teams;
  const held = Number.isNaN(dose)
    ? "no contact is planned"
    : `${formatPercent(Number(dose.toFixed(3)))} of planned contacts are held`;
  return (
    `In ${formatCount(plan.service.time.weeks)} weeks ${formatCount(count)} ${count === 1 ? "team serves" : "teams serve"} ` +
    `${formatCount(Math.round(kpi("clientsServed").mean))} clients: ${held}, fidelity ends at ${kpiText(kpi("fidelity")).mean} of 40 points, and alliance is ` +
    `${kpiText(kpi("alliance")).mean} of 100 points on average.`
  );
}

function originLine({ plan, version }: SimulationRun): string {
  const n = plan.replications;
  return (
    `Scenario ${plan.name} · ${formatCount(n)} ${n === 1 ? "replication" : "replications"} · seed “${plan.seed}” · ` +
    `caseload ${version}`
  );
}

function alarm(run: SimulationRun): string {
  const notes = flagNotes(run);
  return notes.length === 0 ? "" : `<div class="alarm" role="alert">${paragraphs(notes)}</div>`;
}

function kpiSection(run: SimulationRun): string {
  const rows = run.kpis.map((kpi): HtmlRow => {
    const { mean, interval, sd, unit } = kpiText(kpi);
    return { cells: [kpi.label, mean, interval, sd, unit] };
  });
  const definitions = run.kpis.map(({ label, definition }) => [label, `${definition}.`] as const);
  const [about] = kpiNotes(run);
  return `${htmlTable(
    about,
    [text("Key figure"), number("Mean"), number("95\u00a0% interval"), number("SD between services"), text("Unit")],
    rows,
  )}
${paragraphs([...costNotes(run), ...undefinedNotes(run)])}
<details><summary>How each key figure is reckoned</summary>${definitionList(definitions)}</details>`;
}

function studySection({ plan, studies, audits }: SimulationRun): string {
  const [first] = studies;
  const scores = first.wide.filter(({ unit }) => unit === "points");
  const share = (values: Float64Array) => values.filter(Number.isNaN).length / values.length;
  const mean = (values: Float64Array) => {
    const held = values.filter((value) => !Number.isNaN(value));
    return held.reduce((sum, value) => sum + value, 0) / held.length;
  };
  const rows = scores.map(
    ({ name, label, values }): HtmlRow => ({
      cells: [name, label, formatFixed(mean(values), 1), formatRate(share(values))],
    }),
  );
  const nHeld = audits.total.filter((score) => !Number.isNaN(score)).length;
  const files =
    studies.length === 1
      ? "The data files hold the study of replication 0"
      : `The data files hold the studies of the first ${formatCount(studies.length)} replications, told apart by the column study`;
  return `${paragraphs([
    `The study of replication 0 takes ${formatCount(first.nClients)} of ${formatCount(first.nEligible)} clients whom it could take, in ${formatCount(plan.service.teams.count)} teams, and holds ${formatCount(nHeld)} fidelity audits. ${files}: one row per client in cohort-wide, one per client and interview in cohort-long, as CSV and Parquet; codebook.csv explains every column.`,
  ])}
${
  first.nClients === 0
    ? ""
    : `<details><summary>Scores that were observed</summary>${htmlTable(
        "Replication 0: means of observed scores, and the share of clients without one",
        [text("Column"), text("Score"), number("Mean"), number("Missing")],
        rows,
      )}</details>`
}`;
}

function computed({ plan, version }: SimulationRun): string {
  return `${definitionList([
    ["Scenario", plan.name],
    ["Source of the values", plan.source === "" ? "none stated" : plan.source],
    ["Seed", plan.seed],
    ["Version", `caseload ${version}`],
    ["Replications", formatCount(plan.replications)],
    ["Step", `1/${plan.service.time.stepsPerWeek} of a week, ${formatCount(plan.service.time.weeks)} weeks`],
  ])}
<p>The same scenario, seed and version give the same numbers on any machine and any number of threads.</p>`;
}

/** Every parameter with its value, unit and source; a source belongs to the default value only. */
function scenarioTables({ plan }: SimulationRun): string {
  const service = parameterEntries();
  const study = studyParameterEntries();
  const prices = plan.costs === null ? [] : costParameterEntries();
  const all = [...service, ...study, ...prices];
  const assumed = all.filter(({ parameter }) => parameter.source.startsWith("assumption")).length;
  return `${paragraphs([
    `Of ${formatCount(all.length)} parameters ${formatCount(assumed)} have no source: they are assumptions and marked as such.`,
  ])}
${parameterTable("Parameters of the service", service, plan.service, "service.")}
${parameterTable("Parameters of the study", study, plan.study, "study.")}
${plan.costs === null ? "" : parameterTable("Prices", prices, plan.costs, "costs.")}`;
}

function parameterTable(title: string, entries: readonly ParameterEntry[], values: object, prefix: string): string {
  const rows = entries.map(({ path, parameter }): HtmlRow => {
    const value = shown(valueAt(values, path));
    const standard = shown(parameter.value);
    const source =
      value === standard ? parameter.source : `set by the scenario; by default ${standard} (${parameter.source})`;
    return { cells: [prefix + path, value, unitOf(parameter), parameter.description, source] };
  });
  return `<details><summary>${title}: ${formatCount(rows.length)}</summary>${htmlTable(
    title,
    [text("Parameter"), text("Value"), text("Unit"), text("Meaning"), text("Source")],
    rows,
  )}</details>`;
}

function shown(value: unknown): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

function unitOf(parameter: Parameter): string {
  return "unit" in parameter && parameter.unit !== "1" ? parameter.unit : "";
}
