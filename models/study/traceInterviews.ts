import { columnNamed } from "./columns.ts";
import { INSTRUMENTS, type InstrumentName } from "./instruments.ts";
import type { TruthAtInterviews } from "./interviews.ts";
import type { ObservedStudy } from "./observe.ts";
import type { StudyParameters } from "./parameters.ts";

/** One interview of one client that fell within the simulated time. */
export type TracedInterview = {
  /** Planned time, months after baseline. */
  readonly months: number;
  /** Since day 0 of the simulation. */
  readonly day: number;
  /** Whether it took place: not after dropout, nor (where the study says so) after leaving the service. */
  readonly held: boolean;
  /** Scales given at it; NaN where the score is missing. */
  readonly scores: readonly { readonly instrument: InstrumentName; readonly label: string; readonly value: number }[];
};

/** Names of instruments in the data. */
const COLUMNS: Partial<Record<InstrumentName, string>> = { managerRating: "cmal" };

/**
 * What a study asked one client and what it got to hear.
 *
 * @param row of the client in the history
 * @returns in order of time; null if the client is not in the study
 */
export function traceInterviews(
  observed: ObservedStudy,
  truth: TruthAtInterviews,
  parameters: StudyParameters,
  row: number,
): TracedInterview[] | null {
  const client = observed.rows.indexOf(row);
  if (client < 0) return null;
  const day = columnNamed(observed.long, "day").values;
  return truth.months.flatMap((months, wave) => {
    const at = row * truth.n + wave;
    if (Number.isNaN(truth.day[at])) return [];
    const held = !Number.isNaN(day[client * truth.n + wave]);
    const given = INSTRUMENTS.filter((name) => monthsOf(name, parameters).includes(months));
    const scores = given.map((instrument) => {
      const column = columnNamed(observed.long, COLUMNS[instrument] ?? instrument);
      return { instrument, label: column.label, value: column.values[client * truth.n + wave] };
    });
    return [{ months, day: truth.day[at], held, scores: held ? scores : [] }];
  });
}

function monthsOf(name: InstrumentName, { instruments, managerRating }: StudyParameters): readonly number[] {
  return name === "managerRating" ? managerRating.months : instruments[name].months;
}
