/** What acts on what, drawn in characters. */
export const DIAGRAM: readonly string[] = [
  "  training, supervision          referrals (1)        turnover (2) <------ overload --------+",
  "          |                           |                    |                               |",
  "          v                           v                    v                               |",
  "    team fidelity (4) <-- domain -- caseloads ----> hours per client (3) -----> demand/capacity",
  "          |          'caseload size'                       |",
  "          | a                                              | dose",
  "          v                                                v",
  "   set-point of alliance ----------------------------> alliance (5) <---- feedback g ----+",
  "     ^    skill, fit, stigma, responsiveness            |   |   |                        |",
  "     |                                        attendance|   |   | B, part by self-worth  |",
  "     |                                        leaving   |   |   v                        |",
  "     +---- lift ---- goals (6) <------------------------+---+  outcomes (7) -------------+",
  "                       |                                         ^   |",
  "                       +------------- lift ----------------------+   | functioning",
  "                                                                 |   v",
  "                 events (8): crises, hospital, housing ----------+  graduation (8)",
];
