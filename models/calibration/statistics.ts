import { DAYS_PER_MONTH, DAYS_PER_WEEK } from "../service/time.ts";
import { OUTCOMES } from "../service/outcomeParameters.ts";
import { columnNamed } from "../study/columns.ts";
import type { ObservedStudy } from "../study/observe.ts";
import { monthsInName } from "../study/occasion.ts";
import { intraclassCorrelation } from "./intraclass.ts";
import { correlationOf, meanOf, medianOf, sdOf, slopeOn } from "./moments.ts";
import {
  type Columns,
  feedbackStatistics,
  type MediationStatistics,
  mediationStatistics,
  OCCASIONS,
  totalMixedP,
} from "./publishedModels.ts";
import { CHANGE_MONTHS, FORETELLING_MONTHS, type ReplicateStudy } from "./replicateStudy.ts";

/** Statistics of one replicate study by name: "mean.rprs4_5", "b.qoli9", "icc.mcas18". */
export type Statistics = Readonly<Record<string, number>>;

const EXPOSURES = ["fid4_5", "fid13_5"];
const ALLIANCES = ["rprs4_5", "rprs13_5"];
const FOLLOW_UP = OUTCOMES.flatMap((outcome) => [`${outcome}9`, `${outcome}18`]);
const SCALES = [...ALLIANCES, ...OUTCOMES.flatMap((outcome) => ["0", "9", "18"].map((month) => outcome + month))];
/** What a study must measure to be held against Roebuck 2021, by the names of its wide data. */
export const NEEDED_COLUMNS: readonly string[] = [...EXPOSURES, ...SCALES];
/** Woltmann 2008: turnover over 24 months, fidelity at 24 months. The last audit of Roebuck 2021 was at 36. */
const TURNOVER_MONTHS = 24;
const LAST_AUDIT_MONTHS = 36;
/** Audits that statistics are computed from. */
export const NEEDED_AUDITS: readonly number[] = [0, TURNOVER_MONTHS, LAST_AUDIT_MONTHS];

/**
 * Every statistic that has a target or is held out, computed from one replicate study as Roebuck 2021 did.
 *
 * @returns null where the study cannot be analysed: a covariate takes one value only, there are too few clients, interviews came
 *          after the simulated time, or a team abandoned the model before its first audit and has no fidelity
 */
export function statisticsOf(replicate: ReplicateStudy): Statistics | null {
  const { complete, withNonresponse } = replicate;
  const column: Columns = (name) => columnNamed(complete.wide, name).values;
  if ([...EXPOSURES, ...SCALES].some((name) => column(name).some(Number.isNaN))) return null;
  const paths = pathStatistics(column);
  if (paths === null) return null;
  return {
    clients: complete.nClients,
    ...tableStatistics(column),
    ...paths,
    ...totalEffectsFound(column),
    ...feedbackOf(column),
    ...clusterStatistics(column),
    managerChange: shareChanged(column),
    missing: shareMissing(withNonresponse),
    ...fidelityStatistics(replicate),
    ...heldOutStatistics(replicate, column),
  };
}

/** Means, SDs and retest correlations; of outcomes the mean correlation of the three pairs of interviews. */
function tableStatistics(column: Columns): Statistics {
  const found: Record<string, number> = {};
  for (const name of [...EXPOSURES, ...SCALES]) {
    found[`mean.${name}`] = meanOf(column(name));
    found[`sd.${name}`] = sdOf(column(name));
  }
  const r = (one: string, other: string) => correlationOf(column(one), column(other));
  found["r.fid"] = r("fid4_5", "fid13_5");
  found["r.rprs"] = r("rprs4_5", "rprs13_5");
  for (const o of OUTCOMES) found[`r.${o}`] = (r(`${o}0`, `${o}9`) + r(`${o}0`, `${o}18`) + r(`${o}9`, `${o}18`)) / 3;
  return found;
}

/** The eight mediation models. Each has its own a, by the baseline it adjusts for; one was published: their mean is taken. */
function pathStatistics(column: Columns): Statistics | null {
  const found: Record<string, number> = {};
  for (const occasion of OCCASIONS) {
    const models: { readonly outcome: string; readonly model: MediationStatistics }[] = [];
    for (const outcome of OUTCOMES) {
      const model = mediationStatistics(column, outcome, occasion);
      if (model === null) return null;
      models.push({ outcome, model });
    }
    const mean = (value: "a" | "aStandardized" | "aRejects") => meanOf(models.map(({ model }) => model[value]));
    found[`a.${occasion.alliance}`] = mean("a");
    found[`aStandardized.${occasion.alliance}`] = mean("aStandardized");
    found[`aRejects.${occasion.alliance}`] = mean("aRejects");
    for (const { outcome, model } of models)
      for (const [name, value] of Object.entries(model))
        if (!name.startsWith("a") || name.startsWith("ab")) found[`${name}.${outcome}${occasion.outcome}`] = value;
  }
  return found;
}

