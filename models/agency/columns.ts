/** What a column of an agency's table holds: one number per team. `least` and `most` are limits of meaning, checked. */
export type AgencyColumn = {
  readonly kind: "count" | "number";
  /** Whether the table must have the column, with no cell empty. */
  readonly needed: boolean;
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly meaning: string;
  /** What the number is for, in plain words. */
  readonly use: string;
  /** Cells of the template, one per example team; NaN is an empty cell. */
  readonly example: readonly [number, number, number];
};

/** The column that names the team; it is needed, and no two teams have one name. */
export const TEAM_COLUMN = "team";

/** The other columns, in the order of the template. "Last year" is the twelve months before the table was made. */
export const AGENCY_COLUMNS = {
  seats: {
    kind: "count",
    needed: true,
    unit: "case managers",
    least: 1,
    most: 256,
    meaning: "Posts for case managers when none is vacant; two half-time posts are one",
    use: "size of a team",
    example: [6, 5, 7],
  },
  vacancies: {
    kind: "count",
    needed: true,
    unit: "case managers",
    least: 0,
    most: 256,
    meaning: "Of these posts, those with nobody in them now",
    use: "how long a seat stays vacant, where weeks_to_fill_seat is not given",
    example: [0, 1, 0],
  },
  clients: {
    kind: "count",
    needed: true,
    unit: "clients",
    least: 0,
    most: 4096,
    meaning: "Clients in service now, those whose case manager has left included",
    use: "caseloads on day 0; exits and graduations are counted per client",
    example: [88, 70, 104],
  },
  caseload_cap: {
    kind: "count",
    needed: true,
    unit: "clients",
    least: 1,
    most: 200,
    meaning:
      "Most clients that a full-time case manager is given; without a rule, the number at which new clients wait",
    use: "the cap on caseloads",
    example: [16, 16, 16],
  },
  referrals_last_year: {
    kind: "count",
    needed: true,
    unit: "clients",
    least: 0,
    most: 5000,
    meaning: "Clients referred last year who could be taken, whether admitted yet or not",
    use: "the rate of referrals",
    example: [28, 22, 30],
  },
  managers_left_last_year: {
    kind: "count",
    needed: true,
    unit: "case managers",
    least: 0,
    most: 1000,
    meaning: "Case managers who left the team last year, for whatever reason",
    use: "the rate at which case managers leave",
    example: [2, 3, 1],
  },
  waiting: {
    kind: "count",
    needed: false,
    unit: "clients",
    least: 0,
    most: 4096,
    meaning: "Clients on the waiting list now",
    use: "the waiting list on day 0",
    example: [3, 6, 0],
  },
  weeks_to_fill_seat: {
    kind: "number",
    needed: false,
    unit: "weeks",
    least: 1,
    most: 260,
    meaning: "Mean time from a case manager's leaving to the successor's first day",
    use: "how long a seat stays vacant",
    example: [7, 10, Number.NaN],
  },
  exits_last_year: {
    kind: "count",
    needed: false,
    unit: "clients",
    least: 0,
    most: 5000,
    meaning: "Clients who left last year before they were done; not those who graduated or never engaged",
    use: "the rate of unplanned exits",
    example: [6, 5, 4],
  },
  graduations_last_year: {
    kind: "count",
    needed: false,
    unit: "clients",
    least: 0,
    most: 5000,
    meaning: "Clients who left last year because they were done",
    use: "the rate of graduation of those who are ready for it",
    example: [14, 11, 17],
  },
  fidelity: {
    kind: "number",
    needed: false,
    unit: "points",
    least: 8,
    most: 40,
    meaning: "Latest fidelity score of the team: the sum of eight domains scored 1 to 5",
    use: "fidelity on day 0",
    example: [27, 29.5, Number.NaN],
  },
  supervision_hours_per_month: {
    kind: "number",
    needed: false,
    unit: "hours/month",
    least: 0,
    most: 80,
    meaning: "Hours of supervision, alone or in a group, that a case manager gets in a month",
    use: "support of fidelity; hours that are not there for clients",
    example: [6, 6, 5],
  },
} as const satisfies Readonly<Record<string, AgencyColumn>>;

export type AgencyColumnName = keyof typeof AGENCY_COLUMNS;

/** A row of the table: NaN where a cell that may be empty is. */
export type AgencyTeam = { readonly team: string } & Readonly<Record<AgencyColumnName, number>>;

export const AGENCY_COLUMN_NAMES = Object.keys(AGENCY_COLUMNS) as readonly AgencyColumnName[];

/** The service model holds no more than some millions of clients; an agency with more teams is several. */
export const MOST_TEAMS = 100;
/** Clients per seat above which a number must be a slip. */
export const MOST_PER_SEAT = 200;

/** What a number of a column must be: completes "… must be". */
export function columnRule({ kind, least, most, unit }: AgencyColumn): string {
  return `${kind === "count" ? "a whole number " : ""}from ${least} to ${most} (${unit})`;
}

/** Whether a number may stand in a column. */
export function isInColumn({ kind, least, most }: AgencyColumn, value: number): boolean {
  return value >= least && value <= most && (kind === "number" || Number.isInteger(value));
}

/** What is impossible about a team's numbers taken together: the column at fault, and what is wrong with it. */
export function teamProblems(
  team: AgencyTeam,
): readonly { readonly column: AgencyColumnName; readonly problem: string }[] {
  const { seats, vacancies, clients } = team;
  const most = MOST_PER_SEAT * seats;
  return [
    ...(vacancies > seats
      ? [{ column: "vacancies" as const, problem: `must be at most seats, ${seats}, got ${vacancies}` }]
      : []),
    ...(clients > most
      ? [{ column: "clients" as const, problem: `must be at most ${MOST_PER_SEAT} per seat, ${most}, got ${clients}` }]
      : []),
  ];
}
