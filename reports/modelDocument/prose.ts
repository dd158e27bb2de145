import { MODEL_LIMITS } from "../modelLimits.ts";
import { wrapLines } from "../textTable.ts";

/** All prose of docs/model.md that no registry holds, in Markdown, by section of the ODD protocol. */
export const PROSE = {
  intro: `# The service model

This page describes the agent model of case management services, and of the studies that observe them. It follows the
ODD protocol (Grimm et al. 2020, [doi:10.18564/jasss.4259](https://doi.org/10.18564/jasss.4259)). Appendix A maps it to
the STRESS-ABS checklist (Monks et al. 2019, [doi:10.1080/17477778.2018.1442155](https://doi.org/10.1080/17477778.2018.1442155)).

The page is generated from the program by \`npm run docs\`, and a test compares the two. The order of processes, their
equations, random decisions, state variables and parameters shown here are those that the program runs with.`,

  purpose: `The model serves two questions. What would a study of case management for people with severe mental illness see, given
its size, timing, instruments and missing data? What would a change of staffing, training or caseload do to clients?

It plays out one causal chain. Team fidelity acts on the working alliance between client and case manager. Alliance acts on
outcomes, and outcomes act back on alliance. Caseload acts through time per client, and through the fidelity domain
"caseload size". Studies see all of it at a few interviews, with error.

The model is meant for people who plan studies and services. It is not meant to rank agencies, to forecast one client, or to
show that fidelity causes alliance (section 7.4 says what else it cannot say).`,

  patterns: `A pattern is a published finding that a run must be able to show before its other results are worth reading.

The patterns are data of the program (\`models/calibration/\`). Replicate studies are simulated, and each statistic is computed as the
published study computed it. Weight A asks for a match, B for a value within the band, C for the sign or the shape.
*Roebuck 2021* is the cohort study of 14 teams and 311 clients.`,

  fitted: "Patterns that parameters may be fitted to:",
  heldOut: `Patterns held out: no parameter is ever fitted to them, they only check. Besides these, mean alliance should stay nearly level
while fidelity rises, because case managers change, and turnover should erode fidelity.`,

  entities: `There are four kinds of entities: agencies, their teams, the case managers of a team (a person is known by seat
and generation), and clients. Clients belong to one team for good, and to one case manager at a time. Agencies have no state of
their own: they are fixed effects on the alliance and the outcomes of their teams.`,

  scales: `**Time.** The step is one week by default and can be as short as one eighth of a day. Time is in days; rates and time
constants have the units given with them. A year has 365.25 days, a month a twelfth of that. Results converge as the step
shrinks: halving it moves mean results by less than 2 % (tested).

**Space.** There is none. Travel is an amount of time per contact.

**Extent.** A program of agencies with their teams, over some years:`,

  scheduling: `Time advances in equal steps. Each step runs the processes below in this order, each for all entities before the next
begins. State is updated at once: a process sees what earlier processes of the same step have done. So alliance (5) moves by
the outcomes of the step before, and outcomes (7) by the alliance of the same step.

Within a process, teams come in the order of their number, case managers in the order of their seat, clients in the order of
identity. Order matters only where entities compete: for places on a caseload, and for the hours of a case manager. Everywhere
else any order gives the same bits (tested), because draws are addressed by who and when, never by whose turn it is.`,

  concepts: [
    [
      "Basic principles",
      `The working alliance is taken as a personal set-point that contact moves a client towards. The set-point is the sum of what
client, case manager, pair and team contribute. Each outcome has a set-point of its own too, and its own rate of approach.
Relaxation to a set-point with random movement is the simplest dynamic with means, spreads, correlations over time and effects
that can each be set. Alliance and outcomes cause each other; each direction can be switched off.`,
    ],
    [
      "Emergence",
      `Waiting lists, caseloads, the share of planned contacts that happen, continuity of case managers, the erosion of fidelity
by turnover, the spread of alliance between case managers, and all associations between fidelity, alliance and outcomes
emerge. Imposed are the set-points, rates, hazards and effects of the parameter tables.`,
    ],
    [
      "Adaptation",
      `Agents follow fixed rules. Admission goes to the least loaded case manager. Overloaded case managers offer fewer contacts
and leave sooner. Clients attend more and leave less when alliance is higher. No agent chooses between alternatives by
expected gain.`,
    ],
    ["Objectives", "No agent pursues a measured objective. Goal steps of clients are events, not optimisation."],
    [
      "Learning",
      `Case managers grow competent with time in the seat. Teams gain fidelity while training and supervision last. Both are
relaxations to a level, not changes of decision rules.`,
    ],
    ["Prediction", "No agent predicts."],
    [
      "Sensing",
      `Teams know the caseload and the working time of their members. Where the neediest are admitted first, teams know the need of those who
wait. When case managers choose clients for a study, they know true alliance. Clients sense nothing but the
contacts they are offered.`,
    ],
    [
      "Interaction",
      `Clients interact with their case manager through contacts. Clients of one case manager share hours: one more client, or a
crisis, leaves less for the others. Team-mates cover for a vacant seat. Clients of a team compete for places. Teams do
not interact: more teams change no bit of those that are there (tested).`,
    ],
    [
      "Stochasticity",
      `Every random decision is listed in sections 5 and 7 with its distribution and address. A draw is a pure function of
(seed, replication), the stream of the decision, who it is about, and when. It is made by the counter-based generator
Threefry-2x32 with 20 rounds, as a uniform number that is turned into the distribution by inversion. So scenarios with the
same seed share their luck: two parameter sets meet the same people with the same events as far as probabilities agree, and
differences between scenarios have little noise.`,
    ],
    [
      "Collectives",
      `Teams are collectives: their fidelity is a state of the team, and it is changed by how many of the staff have been
replaced and by how many clients they carry. Agencies are collectives by shared effects only.`,
    ],
    [
      "Observation",
      `Weekly series per team and the final state of every client are kept. A study sees less: audits, interviews and records
(section 7.2). An observer changes nothing in the world (tested bit for bit, another interview wave included).`,
    ],
  ] as readonly (readonly [concept: string, text: string])[],

  initialization: `Day 0 is the same in all scenarios up to their parameters. All seats are filled, with full competence. Places are taken
by clients already in service up to \`referrals.initialCaseload\`, in order of identity; whoever finds no place waits. Everyone
who will ever be referred is drawn before day 0, so that no referral depends on what happens in the service.
Referrals and a study's own enrolment arrive later.

- *Fidelity.* A team's start level is \`start + spread·startSd·z\`, its asymptote \`asymptote + spread·asymptoteSd·z\`, each spread
  evenly over the domains that are not computed, plus a deviation of \`domainSd\` for each domain; scores are kept in 1 to 5.
  The domain "caseload size" is computed from caseloads.
- *Personal set-points.* \`entry\` + agency effect + \`setPointSd·(√r·z_shared + √(1 − r)·z)\` + covariates, less their means;
  r is \`clients.outcomeCorrelation\`.
- *Clients yet to come* begin with alliance \`entryDeficit\` below their own part of the set-point, with outcomes at their
  set-points plus a deviation of \`entrySd\` and less the part \`1 − clients.agencyAtEntry\` of the agency's effect, which comes with
  time in service, with self-worth 0, and without goals, lifts or setbacks.
- *Clients already in service* begin with alliance at its set-point without feedback, self-worth at the same level, and outcomes
  as far on the way from entry as their time in service leads; the baseline deviation fades at the rate of the outcome.

Draws before day 0:`,

  inputData: `None. The model reads no time series or other data from outside while it runs: everything is in the parameters.`,

  submodels: `The processes of a step come first, then the observation of a study, then all parameters. Names like
\`staffing.turnover.perYear\` are places in the parameter tables.`,

  observation: `The observation runs beside the world and only reads it. Planned times address its draws, so that another audit or
interview changes no other value.`,

  reciprocity: `Alliance moves outcomes (B) and outcomes move alliance (g). \`effects.allianceOnOutcomes: 0\` cuts the first,
\`alliance.feedback: 0\` the second. The loop gain is L = Σ g·B/sd over the outcomes, factors included. A lasting lift of the
alliance set-point by 1 raises alliance by 1/(1 − L) in the end (tested in closed form). A scenario with L of 1 or more is
refused.

Cut means cut: with B at 0 a change of alliance changes no bit of any outcome, and with g at 0 a change of outcomes changes no bit of
alliance, once the side ways below are closed too (tested). A regression of one on the other may still find something, because
they have common causes and a memory. Each of these is shown by a test:

- *Trait behind state.* With g at 0, the outcome at 9 months still predicts alliance at 13.5 months given alliance at 9 months. The
  outcome has averaged past alliance and so knows the set-point better than one fluctuating value does. Given the
  set-point too, the association is gone.
- *The same the other way round.* With B at 0 and feedback on, alliance at 4.5 months predicts the outcome at 9 months given the
  outcome at 0, because alliance carries the outcomes since then. Given the outcome at 4.5 months and the personal
  set-point, the association is gone.
- *Goals.* An attained goal lifts alliance, self-worth and outcomes, and alliance and hope speed up goals. With B and g at 0
  the two are still related, and alliance still causes outcomes by way of goals. \`goals.on\` closes this way.
- *Setbacks and hospital.* A stay in hospital lowers outcomes, and contacts too, so that alliance fades. Crises take hours from all
  clients of a case manager. \`setbacks.on\` and \`events.hospital.on\` close this way.
- *Selection.* Who leaves depends on alliance, who graduates on functioning. The two act independently, so among those who stay
  they add no association, but they narrow both spreads.
- *Shared method.* Self-rated scales share a style of rating, which correlates measured scores whatever the truth.`,

  references: `Works that parameters and patterns name. From most of them, the cohort study apart, a value or a direction was taken
from the abstract or an excerpt. "Direction" and "sign" mean that only these are supported, not the size.`,

  kpis: `What is made of one simulated service, in the order of tables. Runs report means over services with their intervals. Scores are
true ones: measurement error is the study's. A scenario may add figures of its own under \`kpis:\`, each a formula over these.

A client has reliably improved when the true change is above 1.96·√2·SD·√(1 − ρ), where SD is the standard deviation of measured scores
(true SD/√ρ) and ρ the reliability of the instrument (\`study.instruments\`): the criterion of Jacobson & Truax 1991. Their index is
about measured change. Here it is only the yardstick: with measured scores some would seem to improve by error alone (2.5 % of those
who do not change), and others who improved would be missed.`,

  costs: `A scenario with a section \`costs:\` has costs, whatever the section holds: what it leaves out has the default below. A cost is a
quantity that the service counts times its price, over all weeks simulated, not discounted:

- salaries: full-time equivalents present × years × salary, and team leaders; overhead: a share of salaries
- vacancies and replacement: vacant weeks × price, and case managers who left × share of the yearly salary
- supervision: hours while the team is trained × price of an hour
- training: case managers who began × training, and years of teams in training × training and mentoring
- audits: years of teams under monitoring × audits in a year × price of an audit (a study's own audits are not the program's)
- travel: contacts held × price

The headings add up to the total. Case managers and teams are counted at the ends of weeks; a team that abandoned the model is neither
trained nor monitored. Days in hospital are priced apart, as the program does not pay them. Cost per reliable improvement sets the
cost of the first 18 months of the clients who are followed up against those of them who improved; it is not the cost of what the
program brings about, since some improve without it.`,

  limits: MODEL_LIMITS.map((limit) => wrapLines(`- ${limit}`, 126).replaceAll("\n", "\n  ")).join("\n"),
};
