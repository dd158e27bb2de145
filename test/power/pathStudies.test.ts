// Do the regressions of a panel, and the complete cases of a study, get the rows that they should?
import { describe, expect, it } from "vitest";
import { createStudyAnalyzer, emptyRows } from "../../models/applyTests.ts";
import { decisionNamesOf } from "../../models/decisionNames.ts";
import { clustersOf } from "../../models/estimators/cluster/clusters.ts";
import { crossLagged } from "../../models/estimators/crossLagged.ts";
import { FAILED, UNDEFINED } from "../../models/estimators/decisions.ts";
import { fitPaths } from "../../models/estimators/fitPaths.ts";
import { jointSignificance } from "../../models/estimators/jointSignificance.ts";
import { crossSection, equalLags, firstLags, fitPathStudies } from "../../models/estimators/pathStudies.ts";
import { imputePaths } from "../../models/imputation/imputePaths.ts";
import { createStudyObserver } from "../../models/paths/observeStudy.ts";
import { populationOf } from "../../models/paths/population.ts";
import type { AnalysisPlan } from "../../models/scenario/types.ts";
import { keyOf } from "../../sim/random/address.ts";
import { type PathChanges, pathsWith, PLAN_DEFAULTS } from "../scenarioFixture.ts";

const N = 90;
const TEAMS = { count: 9, iccM: 0.1, iccY: 0.1, xBetween: 1 };
const studyOf = (changes: PathChanges, r = 0) => {
  const paths = pathsWith(changes);
  return createStudyObserver(populationOf(paths), paths, N)(keyOf("path studies", r));
};

describe("one occasion", () => {
  it("keeps the complete cases with their teams and case managers", () => {
    const missing = { mechanism: "mnar", m: 0.2, y: 0.2 } as const;
    const { columns, groups } = studyOf({ teams: { ...TEAMS, managers: 2 }, missing });
    if (groups?.managers == null) throw new Error("there are teams and case managers");
    const { managers, teams } = groups;
    const kept = Array.from({ length: N }, (_, i) => i).filter((i) =>
      columns.every((column) => !Number.isNaN(column[i])),
    );
    const study = crossSection(columns, groups);
    expect(kept.length).toBeLessThan(N);
    expect(study.nClients).toBe(kept.length);
    expect([...study.ofA.m]).toEqual(kept.map((i) => columns[1][i]));
    expect(study.groups?.teams).toEqual(clustersOf(kept.map((i) => teams.index[i])));
    expect([...(study.groups?.managers ?? [])]).toEqual(kept.map((i) => managers[i]));
    expect(study.ofB).toBe(study.ofA);
  });
});

describe("a panel", () => {
  const waves = { count: 3, stability: { x: 0.6, m: 0.4, y: 0.3 }, yOnM: 0.2 };

  it.each([2, 3, 4])("of %i waves has the first lagged effect of the cross-lagged panel model", (count) => {
    const { columns } = studyOf({ waves: { ...waves, count } });
    const panel = Array.from({ length: count }, (_, t) => columns.slice(3 * t, 3 * t + 3));
    const result = crossLagged({ n: N, waves: panel, covariates: [] }, { x: 0, m: 1, y: 2 }, 0.95);
    if (!result.ok || !result.indirect[0].ok) throw new Error("the panel cannot be fitted");
    const fit = fitPathStudies("ols", firstLags(count)(columns, null));
    for (const [name, value] of Object.entries(result.indirect[0].paths))
      expect(fit?.[name as keyof typeof fit]).toBeCloseTo(value, 10);
  });

  it("with equal lags has a row for every client and interval that is complete, and the teams of each", () => {
    const { columns, groups } = studyOf({
      teams: { ...TEAMS, xBetween: 0.5 },
      waves,
      missing: { dropout: 0.2, m: 0.1 },
    });
    const study = equalLags(3)(columns, groups);
    const rows = [0, 1].flatMap((t) =>
      Array.from({ length: N }, (_, i) => ({ t, i })).filter(({ i }) =>
        [0, 1, 2, 4, 5].every((v) => !Number.isNaN(columns[3 * t + v][i])),
      ),
    );
    expect([...study.ofA.x]).toEqual(rows.map(({ t, i }) => columns[3 * t][i]));
    expect([...study.ofA.m]).toEqual(rows.map(({ t, i }) => columns[3 * t + 4][i]));
    expect([...study.ofB.y]).toEqual(rows.map(({ t, i }) => columns[3 * t + 5][i]));
    expect([...study.ofB.covariates[1]]).toEqual(rows.map(({ t }) => t));
    expect(study.groups?.teams).toEqual(clustersOf(rows.map(({ i }) => groups?.teams.index[i] ?? -1)));
    expect(study.nClients).toBe(new Set(rows.map(({ i }) => i)).size);
  });

  it("takes clients who are complete in what its equations use, and no others", () => {
    const { columns } = studyOf({ waves, missing: { x: 0.1, y: 0.1 } });
    const used = [0, 1, 2, 3, 4, 5, 8].map((column) => columns[column]);
    const kept = Array.from({ length: N }, (_, i) => i).filter((i) => used.every((column) => !Number.isNaN(column[i])));
    expect(firstLags(3)(columns, null).nClients).toBe(kept.length);
  });
});

