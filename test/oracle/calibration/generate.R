# Makes a small study and what R says of it: every statistic of models/calibration/statistics.ts, by lm, lmer, aov and cor.
# Run here: Rscript generate.R (R 4.2.2, lme4, lmerTest). Writes study.json, the versions first.
suppressMessages(library(lmerTest))
options(digits = 17)
set.seed(20260117)

num <- function(v) {
  v <- ifelse(is.finite(v), sprintf("%.17g", v), "null")
  if (length(v) == 1) v else paste0("[", paste(v, collapse = ","), "]")
}
json <- function(v) {
  if (is.character(v)) return(paste0('"', v, '"'))
  if (is.list(v)) return(paste0("{", paste0('"', names(v), '":', vapply(v, json, ""), collapse = ","), "}"))
  num(as.numeric(v))
}

# ---- 47 clients of 5 teams of unequal size, 3 agencies --------------------------------------------------------------
team <- rep(1:5, c(3, 14, 9, 13, 8))
n <- length(team)
site <- c(1, 2, 2, 3, 3)[team]
d <- data.frame(
  team = team, site = site, age = round(rnorm(n, 40, 13)), woman = rbinom(n, 1, .5), housed = rbinom(n, 1, .8),
  employed = rbinom(n, 1, .3), basicEd = rbinom(n, 1, .5), ace = rpois(n, 4), longHosp = rbinom(n, 1, .3)
)
u <- rnorm(5, 0, 2)[team]
d$fid4_5 <- 28 + rnorm(5, 0, 4)[team] + rnorm(n)
d$fid13_5 <- d$fid4_5 + 1.5 + rnorm(n, 0, 2)
trait <- rnorm(n, 0, 9)
d$rprs2 <- round(70 + trait + rnorm(n, 0, 12))
d$rprs4_5 <- round(71 + trait + .65 * (d$fid4_5 - 28) + u + rnorm(n, 0, 11))
d$rprs13_5 <- round(70 + trait + .65 * (d$fid13_5 - 28) + u + rnorm(n, 0, 11))
d$rprs14 <- round(70 + trait + rnorm(n, 0, 12))
outcomes <- c("qoli", "pgi", "ths", "mcas")
means <- c(83, 32, 42, 72)
sds <- c(19, 20, 10, 7)
for (o in 1:4) {
  own <- rnorm(n, 0, .7 * sds[o])
  d[[paste0(outcomes[o], 0)]] <- round(means[o] + own + rnorm(n, 0, .7 * sds[o]))
  d[[paste0(outcomes[o], 9)]] <- round(means[o] + 1 + own + .1 * (d$rprs4_5 - 70) + u + rnorm(n, 0, .6 * sds[o]))
  d[[paste0(outcomes[o], 18)]] <- round(means[o] + 2 + own + .1 * (d$rprs13_5 - 70) + u + rnorm(n, 0, .6 * sds[o]))
}
# Case managers: two or three in a team; some clients have none at an interview.
manager <- function() ifelse(runif(n) < .15, NA, team * 100 + sample(1:3, n, TRUE))
d$cm4_5 <- manager()
d$cm13_5 <- manager()
d$cm18 <- manager()
d$ncm0 <- 1
d$ncm12 <- 1 + rbinom(n, 2, .2)
d$hosp18 <- rpois(n, 6)

# The same scales with nonresponse; the sample that case managers chose; audits of five teams; staff that left by week 104.
scales <- c("rprs4_5", "rprs13_5", outer(c("0", "9", "18"), outcomes, function(m, o) paste0(o, m)))
nonresponse <- lapply(d[scales], function(v) ifelse(runif(n) < .12, NA, v))
chosen <- c(80, 75, 93, 88, 71)
audits <- cbind(
  month0 = c(22.1, 25.3, 27.0, 20.4, 24.9), month24 = c(27.5, 30.1, NA, 29.9, 31.2),
  month36 = c(29.3, 32.4, NA, 31.1, 33.0)
)
left <- c(5, 1, 4, 0, 2)
seats <- 6

# ---- what R says ----------------------------------------------------------------------------------------------------
found <- list(clients = n)
for (v in c("fid4_5", "fid13_5", scales)) {
  found[[paste0("mean.", v)]] <- mean(d[[v]])
  found[[paste0("sd.", v)]] <- sd(d[[v]])
}
found$r.fid <- cor(d$fid4_5, d$fid13_5)
found$r.rprs <- cor(d$rprs4_5, d$rprs13_5)
for (o in outcomes) {
  r <- cor(d[paste0(o, c(0, 9, 18))])
  found[[paste0("r.", o)]] <- mean(r[upper.tri(r)])
}

