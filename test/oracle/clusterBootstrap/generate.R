# Cluster bootstraps by R. Run here: Rscript generate.R (R 4.2.2, base packages only; two minutes).
# Writes five.csv, unequal.csv and cases.json. cohort311.json holds what another R program (R 4.2.2, B up to 200,000) says of
# ../mediation/cohort311.csv.
options(digits = 17)
set.seed(20250412)
num <- function(v) if (length(v) == 1) sprintf("%.17g", v) else paste0("[", paste(sprintf("%.17g", v), collapse = ","), "]")
json <- function(v) {
  if (is.list(v)) return(paste0("{", paste0('"', names(v), '":', vapply(v, json, ""), collapse = ","), "}"))
  num(as.numeric(v))
}
saved <- function(data, name) {
  write.csv(format(data, digits = 17, trim = TRUE), paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
  read.csv(paste0(name, ".csv"))
}

# ab of the given rows, NA where the design is singular
ab_of <- function(data, covariates, rows) {
  d <- data[rows, , drop = FALSE]
  z <- as.matrix(d[covariates])
  fm <- .lm.fit(cbind(1, d$x, z), d$m)
  fy <- .lm.fit(cbind(1, d$m, d$x, z), d$y)
  if (fm$rank < 2 + length(covariates) || fy$rank < 3 + length(covariates)) NA else fm$coefficients[2] * fy$coefficients[2]
}

# Five teams, of which two share their value of x and one covariate: all 5^5 resamples are equally likely, so everything is exact.
team <- rep(1:5, c(3, 6, 4, 9, 5))
n <- length(team)
five <- data.frame(team, x = c(1, 1, 2.5, 3, 4.2)[team], c1 = rnorm(n))
five$m <- 0.6 * five$x + 0.3 * five$c1 + rnorm(5, 0, 0.4)[team] + rnorm(n)
five$y <- 0.5 * five$m + 0.1 * five$x + rnorm(5, 0, 0.4)[team] + rnorm(n)
five <- saved(five, "five")
rows <- split(seq_len(n), five$team)
all <- as.matrix(expand.grid(rep(list(1:5), 5)))
values <- apply(all, 1, function(drawn) ab_of(five, "c1", unlist(rows[drawn])))
kept <- values[!is.na(values)]
moment <- function(k) mean((kept - mean(kept))^k)
exact <- list(estimate = ab_of(five, "c1", seq_len(n)), singular = mean(is.na(values)), mean = mean(kept), sd = sqrt(moment(2)),
  kurtosis = moment(4) / moment(2)^2, below = mean(kept < 0.2), belowNothing = mean(kept < 0))

# Twelve teams of 2 to 60 clients, two covariates
sizes <- c(2, 3, 5, 5, 8, 12, 15, 20, 24, 31, 40, 60)
team <- rep(seq_along(sizes), sizes)
n <- length(team)
unequal <- data.frame(team, x = rnorm(12, 3, 1)[team], c1 = rnorm(n), c2 = as.numeric(runif(n) < 0.4))
unequal$m <- 20 + 0.7 * unequal$x + 0.4 * unequal$c1 + rnorm(12, 0, 0.8)[team] + 2 * rnorm(n)
unequal$y <- 5 + 0.15 * unequal$m - 0.1 * unequal$x + 0.2 * unequal$c2 + rnorm(12, 0, 0.2)[team] + rnorm(n)
unequal <- saved(unequal, "unequal")
rows <- split(seq_len(n), unequal$team)
B <- 200000
values <- replicate(B, ab_of(unequal, c("c1", "c2"), unlist(rows[sample.int(12, 12, TRUE)])))
kept <- sort(values[!is.na(values)])
limit <- function(p) {
  reach <- 2 * sqrt(p * (1 - p) / length(kept))
  spacing <- diff(quantile(kept, p + c(-1, 1) * reach, type = 6)) / (2 * reach)
  c(quantile(kept, p, type = 6), spacing * sqrt(p * (1 - p) / length(kept)))
}
both <- sapply(c(.025, .975), limit)
monteCarlo <- list(estimate = ab_of(unequal, c("c1", "c2"), seq_len(n)), B = B, nDegenerate = B - length(kept), ci = both[1, ],
  mcse = both[2, ], se = sd(kept), seMcse = sd(kept) * sqrt((mean(((kept - mean(kept)) / sd(kept))^4) - 1) / (4 * length(kept))))

writeLines(paste0('{"R":"', R.version.string, '",\n"five":', json(exact), ',\n"unequal":', json(monteCarlo), "}"), "cases.json")
