/** The works that parameters and patterns name as their sources: how they are cited there, and where they are found. */
export const REFERENCES: readonly (readonly [cited: string, work: string])[] = [
  ["Aarons 2009", "Fidelity monitoring and staff retention in 21 teams. PubMed 19309186."],
  ["Bond 2014", "Long-term sustainability of evidence-based practices in community mental health agencies."],
  ["Browne 2019", "Therapists' and clients' parts of the alliance in early psychosis, 144 clients. PMC6625906."],
  ["Burke & Heaney", "Turnover of 370 case managers in Ohio, 53 teams. APHA annual meeting, paper 30314."],
  ["Fukui 2020", "Clinician turnover and outcomes of 328 clients. doi:10.1176/appi.ps.201900169."],
  ["Garner 2012", "Competence, turnover and replacement of 121 staff. PMC3268826."],
  ["Igra 2020", "Meta-analysis of clients' against therapists' ratings of the alliance. PMC7372164."],
  ["Klinkenberg 1998", "Course and predictors of the alliance in assertive treatment. PubMed 9833198."],
  [
    "Jacobson & Truax 1991",
    "Clinical significance: a statistical approach to defining meaningful change in psychotherapy research. Journal of Consulting and Clinical Psychology, 59(1), 12–19. doi:10.1037/0022-006X.59.1.12.",
  ],
  [
    "Kondrat & Early 2010",
    "An exploration of the working alliance in mental health case management. Social Work Research. 160 clients.",
  ],
  ["Latimer 2020", "Fidelity and outcomes in the cohort of Roebuck 2021: mixed models, no significant relation."],
  ["National Wraparound Initiative", "Turnover in wraparound programs. nwi.pdx.edu."],
  [
    "Neale 1995",
    "Therapeutic alliance in case manager–client relationships. Dissertation, Yale University. 201 clients.",
  ],
  ["O'Brien 2009", "Disengagement from mental health services. doi:10.1007/s00127-008-0476-0."],
  [
    "Redko 2007",
    "Redko, C., Rapp, R. C., Elms, C., Snyder, M., & Carlson, R. G. Understanding the working alliance between persons with substance abuse problems and strengths-based case managers. Journal of Psychoactive Drugs, 39(3).",
  ],
  [
    "Roebuck 2021",
    "Roebuck, M., Aubry, T., Latimer, E., et al. Psychiatric Services, 73(11), 1248–1254 (2022, online 2021), doi:10.1176/appi.ps.202100387. The cohort study of 14 teams, 311 clients.",
  ],
  [
    "Roebuck, Aubry & Manoni-Millar 2021",
    "A qualitative study of the working alliance in the strengths model of case management with people with severe mental illness. 20 clients.",
  ],
  ["Rollins 2010", "Turnover and fidelity in evidence-based practice teams. doi:10.1007/s10488-009-0257-4."],
  ["Sharf 2010", "Meta-analysis of dropout and the therapeutic alliance."],
  ["Smith 2014", "Disengagement from mental health treatment. PMC4610129."],
  [
    "UK700",
    "Intensive against standard case management, 545 patients. British Journal of Psychiatry, 177(5), 427 (2000).",
  ],
  ["Woltmann 2008", "Staff turnover in evidence-based practice teams. doi:10.1176/ps.2008.59.7.732."],
];
