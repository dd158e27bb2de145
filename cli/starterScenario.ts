/**
 * The file that `scenarios init` writes: it passes `check` and runs as it is.
 *
 * @param stem the file's name without its ending; what a name may not hold becomes a dash
 */
export function starterScenario(stem: string): string {
  const name =
    stem
      .replace(/[^A-Za-z0-9._-]+/g, "-")
      .replace(/^[^A-Za-z0-9]+/, "")
      .slice(0, 100) || "my-study";
  return `# A power study for an indirect effect: X → M → Y.
# Check it:   caseload scenarios check ${name}.yaml
# Run it:     caseload power ${name}.yaml --out out/${name}
# Smallest N: caseload sample-size ${name}.yaml
# Everything else has a default: caseload scenarios show ${name}.yaml lists them all.

name: ${name}
title: My study
seed: ${name}            # any text; the same seed gives the same numbers on every machine

paths:
  # X → M, M → Y given X, and X → Y given M. A value can be a number or a formula, and can carry its source:
  #   a: { value: "0.65 * 4.5 / 17.8", range: [0, 0.3], source: "Pilot study, 2024" }
  a: 0.26
  b: 0.26
  cPrime: 0
  standardized: true     # false: raw coefficients, with residualSd: { m: 1, y: 1 }
  x: { distribution: normal }      # or { distribution: binary, share: 0.5 } for two arms
  covariates: { n: 0, rSquaredM: 0, rSquaredY: 0 }
  reliability: { x: 1, m: 1, y: 1 }

analysis:
  # Also: aroian, goodman, productDistribution, biasCorrectedBootstrap, bcaBootstrap
  tests: [jointSignificance, sobel, monteCarlo, percentileBootstrap]
  level: 0.95
  bootstrap: { resamples: 1000 }   # 5,000 for a final run

power:
  grid:
    nClients: [100, 150, 200, 250] # or a sweep start:step:stop, "100:50:250"
    # b: [0.2, 0.26]               # any number of paths and analysis can be varied too
  replications: 500                # 1,000 or more for a final run
  target: 0.8
`;
}
