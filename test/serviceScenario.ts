/**
 * A study of a small service, quick to simulate: 4 teams of 3, 70 weeks, interviews at 0, 2 and 4 months, two models on
 * the same studies, with and without an effect of fidelity on alliance.
 */
export const SMALL_SERVICE = `name: small-service
service:
  time: { weeks: 70 }
  teams: { count: 4, seats: 3, perAgency: [2, 2] }
  staffing: { caseloadCap: 8 }
  referrals: { perWeek: 1, initialCaseload: 0.2 }
study:
  enrolment: { window: 30 }
  sampling: { from: everyone, scheme: random }
  audits: { months: [0, 3, 6, 9, 12] }
  interviews: { months: [0, 2, 4] }
  instruments:
    rprs: { months: [2] }
    qoli: { months: [0, 4] }
    pgi: { months: [0, 4] }
    ths: { months: [0, 4] }
    mcas: { months: [0, 4] }
  managerRating: { months: [2] }
analysis:
  x: fid2
  m: rprs2
  covariates: [age, site]
  models:
    - { label: quality of life, y: qoli4, covariates: [qoli0] }
    - { label: functioning, y: mcas4, covariates: [mcas0] }
  tests: [jointSignificance, sobel, percentileBootstrap]
  bootstrap: { resamples: 100 }
power:
  conditions:
    - { effects.fidelityOnAlliance: 0.5 }
    - { label: no effect, effects.fidelityOnAlliance: 0 }
  grid: { nClients: [40, 60] }
  replications: 12
`;