covariates <- c("age", "woman", "housed", "employed", "basicEd", "ace", "site", "longHosp")
strict <- c("rprs13_5", "qoli18", "pgi18", "mcas9", "mcas18")
alpha <- function(v) if (v %in% strict) .01 else .05
row_of <- function(fit, name) summary(fit)$coefficients[name, ]
for (occasion in list(c("4_5", "9"), c("13_5", "18"))) {
  x <- paste0("fid", occasion[1])
  m <- paste0("rprs", occasion[1])
  as <- as_std <- as_rejects <- numeric()
  for (o in outcomes) {
    y <- paste0(o, occasion[2])
    cov <- c(covariates, paste0(o, 0))
    to_m <- lm(reformulate(c(x, cov), m), d)
    to_y <- lm(reformulate(c(x, m, cov), y), d)
    a <- row_of(to_m, x)
    b <- row_of(to_y, m)
    direct <- row_of(to_y, x)
    c <- coef(lm(reformulate(c(x, cov), y), d))[x]
    as <- append(as, a[1])
    as_std <- append(as_std, a[1] * sd(d[[x]]) / sd(d[[m]]))
    as_rejects <- append(as_rejects, a[4] < alpha(m))
    put <- function(name, value) found[[paste0(name, ".", y)]] <<- unname(value)
    put("b", b[1])
    put("ab", a[1] * b[1])
    put("bStandardized", b[1] * sd(d[[m]]) / sd(d[[y]]))
    put("abStandardized", a[1] * b[1] * sd(d[[x]]) / sd(d[[y]]))
    put("directStandardized", direct[1] * sd(d[[x]]) / sd(d[[y]]))
    put("totalStandardized", c * sd(d[[x]]) / sd(d[[y]]))
    put("bRejects", b[4] < alpha(y))
    put("directRejects", direct[4] < alpha(y))
    put("rSquared", summary(to_y)$r.squared)
  }
  found[[paste0("a.", occasion[1])]] <- mean(as)
  found[[paste0("aStandardized.", occasion[1])]] <- mean(as_std)
  found[[paste0("aRejects.", occasion[1])]] <- mean(as_rejects)
}

# p of every total effect by a mixed model (REML, Satterthwaite): in these data, and with `added` points more of every follow-up
# per point of fidelity. Five fits of eight are singular; with 1.5 points mixed models find five effects, and miss one of the six
# that lm finds.
total_ps <- function(added) {
  found <- list()
  for (occasion in list(c("4_5", "9"), c("13_5", "18"))) for (o in outcomes) {
    x <- paste0("fid", occasion[1])
    y <- paste0(o, occasion[2])
    more <- d
    more[[y]] <- d[[y]] + added * d[[x]]
    fit <- lmer(reformulate(c(x, covariates, paste0(o, 0), "(1 | team)"), y), more)
    found[[y]] <- summary(fit)$coefficients[x, "Pr(>|t|)"]
  }
  found
}
totals <- list(without = total_ps(0), added = 1.5, with = total_ps(1.5))
for (y in names(totals$without)) found[[paste0("totalMixedRejects.", y)]] <- totals$without[[y]] < .05

step1 <- sapply(outcomes, function(o) {
  summary(lm(reformulate(c(covariates, paste0(o, 0)), "rprs13_5"), d))$r.squared
})
step2 <- sapply(outcomes, function(o) {
  summary(lm(reformulate(c(covariates, paste0(o, 0), paste0(o, 9)), "rprs13_5"), d))$r.squared
})
found$covariatesRSquared.rprs13_5 <- mean(step1)
for (o in outcomes) found[[paste0("feedback.", o)]] <- unname(step2[o] - step1[o])

icc <- function(v, g) {
  g <- factor(g)
  ms <- summary(aov(v ~ g))[[1]][["Mean Sq"]]
  size <- (length(v) - sum(tabulate(g)^2) / length(v)) / (nlevels(g) - 1)
  (ms[1] - ms[2]) / (ms[1] + (size - 1) * ms[2])
}
for (v in c("rprs4_5", "rprs13_5", setdiff(scales, c("rprs4_5", "rprs13_5", paste0(outcomes, 0)))))
  found[[paste0("icc.", v)]] <- icc(d[[v]], d$team)
by_manager <- function(months) {
  has <- !is.na(d[[paste0("cm", months)]])
  icc(d[[paste0("rprs", months)]][has], d[[paste0("cm", months)]][has])
}
found$managerShare <- mean(c(by_manager("4_5"), by_manager("13_5")))
found$managerChange <- mean(d$ncm12 > d$ncm0)
found$missing <- mean(is.na(unlist(nonresponse)))

found$fidelity36.median <- median(audits[, "month36"], na.rm = TRUE)
found$fidelity36.lowest <- min(audits[, "month36"], na.rm = TRUE)
change <- audits[, "month24"] - audits[, "month0"]
found$turnoverSlope <- unname(coef(lm(change ~ I(left / seats)))[2])

stayed <- !is.na(d$cm18)
found$r.hospital <- cor(d$rprs13_5[stayed], d$hosp18[stayed])
found$r.severity <- cor(d$rprs4_5, d$mcas0)
found$r.foretelling <- cor(d$rprs2, d$rprs14)
found$selectedLift <- (mean(chosen) - mean(d$rprs4_5)) / sd(d$rprs4_5)

versions <- list(
  R = R.version.string, lme4 = as.character(packageVersion("lme4")), lmerTest = as.character(packageVersion("lmerTest"))
)
writeLines(json(list(
  versions = versions, columns = as.list(d), nonresponse = nonresponse, chosen = chosen,
  audits = as.list(as.data.frame(audits)), left = left, seats = seats, totals = totals, found = found
)), "study.json")
