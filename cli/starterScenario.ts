/**
 * The file that `scenarios init` writes: it passes `check` and runs as it is.
 *
 * @param stem the file's name without its ending; what a name may not hold becomes a dash
 */
export function starterScenario(stem: string): string {
  const name = nameFrom(stem);
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
  # Clients in teams (X belongs to the team with xBetween: 1), waves, and values that the study will lack:
  # teams: { count: 14, iccM: 0.05, iccY: 0.05, xBetween: 1 }        # then also: analysis.estimators
  # waves: { count: 3, stability: { x: 0.6, m: 0.5, y: 0.5 } }       # a, b and cPrime act from one wave to the next
  # missing: { mechanism: mar, on: x, slope: 1, m: 0.1, y: 0.15 }    # mcar, mar or mnar; dropout with waves

analysis:
  # estimators: [cr2, mixed]       # beside ordinary regression; also hc3, cr1s, withinBetween, imputed, imputedCr2 …
  # Also: aroian, goodman, productDistribution, biasCorrectedBootstrap, bcaBootstrap, clusterBootstrap (with teams)
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

/** The file that `scenarios init --service` writes: a program of one's own, as far as it differs from the bundled one. */
export function starterService(stem: string): string {
  const name = nameFrom(stem);
  return `# A case management service, played out agent by agent, and a study of it.
# Check it:    caseload scenarios check ${name}.yaml
# Play it out: caseload simulate ${name}.yaml --out out/${name}
# Power:       caseload power ${name}.yaml --out out/${name}-power
# All that is not said here is as in smcm-program: caseload scenarios show ${name}.yaml lists every value with its source.

name: ${name}
title: My program
extends: smcm-program
seed: ${name}            # any text; the same seed gives the same numbers on every machine

service:
  # Times and rates take units (8 weeks, 2 months, 0.3 per year). A value can carry its source:
  #   vacancy: { value: 10 weeks, source: "our own files, 2025" }
  teams:
    count: 3
    perAgency: [3]       # all in one agency; [2, 1] is two agencies
    seats: 6             # case managers in a team
  referrals:
    perWeek: 0.5         # to each team
  staffing:
    caseloadCap: 16
    turnover: { perYear: 0.30 per year }
    vacancy: 8 weeks
    handOver: hold       # a leaver's clients wait for the successor; or redistribute, or pool
  fidelity:
    start: 24.5          # 8 to 40; 32 is high fidelity
    training: { months: 36, supervisionHours: 1.5 }
    monitoring: { months: 36 }

study:
  clientsPerTeam: 20     # sampled at random from those admitted while the study enrols

power:
  grid:
    teams.count: [3, 6]  # any number of service, study and analysis can be varied
  replications: 100      # 1,000 for a final run
`;
}

/** What a name may not hold becomes a dash. */
function nameFrom(stem: string): string {
  return (
    stem
      .replace(/[^A-Za-z0-9._-]+/g, "-")
      .replace(/^[^A-Za-z0-9]+/, "")
      .slice(0, 100) || "my-study"
  );
}
