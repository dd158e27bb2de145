// Does a mixed model's search find the highest maximum of the likelihood? Small studies often have several; a fine grid sees all.
import { describe, expect, it } from "vitest";
import { clustersOf } from "../../models/estimators/cluster/clusters.ts";
import { maximizeLikelihood } from "../../models/estimators/mixed/maximizeLikelihood.ts";
import { managerIntercepts, teamIntercepts } from "../../models/estimators/mixed/randomIntercepts.ts";
import { createLikelihood, type Likelihood } from "../../models/estimators/mixed/restrictedLikelihood.ts";
import { unitProducts } from "../../models/estimators/mixed/unitProducts.ts";
import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";
import { keyOf, uniformAt } from "../../sim/random/address.ts";
import { isSoak, seedFor } from "./expectStatistics.ts";

/** REML and ML likelihoods of one small study: 2 to 16 teams (10 with managers) of 1 to 40 clients, up to 3 covariates. */
function* likelihoods(seed: string, replication: number, isNested: boolean): Generator<Likelihood> {
  const key = keyOf(seed, replication);
  let nDraws = 0;
  const uniform = () => uniformAt(key, 0, 0, nDraws++);
  const below = (n: number) => Math.floor(n * uniform());
  const normal = () => normalQuantile(uniform());
  const [sdTeam, sdManager] = [below(4), below(4)].map((i) => [0, 0.3, 1, 3][i]);
  const largest = uniform() < 0.3 && !isNested ? 40 : 10;
  const team: number[] = [];
  const manager: number[] = [];
  const effects: number[] = [];
  const x: number[] = [];
  const nTeams = 2 + below(isNested ? 9 : 15);
  for (let g = 0, k = 0; g < nTeams; g++) {
    const ofTeam = sdTeam * normal();
    const fidelity = normal();
    for (const end = k + 1 + (isNested ? below(4) : 0); k < end; k++) {
      const effect = ofTeam + (isNested ? sdManager * normal() : 0);
      for (let size = 1 + Math.floor(largest * uniform() * uniform()); size > 0; size--) {
        team.push(g);
        manager.push(k);
        effects.push(effect);
        x.push(fidelity);
      }
    }
  }
  const covariates = [x, x.map(normal), x.map(normal)].slice(0, below(4));
  const columns = [...covariates, effects.map((effect) => effect + normal())].map((column) =>
    Float64Array.from(column),
  );
  const teams = clustersOf(team);
  const intercepts = isNested ? managerIntercepts(teams, clustersOf(manager)) : teamIntercepts(teams);
  if (!intercepts.ok || team.length <= columns.length) return;
  const products = unitProducts(columns, intercepts);
  if (!products.ok) return;
  for (const method of ["REML", "ML"] as const) {
    const likelihood = createLikelihood(products, method);
    if (likelihood.rssWithin > 1e-13) yield likelihood;
  }
}

/** Smallest deviance on a grid over both ratios (the outer one alone without managers), and how many valleys the grid shows. */
function gridMinimum(likelihood: Likelihood, factor: number, nPoints: number) {
  const { nRatios } = likelihood;
  const axis = Array.from({ length: nPoints }, (_, i) => (i === 0 ? 0 : 1e-3 * factor ** (i - 1)));
  const inner = nRatios === 1 ? [0] : axis;
  const point = new Float64Array(nRatios);
  const values = inner.map((i) =>
    axis.map((o) => {
      point[0] = i;
      point[nRatios - 1] = o;
      return likelihood.deviance(point);
    }),
  );
  const isValley = (i: number, j: number) =>
    [i - 1, i, i + 1].every((p) => [j - 1, j, j + 1].every((q) => !(values[p]?.[q] < values[i][j] - 1e-10)));
  let nValleys = 0;
  for (let i = 0; i < inner.length; i++) for (let j = 0; j < axis.length; j++) if (isValley(i, j)) nValleys++;
  return { best: Math.min(...values.map((row) => Math.min(...row))), nValleys };
}

/** Under the usual seed, studies in which a search from the best of a few points ends in a lower maximum. */
const HARD = { teams: [201, 626], managers: [612, 1595, 2103, 3334] };

describe("the likelihood's highest maximum", () => {
  it.each([
    { name: "teams", isNested: false, hard: HARD.teams, nStudies: isSoak ? 20_000 : 700, factor: 1.2, nPoints: 84 },
    {
      name: "managers in teams",
      isNested: true,
      hard: HARD.managers,
      nStudies: isSoak ? 20_000 : 120,
      factor: 1.7,
      nPoints: 26,
    },
  ])("$name, $nStudies studies", ({ name, isNested, hard, nStudies, factor, nPoints }) => {
    const missed: string[] = [];
    let nSeveral = 0;
    for (const replication of new Set([...hard, ...Array(nStudies).keys()]))
      for (const likelihood of likelihoods(seedFor(`maxima ${name}`), replication, isNested)) {
        const ratios = new Float64Array(likelihood.nRatios);
        const found = maximizeLikelihood(likelihood, ratios);
        // No maximum: the variances cannot be told apart, which the fit says.
        if (found === null) continue;
        const { best, nValleys } = gridMinimum(likelihood, factor, nPoints);
        if (nValleys > 1) nSeveral++;
        if (best < found - 1e-7)
          missed.push(`study ${replication}: deviance ${found} at ${ratios}, ${best} on the grid`);
      }
    // With managers 1 in 38,000 is a known limit: more than 8 in a soak would be chance once in 10⁶.
    if (missed.length > (isSoak && isNested ? 8 : 0)) expect.fail(missed.join("\n"));
    expect(nSeveral).toBeGreaterThan(nStudies / 500);
  });
});
