/** What the service model cannot say, whatever the scenario: its description and every report on a service repeat it. */
export const MODEL_LIMITS: readonly string[] = [
  "It cannot rank agencies or teams: their differences are drawn at random, not estimated from any real one.",
  "It cannot forecast one client. A client's story is one of many that could have been.",
  "It cannot show that fidelity causes alliance, or alliance better outcomes. Both are put in; the evidence behind them is one study of 14 teams without randomisation.",
  "Published effects that passed a significance filter at a power of about one half are too large by a factor of 1.3 to 1.5. The defaults are shrunken for that; a scenario may put the published ones back.",
  "Parameters whose source is “assumption” have none. A result that hinges on them is an assumption too: vary them within their plausible ranges.",
  "Covariates other than housing are fixed. Diagnosis, age and experience of case managers drive nothing.",
  "Money moves nothing: costs are counted, but a lack of it changes nothing that happens. There is no geography, and no contact between clients.",
  "It cannot say what is worth its cost. There is no service to compare with unless another scenario is one, clients also improve by chance, and prices are what the scenario says.",
  "Intervals say how well the simulation knows its own mean. They do not say how wrong the model may be.",
];
