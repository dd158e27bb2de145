# What R's mice makes of incomplete studies with clients in teams (method 2l.pan). Run here: Rscript generate.R
# (Debian 12: r-base-core r-cran-mice r-cran-pan r-cran-lme4 r-cran-jsonlite; about ten minutes). Writes <case>.csv (empty:
# missing) and cases.json.
suppressMessages({ library(mice); library(lme4); library(jsonlite) })
set.seed(20260312)
# 2l.pan's priors of both variances have 1 degree of freedom and scale 1 in whatever unit a column has. Here the unit is such that
# the variance of the observed values is 20: the scale is a twentieth of it.
scaled <- function(v) round((v - mean(v, na.rm = TRUE)) / sd(v, na.rm = TRUE) * sqrt(20), 5)
blank <- function(v, p) { v[runif(length(v)) < p] <- NA; v }
saved <- function(data, name) {
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE, na = "")
  read.csv(paste0(name, ".csv"))
}
withTeams <- function(sizes, sd) function() rnorm(length(sizes), 0, sd)[rep(seq_along(sizes), sizes)]

# Missing completely at random in the mediator, the outcome and a covariate; x is the clients'; one team has no outcome at all
sizes <- c(4, 6, 7, 9, 10, 12, 13, 14, 15, 17, 19, 24)
n <- sum(sizes)
part <- withTeams(sizes, 0.6)
mcar <- data.frame(team = rep(seq_along(sizes), sizes))
mcar$c1 <- rnorm(n) + part()
mcar$x <- 0.3 * mcar$c1 + rnorm(n) + part()
mcar$m <- 0.4 * mcar$x + 0.2 * mcar$c1 + rnorm(n) + part()
mcar$y <- 0.4 * mcar$m + 0.1 * mcar$x + rnorm(n) + part()
for (v in c("m", "y")) mcar[[v]] <- blank(mcar[[v]], 0.3)
mcar$c1 <- blank(mcar$c1, 0.2)
mcar$y[mcar$team == 2] <- NA

# Missing at random: x is the team's and complete; m is missing by c1, y by c1 and x; little variance between teams
sizes <- rep(c(7, 11, 15), 5)
n <- sum(sizes)
part <- withTeams(sizes, 0.3)
mar <- data.frame(team = rep(seq_along(sizes), sizes))
mar$x <- part() / 0.3
mar$c1 <- rnorm(n)
mar$m <- 0.3 * mar$x + 0.4 * mar$c1 + rnorm(n) + part()
mar$y <- 0.4 * mar$m + 0.1 * mar$x + rnorm(n) + part()
mar$m <- blank(mar$m, plogis(-1 + mar$c1))
mar$y <- blank(mar$y, plogis(-1 - 0.8 * mar$c1 + 0.4 * mar$x))

# Slopes between teams that differ from those within; team means are predictors of the imputation (type 3)
sizes <- rep(c(6, 9), 11)
n <- sum(sizes)
part <- withTeams(sizes, 0.7)
contextual <- data.frame(team = rep(seq_along(sizes), sizes))
contextual$x <- withTeams(sizes, 1)()
ofTeam <- 0.5 * contextual$x + part()
contextual$m <- ofTeam + rnorm(n)
contextual$y <- -0.4 * (contextual$m - ofTeam) + ofTeam + rnorm(n) + withTeams(sizes, 0.4)()
contextual$m <- blank(contextual$m, 0.35)
contextual$y <- blank(contextual$y, plogis(-0.6 + 0.5 * contextual$x))

M <- 400
ITERATIONS <- 10
impute <- function(data, name, covariates, meansOf) {
  for (v in setdiff(names(data), "team")) data[[v]] <- scaled(data[[v]])
  data <- saved(data, name)
  incomplete <- names(data)[colSums(is.na(data)) > 0]
  methods <- ifelse(names(data) %in% incomplete, "2l.pan", "")
  predictors <- matrix(1, ncol(data), ncol(data), dimnames = list(names(data), names(data)))
  diag(predictors) <- 0
  predictors[, "team"] <- -2
  for (v in meansOf) predictors[, v] <- ifelse(names(data) == v, 0, 3)
  predictors["team", ] <- 0
  imputed <- mice(data, m = M, maxit = ITERATIONS, method = methods, predictorMatrix = predictors, printFlag = FALSE)
  stopifnot(is.null(imputed$loggedEvents))
  sets <- lapply(seq_len(M), function(j) complete(imputed, j))
  overSets <- function(v) list(mean = mean(v), variance = var(v), kurtosis = mean((v - mean(v))^4) / mean((v - mean(v))^2)^2)
  formulas <- list(a = reformulate(c("x", covariates), "m"), b = reformulate(c("m", "x", covariates), "y"))
  path <- c(a = "x", b = "m")
  ols <- lapply(names(path), function(k) sapply(sets, function(d) summary(lm(formulas[[k]], d))$coefficients[path[k], 1:2]))
  mixed <- lapply(names(path), function(k) sapply(sets, function(d) {
    coef(summary(suppressMessages(lmer(update(formulas[[k]], ~ . + (1 | team)), d))))[path[k], 1:2]
  }))
  paths <- function(fits) list(a = overSets(fits[[1]][1, ]), varianceA = overSets(fits[[1]][2, ]^2),
    b = overSets(fits[[2]][1, ]), varianceB = overSets(fits[[2]][2, ]^2))
  # ICC(1) by analysis of variance
  icc <- function(v, team) {
    squares <- anova(lm(v ~ factor(team)))[, 3]
    sizes <- table(team)
    n0 <- (sum(sizes) - sum(sizes^2) / sum(sizes)) / (length(sizes) - 1)
    (squares[1] - squares[2]) / (squares[1] + (n0 - 1) * squares[2])
  }
  columns <- lapply(setNames(incomplete, incomplete), function(v) {
    values <- sapply(sets, function(d) d[[v]][is.na(data[[v]])])
    list(mean = overSets(colMeans(values)), sd = overSets(apply(values, 2, sd)), icc = overSets(sapply(sets, function(d) icc(d[[v]], d$team))))
  })
  # Team means on team means: the slope between teams of a 2-1-1 model that counts teams alike
  between <- overSets(sapply(sets, function(d) coef(lm(y ~ m + x, aggregate(d, list(d$team), mean)))[["m"]]))
  result <- list(covariates = I(covariates), teamMeans = length(meansOf) > 0, imputations = M, iterations = ITERATIONS,
    ols = paths(ols), mixed = paths(mixed), columns = columns, between = between)
  if (length(meansOf) == 0) return(result)
  # Deviations from team means on deviations: the slope within teams
  c(result, list(within = overSets(sapply(sets, function(d) coef(lm(y ~ m + factor(team), d))[["m"]]))))
}
cases <- list(mcar = impute(mcar, "mcar", "c1", character(0)), mar = impute(mar, "mar", "c1", character(0)))
set.seed(20260313)
cases$contextual <- impute(contextual, "contextual", character(0), c("m", "y"))
versions <- list(R = R.version.string, mice = as.character(packageVersion("mice")), pan = as.character(packageVersion("pan")),
  lme4 = as.character(packageVersion("lme4")))
write(toJSON(list(versions = versions, cases = cases), auto_unbox = TRUE, digits = NA, pretty = TRUE), "cases.json")
