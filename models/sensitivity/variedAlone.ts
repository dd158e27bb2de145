import { type PairedDifference, pairedDifference } from "../compare/pairedDifference.ts";
import type { Assumption } from "./assumptions.ts";
import type { RangeEnd, SignChange, VariedAlone } from "./sensitivityTypes.ts";

/** Key figure of both scenarios at a point, by replication. */
export type PointValues = { readonly base: Float64Array; readonly other: Float64Array };

/**
 * One assumption at the ends of its range, against the scenarios as they are: a bar of a tornado.
 *
 * @param low, high null where the point cannot be simulated
 */
export function variedAlone(
  assumption: Assumption,
  central: PointValues,
  low: PointValues | null,
  high: PointValues | null,
): VariedAlone {
  const middle = differencesAt(central);
  const endAt = (end: "low" | "high", values: PointValues | null): RangeEnd[] =>
    values === null
      ? []
      : [
          {
            end,
            value: assumption[end],
            difference: pairedDifference(values.base, values.other),
            change: pairedDifference(middle, differencesAt(values)),
          },
        ];
  const ends = [...endAt("low", low), ...endAt("high", high)];
  const swing = pairedDifference(
    low === null ? middle : differencesAt(low),
    high === null ? middle : differencesAt(high),
  );
  const changes = [0, ...ends.map(({ change }) => change.difference)];
  const ways = ends.map(({ change }) => sureSign(change));
  const bothOneWay = ways.length === 2 && ways[0] !== 0 && ways[0] === ways[1];
  return {
    assumption,
    ends,
    swing,
    extent: Math.max(...changes) - Math.min(...changes),
    isInfluential: sureSign(swing) !== 0 || bothOneWay,
    sign: signChange(
      pairedDifference(central.base, central.other),
      ends.map(({ difference }) => difference),
    ),
  };
}

/** What the differences at the ends do to the sign of the central one. */
function signChange(central: PairedDifference, ends: readonly PairedDifference[]): SignChange {
  const signs = [central, ...ends].map(sureSign);
  if (signs.includes(1) && signs.includes(-1)) return "reversed";
  return signs[0] !== 0 && signs.includes(0) ? "lost" : "none";
}

/** Sign of a difference whose interval excludes 0; else 0. */
export function sureSign({ ci: [lower, upper] }: Pick<PairedDifference, "ci">): -1 | 0 | 1 {
  if (lower > 0) return 1;
  return upper < 0 ? -1 : 0;
}

function differencesAt({ base, other }: PointValues): Float64Array {
  return base.map((value, r) => other[r] - value);
}
