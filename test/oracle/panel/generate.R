# Panels with teams and with missing values, by R. Run here: Rscript generate.R
# (Debian 12: r-base-core r-cran-lme4 r-cran-lmertest r-cran-sandwich r-cran-clubsandwich r-cran-mice; some minutes).
# Writes teams.csv, missing.csv (empty: missing) and cases.json, the versions of the packages among its first lines.
suppressMessages({
  library(lmerTest)
  library(sandwich)
  library(clubSandwich)
  library(mice)
})
options(digits = 17)
set.seed(20251103)
num <- function(v) {
  v <- ifelse(is.finite(v), sprintf("%.17g", v), "null")
  if (length(v) == 1) v else paste0("[", paste(v, collapse = ","), "]")
}
json <- function(v) {
  if (is.list(v)) return(paste0("{", paste0('"', names(v), '":', vapply(v, json, ""), collapse = ","), "}"))
  if (is.character(v)) return(paste0("[", paste(sprintf('"%s"', v), collapse = ","), "]"))
  if (is.logical(v)) return(if (v) "true" else "false")
  num(as.numeric(v))
}
saved <- function(data, name) {
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE, na = "")
  read.csv(paste0(name, ".csv"))
}

# ---- data: x, m, y at three waves, z does not change; columns of a transition matrix are x, m, y a wave later ---------
VARIABLES <- c("x", "m", "y")
TRANSITION <- matrix(c(.6, .1, 0, .25, .4, .15, .05, .3, .5), 3)
panel <- function(n, perturb) {
  z <- as.numeric(runif(n) < 0.4)
  waves <- list(matrix(rnorm(3 * n), n) %*% chol(matrix(c(1, .3, .2, .3, 1, .4, .2, .4, 1), 3)) + perturb())
  for (t in 2:3) waves[[t]] <- waves[[t - 1]] %*% TRANSITION + 0.3 * z + perturb() + matrix(rnorm(3 * n, 0, .7), n)
  data <- data.frame(round(do.call(cbind, waves), 3), z)
  names(data) <- c(outer(VARIABLES, 1:3, paste0), "z")
  data
}
# 200 clients in 12 teams of unequal sizes, three case managers in each; teams and managers matter at every wave
sizes <- c(8, 25, 14, 19, 11, 30, 16, 9, 22, 13, 18, 15)
team <- rep(seq_along(sizes), sizes)
manager <- team * 10 + unlist(lapply(sizes, function(k) sort(sample.int(3, k, TRUE))))
lasting <- matrix(rnorm(3 * 12, 0, 0.3), 12)
ofTeam <- function() {
  own <- sort(unique(manager))
  (lasting + matrix(rnorm(3 * 12, 0, 0.25), 12))[team, ] + matrix(rnorm(3 * length(own), 0, 0.3), length(own))[match(manager, own), ]
}
teams <- saved(data.frame(team, manager, panel(200, ofTeam)), "teams")

# ---- every equation by lm with robust errors, and by mixed models -----------------------------------------------------
control <- lmerControl(optimizer = "nloptwrap", calc.derivs = FALSE,
  optCtrl = list(algorithm = "NLOPT_LN_BOBYQA", xtol_abs = 1e-14, xtol_rel = 1e-14, ftol_abs = 1e-14, ftol_rel = 1e-15, maxeval = 100000))
formulaOf <- function(response, wave, more = "") as.formula(paste(response, "~", paste0(VARIABLES, wave - 1, collapse = " + "), "+ z", more))
mixed <- function(response, wave, random, REML) {
  fit <- suppressMessages(lmerTest::lmer(formulaOf(response, wave, random), teams, REML = REML, control = control))
  s <- coef(summary(fit))
  list(estimate = s[, "Estimate"], se = s[, "Std. Error"], df = s[, "df"], p = s[, "Pr(>|t|)"],
    team = as.data.frame(VarCorr(fit))$vcov[VarCorr(fit) |> as.data.frame() |> with(grp == "team")], residual = sigma(fit)^2,
    logLik = as.numeric(logLik(fit)), singular = isSingular(fit, tol = 1e-5))
}
HC <- c("HC0", "HC1", "HC2", "HC3", "HC4")
CR <- c("CR0", "CR1", "CR1S", "CR2")
equation <- function(response, wave) {
  fit <- lm(formulaOf(response, wave), teams)
  hc <- lapply(setNames(HC, HC), function(type) list(se = sqrt(diag(vcovHC(fit, type = type)))))
  cr <- lapply(setNames(CR, CR), function(type) {
    v <- vcovCR(fit, cluster = teams$team, type = type)
    list(se = sqrt(diag(v)), df = coef_test(fit, vcov = v, test = "Satterthwaite")$df_Satt)
  })
  list(estimate = coef(fit), ols = list(se = sqrt(diag(vcov(fit)))), robust = c(hc, cr),
    REML = mixed(response, wave, "+ (1 | team)", TRUE), ML = mixed(response, wave, "+ (1 | team)", FALSE),
    nested = mixed(response, wave, "+ (1 | team) + (1 | manager)", TRUE))
}
responses <- c(outer(VARIABLES, 2:3, paste0))
equations <- lapply(setNames(responses, responses), function(r) equation(r, as.numeric(substr(r, 2, 2))))

