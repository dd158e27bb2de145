# Exact 95 % intervals of Poisson counts, and the hand-reckoned means of the teams in agencyValues.test.ts.
# Run: Rscript test/oracle/agency/generate.R
library(jsonlite)
folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))

counts <- c(0, 1, 2, 3, 6, 10, 42, 500)
intervals <- lapply(counts, function(k) {
  interval <- poisson.test(k)$conf.int
  list(count = k, lower = interval[1], upper = interval[2])
})

# Five teams; NA: an empty cell.
seats <- c(6, 5, 7, 4, 6)
clients <- c(90, 70, 110, 60, 85)
cap <- c(16, 16, 18, 15, 16)
referrals <- c(30, 20, 35, 18, 25)
left <- c(2, 3, 1, 0, 4)
vacancies <- c(1, 0, 1, 0, 1)
waiting <- c(4, NA, 0, 7, 2)
weeksToFill <- c(8, 12, 6, NA, 5)
fidelity <- c(24, 33, 29, 21, 36)
supervision <- c(6, 8, NA, 4, 6)
weeksPerYear <- 365.25 / 7
auditError <- sqrt(3^2 + 8 * 0.4^2 / 2)
values <- list(
  seats = round(mean(seats)),
  cap = round(weighted.mean(cap, seats)),
  clientsPerTeam = round(mean(clients)),
  waiting = round(mean(waiting, na.rm = TRUE)),
  referralsPerWeek = sum(referrals) / 5 / weeksPerYear,
  weeksToFill = weighted.mean(weeksToFill[!is.na(weeksToFill)], left[!is.na(weeksToFill)]),
  weeksByVacancies = weeksPerYear * sum(vacancies) / sum(left),
  fidelity = mean(fidelity),
  fidelitySd = sqrt(var(fidelity) - auditError^2),
  supervisionPerWeek = weighted.mean(supervision, ifelse(is.na(supervision), 0, seats), na.rm = TRUE) * 12 / weeksPerYear
)
teams <- data.frame(seats, vacancies, clients, caseload_cap = cap, referrals_last_year = referrals,
  managers_left_last_year = left, waiting, weeks_to_fill_seat = weeksToFill, fidelity,
  supervision_hours_per_month = supervision)

result <- list(
  versions = list(R = as.character(getRversion()), jsonlite = as.character(packageVersion("jsonlite"))),
  intervals = intervals, teams = teams, values = values
)
write_json(result, file.path(folder, "agency.json"), auto_unbox = TRUE, digits = 16, pretty = TRUE, na = "null")
