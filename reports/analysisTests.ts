import type { AnalysisTestName, IndirectTests } from "../models/estimators/analysis/types.ts";
import type { Interval } from "../models/estimators/types.ts";
import { intervalCells, mcseCells, pValue, table, value } from "./analysisCells.ts";
import { TEST_STYLES } from "./testNames.ts";

/** Every test of ab in the order in which it was asked for. */
export function testsTable(tests: IndirectTests): string {
  const names = Object.keys(tests) as AnalysisTestName[];
  const rows = names.map((name) => {
    const test = tests[name] as Readonly<Record<string, unknown>>;
    const number = (field: string) => (typeof test[field] === "number" ? (test[field] as number) : null);
    const p = number("p");
    return [
      name === "clusterBootstrap" ? "Cluster bootstrap" : TEST_STYLES[name].name,
      value(number("se")),
      value(number("z")),
      p === null ? "" : pValue(p),
      ...intervalCells((test.ci as Interval | null | undefined) ?? null),
      ...mcseCells((test.mcse as Interval | null | undefined) ?? null),
      test.significant ? "yes" : "no",
    ];
  });
  return table(["", "se", "z", "p", "LLCI", "ULCI", "MCSE(LL)", "MCSE(UL)", "ab ≠ 0"], rows, 1);
}
