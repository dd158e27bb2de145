import type { Key } from "../../sim/random/address.ts";
import type { Groups } from "../estimators/types.ts";
import type { PathParameters } from "../scenario/types.ts";
import { createPanelGenerator } from "./generatePanel.ts";
import { createStudyGenerator } from "./generateStudy.ts";
import { marginalsOf } from "./marginals.ts";
import { createBlanker, hasMissing } from "./missingValues.ts";
import type { Population } from "./population.ts";

/**
 * What a study of n clients observes of the path model: columns X, M, Y and the covariates, or wave by wave X₁, M₁, Y₁, X₂ …;
 * NaN where a value is missing; and who belongs together.
 *
 * @param population that of `paths` (`populationOf`)
 * @returns a function of the replication's key; its columns are overwritten by the next call
 */
export function createStudyObserver(
  population: Population,
  { residualSkew, missing, waves }: Pick<PathParameters, "residualSkew" | "missing" | "waves">,
  n: number,
): (key: Key) => { readonly columns: readonly Float64Array[]; readonly groups: Groups | null } {
  const blank = hasMissing(missing)
    ? createBlanker(missing, marginalsOf(population), n, waves.stability.x === 1)
    : null;
  const { panel } = population;
  if (panel !== null) {
    const generate = createPanelGenerator({ ...population, panel }, residualSkew, n);
    return (key) => {
      const study = generate(key);
      blank?.(study.waves, key);
      return { columns: study.waves.flat(), groups: study.groups };
    };
  }
  const generate = createStudyGenerator(population, residualSkew, n);
  return (key) => {
    const { x, m, y, covariates, groups } = generate(key);
    blank?.([[x, m, y]], key);
    return { columns: [x, m, y, ...covariates], groups };
  };
}
