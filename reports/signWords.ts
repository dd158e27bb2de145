import type { RangeEnd, Sensitivity, SignChange, VariedAlone } from "../models/sensitivity/sensitivityTypes.ts";
import { sureSign } from "../models/sensitivity/variedAlone.ts";
import { formatNumber, joinWords } from "./format.ts";
import { signedBy } from "./signedBy.ts";

/** Whether the difference keeps its sign within the ranges of the assumptions, in sentences. */
export function signWords({ central, alone, figure, plan }: Sensitivity): string[] {
  const sign = sureSign(central);
  const of = (wanted: SignChange) => alone.filter((one) => one.sign === wanted);
  const way = sign > 0 ? "raises" : "lowers";
  const sentences = [
    ...(sign === 0
      ? [`${figure.label}: as the scenarios are, the interval of the difference holds 0; its sign is not known.`]
      : []),
    ...of("reversed").map(
      (one) =>
        `The difference changes sign inside the plausible range of ${one.assumption.path}: ${endWords(one, ({ difference }) => sureSign(difference) !== 0)}.`,
    ),
    ...of("lost").map(
      (one) =>
        `The difference cannot be told from 0 at an end of the plausible range of ${one.assumption.path}: ${endWords(one, ({ difference }) => sureSign(difference) === 0)}.`,
    ),
  ];
  if (sentences.length > 0 || sign === 0) return sentences;
  return [
    `${plan.other.name} ${way} it whichever assumption is taken, alone, to an end of its range: no range turns the difference round, or makes it doubtful.`,
  ];
}

function endWords({ ends, assumption }: VariedAlone, isMeant: (end: RangeEnd) => boolean): string {
  const words = ends.filter(isMeant).map(({ value, difference }) => {
    const print = signedBy(difference);
    const [lower, upper] = difference.ci.map(print);
    return `${print(difference.difference)} (${lower} to ${upper}) at ${formatNumber(value, 6)}`;
  });
  return `${joinWords(words)} (the scenarios have ${formatNumber(assumption.value, 6)})`;
}
