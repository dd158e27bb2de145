import type { PowerRun } from "../../models/powerTypes.ts";
import { formatCount } from "../format.ts";
import { wrapText } from "./theme.ts";

/** Where a chart's numbers come from, as the last lines of its subtitle: scenario, replications, seed, version. */
export function provenance(run: Pick<PowerRun, "result">, width: number): string[] {
  const { scenario, seed, replications, version } = run.result;
  return wrapText(
    `Scenario ${scenario} · ${formatCount(replications)} replications per condition · seed “${seed}” · caseload ${version}`,
    width,
    11,
  );
}
