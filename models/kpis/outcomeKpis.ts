import { OUTCOMES } from "../service/outcomeParameters.ts";
import type { PlayedService } from "../service/playService.ts";
import { FOLLOW_UP_MONTHS } from "../service/recordTenure.ts";
import type { StudyParameters } from "../study/parameters.ts";
import { changeOf, FOLLOWED_UP, followedUp } from "./followUp.ts";
import type { KpiDefinition } from "./kpiDefinition.ts";
import { reliableChange } from "./reliableChange.ts";
import { lowestTenth, meanOver } from "./sums.ts";

const LABELS = ["Quality of life", "Personal goals", "Hope", "Functioning"];
const SCALES = ["QOLI-20", "PGI", "THS", "MCAS"];
const CHANGE = `True score ${FOLLOW_UP_MONTHS} months after admission, or on leaving where that came first, less the score at entry`;

/**
 * Key figures of the four outcomes: mean change, the worst tenth, reliable improvement. Changes are true ones: measurement
 * error, which an agency's own scores have, makes some improve who have not and hides others.
 */
export function outcomeKpis({ instruments }: Pick<StudyParameters, "instruments">): KpiDefinition[] {
  const limits = OUTCOMES.map((name) => reliableChange(instruments[name]));
  return [
    ...OUTCOMES.map(
      (name, o): KpiDefinition => ({
        name: `${name}Change`,
        label: `${LABELS[o]}, change (${SCALES[o]})`,
        unit: "points",
        definition: `${CHANGE}: mean over ${FOLLOWED_UP}`,
        better: "higher",
        headline: true,
        of: (played) => meanOfFollowedUp(played, (row) => changeOf(played, o, row)),
      }),
    ),
    ...OUTCOMES.map(
      (name, o): KpiDefinition => ({
        name: `${name}ChangeWorstTenth`,
        label: `${LABELS[o]}, change of the worst tenth (${SCALES[o]})`,
        unit: "points",
        definition: `Change as in ${name}Change, mean over the tenth of the clients in whom it is lowest`,
        better: "higher",
        headline: false,
        of: (played) => lowestTenth(followedUp(played).map((row) => changeOf(played, o, row))),
      }),
    ),
    ...OUTCOMES.map(
      (name, o): KpiDefinition => ({
        name: `${name}Improved`,
        label: `${LABELS[o]}, reliably improved (${SCALES[o]})`,
        unit: "share",
        definition:
          `Share of the clients of ${name}Change whose true change is above ${shownLimit(limits[o])} points: 1.96·√2·SD·√(1 − reliability) ` +
          "of measured scores, which measurement error alone rarely brings about (Jacobson & Truax 1991)",
        better: "higher",
        headline: false,
        of: (played) => meanOfFollowedUp(played, (row) => Number(changeOf(played, o, row) > limits[o])),
      }),
    ),
    {
      name: "anyImproved",
      label: "Reliably improved in any outcome",
      unit: "share",
      definition: `Share of ${FOLLOWED_UP} who reliably improved in at least one of the four outcomes`,
      better: "higher",
      headline: false,
      of: (played) =>
        meanOfFollowedUp(played, (row) => Number(limits.some((limit, o) => changeOf(played, o, row) > limit))),
    },
  ];
}

function meanOfFollowedUp(played: PlayedService, valueIn: (row: number) => number): number {
  const rows = followedUp(played);
  return meanOver(rows.length, (i) => valueIn(rows[i]));
}

function shownLimit(points: number): string {
  return String(Number(points.toPrecision(3)));
}
