import type { PowerRun } from "../models/powerTypes.ts";
import { loopGain } from "../models/service/serviceProblems.ts";
import { formatCount, formatNumber, formatPercent, joinWords } from "./format.ts";
import type { ServiceSettings } from "./settings.ts";

/** What a study of a service simulated, a sentence each; a value that varies is said to be "as listed". */
export function serviceSentences({ scenario, varied }: ServiceSettings): string[] {
  const { service, study } = scenario;
  const value = (path: string, text: string) =>
    varied.includes(path) ? `${path.replace(/^\w+\./, "")} as listed` : text;
  const { teams, staffing, time, effects, alliance } = service;
  const { audits, exposure, interviews, missing, dropout, sampling } = study;
  const months = (list: readonly number[]) => joinWords(list.map((month) => formatNumber(month)));
  return [
    `An agent model played out ${value("service.teams.count", `${formatCount(teams.count)} teams`)} of ${formatCount(teams.seats)} case managers with at most ${value("service.staffing.caseloadCap", `${formatCount(staffing.caseloadCap)} clients`)} each for ${formatCount(time.weeks)} weeks.`,
    `A point of team fidelity moves a client's alliance by ${value("service.effects.fidelityOnAlliance", formatNumber(effects.fidelityOnAlliance))} points (RPRS, 0 to 100) in the long run; alliance moves outcomes, and outcomes act back on alliance${alliance.feedback === 0 ? " (switched off here)" : ` with a loop gain of ${formatNumber(loopGain(service), 2)}`}.`,
    `Fidelity was audited at ${months(audits.months)} months by ${formatCount(audits.assessors)} assessors and averaged over ${formatNumber(exposure.days)} days; clients were interviewed ${months(interviews.months)} months after baseline.`,
    `${samplingWords(sampling.scheme)} At an interview ${formatPercent(missing.share)} of scales are missing, by chance, by age and by the score itself; clients drop out of the study at ${formatNumber(dropout.perYear)} a year.`,
  ];
}

function samplingWords(scheme: string): string {
  if (scheme === "all") return "Everyone enrolled is in the study.";
  return scheme === "random"
    ? "Clients are sampled at random from those enrolled, equally many of each team."
    : "Clients are chosen by their case managers, who favour good alliances.";
}

/** What a reader must not conclude from a power study of a service, beside what holds for every power study. */
export function serviceLimitations(run: PowerRun): string[] {
  const nShort = run.result.conditions.filter(({ meanAnalysed, nClients }) => meanAnalysed < 0.98 * nClients).length;
  return [
    "Ordinary regression takes clients as independent, but fidelity belongs to teams: what chance does to a team it does to all its clients. The rate at which the tests reject where fidelity has no effect (type I error) shows what that costs.",
    "The truth that estimates are compared with is what the same analysis finds in a very large cohort of the same service. Where common causes move fidelity and alliance together (staff turnover does), it is not the causal effect alone; where fidelity has no effect it may differ from 0.",
    ...(nShort > 0
      ? [
          "N counts clients planned. Those with a missing value are left out of the analysis (listwise), which costs power and can bias ab.",
        ]
      : []),
  ];
}