/** Whether a mixed model finds each total effect at .05: 1 or 0, NaN where it cannot be fitted. */
function totalEffectsFound(column: Columns): Statistics {
  const found: Record<string, number> = {};
  for (const occasion of OCCASIONS) {
    for (const outcome of OUTCOMES) {
      const p = totalMixedP(column, outcome, occasion);
      found[`totalMixedRejects.${outcome}${occasion.outcome}`] = Number.isNaN(p) ? p : p < 0.05 ? 1 : 0;
    }
  }
  return found;
}

function feedbackOf(column: Columns): Statistics {
  const steps = OUTCOMES.map((outcome) => ({ outcome, ...feedbackStatistics(column, outcome) }));
  return {
    "covariatesRSquared.rprs13_5": meanOf(steps.map(({ covariates }) => covariates)),
    ...Object.fromEntries(steps.map(({ outcome, added }) => [`feedback.${outcome}`, added])),
  };
}

/** ICC(1) by team of every dependent variable; ICC(1) of alliance by case manager (mean of two interviews). */
function clusterStatistics(column: Columns): Statistics {
  const team = column("team");
  const byManager = ["4_5", "13_5"].map((months) => {
    const manager = column(`cm${months}`);
    const withManager = [...manager.keys()].filter((i) => !Number.isNaN(manager[i]));
    const alliance = column(`rprs${months}`);
    return intraclassCorrelation(
      withManager.map((i) => alliance[i]),
      withManager.map((i) => manager[i]),
    );
  });
  return {
    ...Object.fromEntries(
      [...ALLIANCES, ...FOLLOW_UP].map((name) => [`icc.${name}`, intraclassCorrelation(column(name), team)]),
    ),
    managerShare: meanOf(byManager),
  };
}

/** Share of clients who have another case manager 12 months after baseline, or had one in between. */
function shareChanged(column: Columns): number {
  const [before, after] = [column("ncm0"), column(`ncm${CHANGE_MONTHS}`)];
  return meanOf(before.map((n, i) => (after[i] > n ? 1 : 0)));
}

/** Share of the fourteen scale scores that are missing. */
function shareMissing({ wide }: ObservedStudy): number {
  return meanOf(SCALES.map((name) => meanOf(columnNamed(wide, name).values.map((v) => (Number.isNaN(v) ? 1 : 0)))));
}

/** Audits at 36 months, and the slope of change in audited fidelity over 24 months on the share of staff that left. */
function fidelityStatistics({ history, complete: { audits } }: ReplicateStudy): Statistics {
  const auditAt = (months: number) => {
    const index = audits.day.findIndex((day) => Math.abs(day - months * DAYS_PER_MONTH) < 1);
    return audits.total.subarray(index * audits.nTeams, (index + 1) * audits.nTeams);
  };
  const last = auditAt(LAST_AUDIT_MONTHS).filter((score) => !Number.isNaN(score));
  const week = Math.floor((TURNOVER_MONTHS * DAYS_PER_MONTH) / DAYS_PER_WEEK);
  const seats = history.managers.n / history.nTeams;
  const [first, later] = [auditAt(0), auditAt(TURNOVER_MONTHS)];
  const teams = [...later.keys()].filter((team) => !Number.isNaN(later[team]));
  return {
    "fidelity36.median": medianOf(last),
    "fidelity36.lowest": Math.min(...last),
    turnoverSlope: slopeOn(
      teams.map((team) => history.weeks.flows.managersLeft[week * history.nTeams + team] / seats),
      teams.map((team) => later[team] - first[team]),
    ),
  };
}

function heldOutStatistics({ selected }: ReplicateStudy, column: Columns): Statistics {
  const { first, second } = FORETELLING_MONTHS;
  const rprs = (months: number) => column(`rprs${monthsInName(months)}`);
  const alliance = column("rprs4_5");
  const chosen = columnNamed(selected.wide, "rprs4_5").values;
  // Days in hospital are counted while in service, which those with a poor alliance leave sooner.
  const manager = column("cm18");
  const stayed = [...manager.keys()].filter((i) => !Number.isNaN(manager[i]));
  const ofStayers = (name: string) => stayed.map((i) => column(name)[i]);
  return {
    "r.hospital": correlationOf(ofStayers("rprs13_5"), ofStayers("hosp18")),
    "r.severity": correlationOf(alliance, column("mcas0")),
    "r.foretelling": correlationOf(rprs(first), rprs(second)),
    selectedLift: (meanOf(chosen) - meanOf(alliance)) / sdOf(alliance),
  };
}
