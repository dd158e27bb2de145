/** What one array of the world holds: its meaning, its unit, and whether it ever changes. */
type StateVariable = readonly [name: string, unit: string, meaning: string];

/** Every array of the world, by entity, in the order of the program. A test compares the names with the arrays there are. */
export type StateVariables = {
  readonly fixed: readonly StateVariable[];
  readonly changing: readonly StateVariable[];
  /** Arrays for the program's own use: what they hold follows from the others. */
  readonly working: readonly string[];
};

export const TEAM_STATE: StateVariables = {
  fixed: [
    ["identity", "", "number of the team; addresses its draws"],
    ["allianceEffect", "RPRS points", "effect of agency and team on alliance"],
    ["outcomeEffect", "points", "effect of the agency on each outcome"],
    ["startLevel", "1 to 5", "each fidelity domain on day 0"],
    ["asymptote", "1 to 5", "each fidelity domain under full support, in the end"],
    ["riseDays", "days", "time constant of the rise of fidelity"],
    ["turnoverFactor", "1", "factor on the hazard that staff leave"],
  ],
  changing: [
    ["domain", "1 to 5", "the fidelity domains"],
    ["fidelity", "8 to 40", "their sum"],
    ["abandoned", "0/1", "has abandoned the model"],
    ["nPresent", "case managers", "seats that are filled"],
    ["nWaiting", "clients", "length of the waiting list"],
    ["nPooled", "clients", "clients on hold whom no one case manager is to take over"],
    ["leavers", "case managers", "who left in the present step"],
    ["coverContactShare", "share", "of planned contacts that team-mates can give clients on hold"],
    [
      "total",
      "counts, hours of contact as contacts, days",
      "since day 0: referred, admitted, left, graduated, neverEngaged, gaveUp, managersLeft, managersHired, managerChanges, hospitalAdmissions, crises, goalsAttained, contactsPlanned, contactsHeld, hospitalDays",
    ],
  ],
  working: ["oldest", "newest"],
};

export const MANAGER_STATE: StateVariables = {
  fixed: [
    ["identity", "", "team, seat and generation; addresses the person's draws"],
    ["generation", "", "how many have held the seat before"],
    ["hiredDay", "days", "when the person took the seat"],
    ["skill", "RPRS points", "effect on alliance: listening, not judging"],
    ["responsiveness", "SD", "leaves choice to the client, uses time flexibly"],
    ["stigmaSlope", "RPRS points per SD", "deviation from the mean effect of stigma on alliance"],
    ["fidelityDeviation", "points", "deviation from the team's fidelity"],
    ["fte", "FTE", "working time"],
    ["cap", "clients", "most clients the person is given"],
    ["age", "years", "age when the seat is taken; no process depends on it"],
    ["experienceYears", "years", "experience then; no process depends on it"],
  ],
  changing: [
    ["present", "0/1", "the seat is filled"],
    ["vacantUntil", "days", "when a vacant seat is filled"],
    ["caseload", "clients", "clients with the person, those on hold for the successor included"],
    ["competence", "0 to 1", "grows towards 1 after hiring"],
    ["overloadMemory", "share", "remembered hours asked for above those available, in shares of the latter"],
    ["capacityHours", "hours", "available for direct work in the present step"],
    ["demandHours", "hours", "asked for in the present step"],
    ["contactShare", "share", "of planned contacts that can happen in the present step"],
    ["fidelity", "8 to 40", "the person's own fidelity"],
    ["alliancePart", "RPRS points", "the person's part of the set-point of alliance"],
  ],
  working: [],
};

export const CLIENT_STATE: StateVariables = {
  fixed: [
    ["identity", "", "team, period of referral and place in it; addresses the client's draws"],
    ["team", "", "the team; clients stay in it"],
    ["referralDay", "days", "day of referral; below 0 for clients in service on day 0"],
    ["age", "years", "age at entry"],
    ["woman", "0/1", "gender"],
    ["basicEducation", "0/1", "high school or less"],
    ["employed", "0/1", "employed at entry"],
    ["housedAtEntry", "0/1", "stably housed at entry"],
    ["adverseExperiences", "0 to 10", "adverse childhood experiences"],
    ["longHospitalisation", "0/1", "6 months or more in hospital in 5 years"],
    ["diagnosis", "0 to 3", "schizophrenia, bipolar, borderline, other; no process depends on it"],
    ["substanceUse", "0/1", "substance use"],
    ["neverEngages", "0/1", "will attend nothing"],
    ["need", "1", "need for contact, mean 1"],
    ["stigma", "SD", "felt stigma"],
    ["alliancePart", "RPRS points", "own part of the set-point of alliance: site, trait, mean effect of stigma"],
    ["setPoint", "points", "personal set-point of each outcome: site, covariates, own deviation"],
    ["entryAlliance", "RPRS points", "alliance at entry, and what it fades to without contact"],
  ],
  changing: [
    ["status", "", "see the list of states below"],
    ["manager", "", "seat of the case manager; none while waiting, pooled or gone"],
    ["admissionDay", "days", "day of admission"],
    ["admissionStep", "steps", "step of admission, from which time in service counts"],
    ["exitDay", "days", "day on which the client left the service or the waiting list"],
    ["dyads", "", "case managers so far"],
    ["dyadFit", "RPRS points", "fit with the present case manager"],
    ["managerChangeDay", "days", "last change of case manager"],
    ["alliance", "0 to 100", "true working alliance"],
    ["selfWorth", "RPRS points", "self-worth, 0 at mean alliance"],
    ["outcome", "points", "true QOLI-20, PGI, THS and MCAS"],
    ["goalSteps", "steps", "towards the present goal"],
    ["goalsAttained", "goals", "so far"],
    ["goalLift", "goals", "attained goals, fading"],
    ["setback", "setbacks", "setbacks, fading"],
    ["housed", "0/1", "stably housed now"],
    ["inHospital", "0/1", "in hospital now"],
    ["inCrisis", "0/1", "had a crisis in the present step"],
    ["hospitalDays", "days", "in hospital since admission to the service"],
    ["dose", "0 to 1", "contacts held over contacts planned in the present step"],
    ["contacts", "contacts", "held so far"],
  ],
  working: [],
};

/** The states of a client, by the program's names; a client is in exactly one. */
export const STATUS_MEANINGS: Readonly<Record<string, string>> = {
  expected: "not referred yet",
  waiting: "on the waiting list",
  active: "on the caseload of a case manager who is present",
  onHold: "in service while the seat is vacant or nobody has room; team-mates cover",
  notEngaging: "has a place, attends nothing, until the trial ends",
  left: "left the service",
  graduated: "graduated",
  neverEngaged: "the place was given to another after the trial",
  gaveUp: "left the waiting list",
};
