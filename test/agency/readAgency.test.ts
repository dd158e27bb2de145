// Refused? Every problem of a table of teams, by row and column, all together.
import { describe, expect, it } from "vitest";
import { agencyTemplate } from "../../cli/agencyTemplate.ts";
import { parseTable } from "../../cli/csvTable.ts";
import { readAgency } from "../../cli/readAgency.ts";

function read(text: string) {
  const table = parseTable(new TextEncoder().encode(text), "agency.csv");
  return table.ok ? readAgency(table, "agency.csv") : { ok: false as const, problems: [table.problem] };
}

function problems(text: string): readonly string[] {
  const result = read(text);
  return result.ok ? [] : result.problems;
}

const HEADER = "team,seats,vacancies,clients,caseload_cap,referrals_last_year,managers_left_last_year";
const MAY_BE_EMPTY =
  "waiting, weeks_to_fill_seat, exits_last_year, graduations_last_year, fidelity, supervision_hours_per_month";

describe("a table of teams", () => {
  it("is read with columns in any order, with semicolons, decimal commas, a byte order mark and blank columns", () => {
    const result = read(
      "\uFEFFfidelity;team;seats;vacancies;clients;caseload_cap;referrals_last_year;managers_left_last_year;waiting;;\n" +
        "27,5;Nord;6;0;80;16;20;2;;;\n;Süd;5;5;60;16;10;1;;;\n",
    );
    if (!result.ok) throw new Error(result.problems.join("\n"));
    expect(result.teams.map(({ team, seats, fidelity, waiting }) => [team, seats, fidelity, waiting])).toEqual([
      ["Nord", 6, 27.5, Number.NaN],
      ["Süd", 5, Number.NaN, Number.NaN],
    ]);
  });

  it("of the template is right", () => {
    expect(problems(agencyTemplate())).toEqual([]);
  });

  it("is refused with all problems together", () => {
    const rows = [
      "A,6,7,88,16,28,2,45",
      "B,5,,x,16,22,3,30",
      "A,4,0,4097,16.5,30,-1,",
      ",0,0,5,16,30,1,NA",
      "D,1,0,201,16,30,1,8",
      "E,5",
    ];
    expect(problems(`${HEADER},fidelity,waitng\n${rows.map((row) => `${row},\n`).join("")}`)).toEqual([
      'agency.csv:1: unknown column "waitng"; did you mean "waiting"?',
      "agency.csv:7: 3 cells, but the header has 9",
      'agency.csv:2: column "fidelity" (column 8) must be from 8 to 40 (points), got 45',
      'agency.csv:2: column "vacancies" (column 3) must be at most seats, 6, got 7',
      `agency.csv:3: column "vacancies" (column 3) is empty; write 0 for none (only ${MAY_BE_EMPTY} may be empty)`,
      'agency.csv:3: column "clients" (column 4) must be a number, got "x"',
      'agency.csv:4: column "team" (column 1) must name another team in every row, got "A" as in line 2',
      'agency.csv:4: column "clients" (column 4) must be a whole number from 0 to 4096 (clients), got 4097',
      'agency.csv:4: column "caseload_cap" (column 5) must be a whole number from 1 to 200 (clients), got 16.5',
      'agency.csv:4: column "managers_left_last_year" (column 7) must be a whole number from 0 to 1000 (case managers), got -1',
      'agency.csv:5: column "team" (column 1) is empty; name the team',
      'agency.csv:5: column "seats" (column 2) must be a whole number from 1 to 256 (case managers), got 0',
      'agency.csv:6: column "clients" (column 4) must be at most 200 per seat, 200, got 201',
    ]);
  });

  it.each([
    ["", ["agency.csv: is empty; expected a header row and data"]],
    [`${HEADER}\n`, ["agency.csv: has a header row but no data below it"]],
    [
      `${HEADER.replace(",clients", ",").replace("team,", "")}\n6,0,80,16,20,2\n7,0,80,16,20,2\n`,
      [
        "agency.csv:1: a column has no name",
        'agency.csv:1: no column "team"; it is needed: caseload scenarios init --template writes a table with all columns',
        'agency.csv:1: no column "clients"; it is needed: caseload scenarios init --template writes a table with all columns',
      ],
    ],
    [
      `${HEADER},seats\nA,6,0,80,16,20,2,6\n`,
      ['agency.csv:1: 2 columns are called "seats" (columns 2, 8); rename all but one'],
    ],
    [`${HEADER}\nA,6,6,80,16,20,2\n`, ["agency.csv: all seats are vacant; at least one team needs a case manager"]],
    [
      `${HEADER}\n${Array.from({ length: 101 }, (_, i) => `T${i},6,0,80,16,20,2\n`).join("")}`,
      ["agency.csv: must have at most 100 teams, got 101"],
    ],
  ])("%j", (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
});