describe("estimators that impute", () => {
  const PLAN: AnalysisPlan = {
    tests: ["jointSignificance"],
    estimators: ["ols", "imputed", "imputedCr2"],
    level: 0.95,
    bootstrap: { resamples: 99, curtail: true },
    ...PLAN_DEFAULTS,
    imputation: { count: 4, iterations: 3, method: "normal" },
  };
  const names = decisionNamesOf(PLAN);

  const decisionsOf = (changes: PathChanges, r: number) => {
    const rows = emptyRows({ conditionIndex: 0, firstReplication: r, count: 1 }, PLAN);
    const study = studyOf(changes, r);
    createStudyAnalyzer(PLAN, 0.09)(study, keyOf("path studies", r), rows, 0);
    return { study, rows, said: Object.fromEntries(names.map((name, d) => [name, rows.decisions[d][0]])) };
  };

  it("decide by the pooled paths, and ordinary regression by the complete cases", () => {
    const seen = new Set<number>();
    for (let r = 0; r < 12; r++) {
      const { study, rows, said } = decisionsOf({ missing: { m: 0.2, y: 0.3 } }, r);
      const [x, m, y] = study.columns.map((column) => column.slice());
      const data = { n: N, x, m, y, covariates: [] };
      const pooled = imputePaths({ data }, null, { imputations: 4, iterations: 3 }, keyOf("path studies", r), [
        fitPaths,
      ]);
      const kept = Array.from({ length: N }, (_, i) => i).filter((i) => !Number.isNaN(m[i] + y[i]));
      const [ofX, ofM, ofY] = [x, m, y].map((column) => Float64Array.from(kept, (i) => column[i]));
      const complete = fitPaths({ n: kept.length, x: ofX, m: ofM, y: ofY, covariates: [] });
      if (!pooled.ok || !pooled.results[0].ok || complete === null) throw new Error("the study cannot be fitted");
      expect(said["jointSignificance:imputed"]).toBe(
        Number(jointSignificance(pooled.results[0].paths, 0.95).significant),
      );
      expect(said.jointSignificance).toBe(Number(jointSignificance(complete, 0.95).significant));
      expect(rows.a[0]).toBe(complete.a);
      expect(said["jointSignificance:imputedCr2"]).toBe(UNDEFINED);
      seen.add(10 * said["jointSignificance:imputed"] + said.jointSignificance);
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it("are the complete-case estimators where nothing is missing", () => {
    for (let r = 0; r < 6; r++) {
      const { said } = decisionsOf({ teams: TEAMS }, r);
      expect(said["jointSignificance:imputed"]).toBe(said.jointSignificance);
    }
  });

  it("say nothing, and the study fails, where complete cases cannot be fitted", () => {
    const { said } = decisionsOf({ missing: { m: 0.9, y: 0.9, x: 0.9 } }, 1);
    for (const name of names) expect(said[name]).toBe(FAILED);
  });
});