# ---- correlation of the estimates of a and b ------------------------------------------------------------------------
# Two waves: both equations as one multivariate regression, x1 -> m2 and m1 -> y2
both <- lm(cbind(m2, y2) ~ x1 + m1 + y1 + z, teams)
ab <- function(v) unname(cov2cor(v)["m2:x1", "y2:m1"])
half <- c(list(ols = ab(vcov(both))), lapply(setNames(HC, HC), function(type) ab(vcovHC(both, type = type))),
  lapply(setNames(CR, CR), function(type) ab(as.matrix(vcovCR(both, cluster = teams$team, type = type)))))
# Three waves, x1 -> m2 and m2 -> y3: the sandwich of both equations stacked, from its definition
toM <- lm(formulaOf("m2", 2), teams)
toY <- lm(formulaOf("y3", 3), teams)
root <- function(a) { e <- eigen(a, symmetric = TRUE); e$vectors %*% diag(1 / sqrt(e$values)) %*% t(e$vectors) }
share <- function(fit, name, adjust, groups) {
  x <- model.matrix(fit)
  h <- x %*% solve(crossprod(x)) %*% t(x)
  s <- sapply(groups, function(rows) {
    a <- adjust(diag(length(rows)) - h[rows, rows, drop = FALSE])
    t(x[rows, , drop = FALSE]) %*% a %*% residuals(fit)[rows]
  })
  (solve(crossprod(x)) %*% s)[name, ]
}
stacked <- function(adjust, groups) {
  a <- share(toM, "x1", adjust, groups)
  b <- share(toY, "m2", adjust, groups)
  sum(a * b) / sqrt(sum(a^2) * sum(b^2))
}
identityOf <- function(a) diag(nrow(a))
byTeam <- split(seq_len(200), teams$team)
byClient <- as.list(seq_len(200))
sequential <- list(HC0 = stacked(identityOf, byClient), HC2 = stacked(function(a) matrix(1 / sqrt(a)), byClient),
  HC3 = stacked(function(a) matrix(1 / a), byClient), CR0 = stacked(identityOf, byTeam), CR2 = stacked(root, byTeam))

# ---- missing at random: clients with a low alliance leave, answers at wave 2 are missing by z --------------------------
incomplete <- panel(160, function() 0)
gone <- runif(160) < plogis(-1.2 - incomplete$m1)
for (v in paste0(VARIABLES, 3)) incomplete[gone, v] <- NA
for (v in c("m2", "y2")) incomplete[runif(160) < plogis(-1.8 + incomplete$z), v] <- NA
incomplete <- saved(incomplete, "missing")
M <- 1000
ITERATIONS <- 10
imputed <- mice(incomplete, m = M, maxit = ITERATIONS, method = "norm", printFlag = FALSE)
stopifnot(identical(as.character(imputed$visitSequence), names(incomplete)), is.null(imputed$loggedEvents))
sets <- lapply(seq_len(M), function(j) complete(imputed, j))
overSets <- function(v) list(mean = mean(v), variance = var(v), kurtosis = mean((v - mean(v))^4) / mean((v - mean(v))^2)^2)
coefficientsOf <- function(response) {
  fits <- sapply(sets, function(d) summary(lm(formulaOf(response, as.numeric(substr(response, 2, 2))), d))$coefficients[-1, 1:2])
  k <- nrow(fits) / 2
  predictors <- c(paste0(VARIABLES, as.numeric(substr(response, 2, 2)) - 1), "z")
  lapply(setNames(seq_len(k), predictors), function(j) list(estimate = overSets(fits[j, ]), squaredSe = overSets(fits[k + j, ]^2)))
}
pooled <- lapply(setNames(responses, responses), coefficientsOf)

packages <- c("lme4", "lmerTest", "sandwich", "clubSandwich", "mice")
versions <- c(R = R.version.string, vapply(packages, function(p) as.character(packageVersion(p)), ""))
parts <- list(equations = equations, half = half, sequential = sequential, missing = list(imputations = M, iterations = ITERATIONS, pooled = pooled))
writeLines(c(paste0('{"versions":{', paste0('"', names(versions), '":"', versions, '"', collapse = ","), "},"),
  paste(paste0('"', names(parts), '":', vapply(parts, json, "")), collapse = ",\n"), "}"), "cases.json")
