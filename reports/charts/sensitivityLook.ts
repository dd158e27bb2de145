import type { Sensitivity } from "../../models/sensitivity/sensitivityTypes.ts";
import { formatCount } from "../format.ts";
import { wrapText } from "./theme.ts";

/** Where a sensitivity chart's numbers come from, as the last lines of its subtitle. */
export function sensitivityProvenance({ plan, version }: Sensitivity, width: number): string[] {
  return wrapText(
    `Scenario ${plan.base.name} · ${formatCount(plan.replications)} replications · seed “${plan.seed}” · caseload ${version}`,
    width,
    11,
  );
}

/** The title of an axis, with the unit where there is one. */
export function unitTitle(title: string, unit: string): string {
  return unit === "1" ? title : `${title} (${unit})`;
}
