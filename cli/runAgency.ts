import { basename } from "node:path";
import { agencyValues } from "../models/agency/agencyValues.ts";
import { agencyScenario } from "./agencyScenario.ts";
import { agencyCodebook, agencyTemplate } from "./agencyTemplate.ts";
import { loadScenario } from "./loadScenario.ts";
import { Problems } from "./problems.ts";
import { readAgency } from "./readAgency.ts";
import { readTable } from "./readTable.ts";
import { newFileProblems, writeNewFile } from "./writeNewFile.ts";

type WriteOptions = { readonly force: boolean; readonly json: boolean; readonly quiet: boolean };

/** `caseload scenarios init --template AGENCY.csv`: an example of the table, and beside it what its columns mean. */
export function writeAgencyTemplate(file: string, { force, json, quiet }: WriteOptions): void {
  if (!/\.csv$/i.test(file)) throw new Problems([`--template ${file}: a table ends in .csv; write ${file}.csv`]);
  const codebook = file.replace(/\.csv$/i, "-codebook.csv");
  const problems = [file, codebook].flatMap((one) => newFileProblems(one, force));
  if (problems.length > 0) throw new Problems(problems);
  writeNewFile(file, agencyTemplate(), force);
  writeNewFile(codebook, agencyCodebook(), force);
  if (json) process.stdout.write(`${JSON.stringify({ file, codebook }, null, 2)}\n`);
  else if (!quiet)
    process.stderr.write(
      `Wrote ${file} and ${codebook}, which says what to fill in.\n` +
        `Then: caseload scenarios init my-agency.yaml --from ${file}\n`,
    );
}

/** `caseload scenarios init FILE --from AGENCY.csv` */
export async function initFromAgency(file: string, from: string, { force, json, quiet }: WriteOptions): Promise<void> {
  const table = readTable(from);
  const read = table.ok ? readAgency(table, from) : { ok: false as const, problems: [table.problem] };
  const problems = [...newFileProblems(file, force), ...(read.ok ? [] : read.problems)];
  if (problems.length > 0 || !read.ok) throw new Problems(problems);
  const { scenario } = await loadScenario("smcm-program");
  if (scenario.generator !== "service") throw new Error("smcm-program is not a service");
  const { service, study } = scenario;
  const values = agencyValues(read.teams, service, study.audits);
  const stem = basename(file).replace(/\.ya?ml$/i, "");
  writeNewFile(file, agencyScenario(stem, basename(from), values, service), force);
  if (json) process.stdout.write(`${JSON.stringify({ file, values }, null, 2)}\n`);
  else if (!quiet) process.stderr.write(`Wrote ${file}. Run it: caseload simulate ${file}\n`);
}
