# Hierarchical regressions and cross-lagged panel models by R. Run here: Rscript generate.R
# (Debian 12: r-base-core r-cran-lavaan; seconds). Writes panel.csv and cases.json.
# panel311.json holds what another program of R 4.2.2 with lavaan 0.6-14 says of panel311.csv.
suppressMessages(library(lavaan))
options(digits = 17)
set.seed(20250501)
num <- function(v) {
  v <- sprintf("%.17g", as.numeric(v))
  if (length(v) == 1) v else paste0("[", paste(v, collapse = ","), "]")
}
json <- function(v) {
  if (is.list(v)) return(paste0("{", paste0('"', names(v), '":', vapply(v, json, ""), collapse = ","), "}"))
  if (is.character(v)) return(paste0("[", paste(sprintf('"%s"', v), collapse = ","), "]"))
  num(v)
}

# ---- hierarchical regression ----------------------------------------------------------------------------------------
hierarchical <- function(data, response, covariates, added, level = .95) {
  first <- lm(as.formula(paste(response, "~", if (length(covariates)) paste(covariates, collapse = "+") else "1")), data)
  second <- lm(as.formula(paste(response, "~", paste(c(covariates, added), collapse = "+"))), data)
  test <- anova(first, second)
  f <- test$F[2]; df1 <- test$Df[2]; df2 <- test$Res.Df[2]
  n <- nrow(data)
  lambda <- function(p) {
    g <- function(l) pf(f, df1, df2, l) - p
    if (g(0) <= 0) 0 else uniroot(g, c(0, 1000), tol = 1e-12)$root
  }
  limits <- c(lambda((1 + level) / 2), lambda((1 - level) / 2))
  partial <- limits / (limits + n)
  r1 <- summary(first)$r.squared; r2 <- summary(second)$r.squared
  co <- summary(second)$coefficients[added, , drop = FALSE]
  ci <- confint(second, added, level)
  list(response = response, covariates = I(covariates), added = added, level = level, rSquaredCovariates = r1, rSquared = r2,
    deltaRSquared = r2 - r1, f = f, df1 = df1, df2 = df2, p = test$`Pr(>F)`[2], partialCi = partial, ci = partial * (1 - r1),
    estimate = co[, 1], se = co[, 2], t = co[, 3], coefficientP = co[, 4], lower = ci[, 1], upper = ci[, 2])
}
cohort <- read.csv("../mediation/cohort311.csv")
likert <- read.csv("../mediation/likert.csv")
regressions <- list(
  asPublished = hierarchical(cohort, "rpr", c("fidelity", "age", "gender", "stable"), "qol0"),
  two = hierarchical(cohort, "qol", c("age", "gender"), c("qol0", "rpr"), .9),
  withoutCovariates = hierarchical(likert, "trust", character(0), c("support", "sex"), .99),
  nothingThere = hierarchical(cohort, "rpr", c("qol0", "qol", "fidelity"), "gender"))

# ---- cross-lagged panel: x, m, y at four waves, one covariate ---------------------------------------
n <- 180
z <- as.numeric(runif(n) < 0.4)
waves <- list(matrix(rnorm(3 * n), n) %*% chol(matrix(c(1, .3, .2, .3, 1, .4, .2, .4, 1), 3)))
transition <- matrix(c(.6, .1, 0, .25, .4, .15, .05, .3, .5), 3) # columns: x, m, y a wave later
for (t in 2:4) waves[[t]] <- waves[[t - 1]] %*% transition + 0.3 * z + matrix(rnorm(3 * n, 0, .7), n)
panel <- data.frame(do.call(cbind, waves), z)
names(panel) <- c(outer(c("x", "m", "y"), 1:4, paste0), "z")
for (t in 1:4) {
  panel[[paste0("x", t)]] <- round(3 + panel[[paste0("x", t)]], 2)
  panel[[paste0("y", t)]] <- round(-1 + panel[[paste0("y", t)]], 2)
}
write.csv(format(panel, digits = 17, trim = TRUE), "panel.csv", row.names = FALSE, quote = FALSE)
panel <- read.csv("panel.csv")

clpm <- function(nWaves, covariate) {
  v <- c("x", "m", "y")
  lines <- character(0)
  for (t in 2:nWaves) {
    for (r in v) lines <- c(lines, paste0(r, t, " ~ ", paste0(v, t - 1, collapse = " + "), if (covariate) " + z"))
    lines <- c(lines, paste0(c("x", "x", "m"), t, " ~~ ", c("m", "y", "y"), t))
  }
  fit <- sem(paste(lines, collapse = "\n"), panel, meanstructure = TRUE)
  e <- parameterEstimates(fit)
  e <- e[e$op == "~", ]
  ols <- mapply(function(response, predictor) {
    wave <- as.numeric(substr(response, 2, 2)) - 1
    f <- lm(as.formula(paste(response, "~", paste0(v, wave, collapse = " + "), if (covariate) "+ z")), panel)
    summary(f)$coefficients[predictor, 1:2]
  }, e$lhs, e$rhs)
  list(waves = nWaves, covariate = as.numeric(covariate), response = e$lhs, predictor = e$rhs, estimate = e$est, se = e$se,
    olsEstimate = ols[1, ], olsSe = ols[2, ])
}
# Half-longitudinal: cov(a, b) of x1 -> m2 and m1 -> y2 from lavaan, as a correlation
two <- sem("x2 ~ x1 + m1 + y1\nm2 ~ a*x1 + m1 + y1\ny2 ~ x1 + b*m1 + y1\nx2 ~~ m2 + y2\nm2 ~~ y2", panel, meanstructure = TRUE)
v <- vcov(two)
panels <- list(four = clpm(4, TRUE), three = clpm(3, FALSE), two = clpm(2, FALSE),
  half = list(correlation = v["a", "b"] / sqrt(v["a", "a"] * v["b", "b"])))

writeLines(paste0('{"R":"', R.version.string, '","lavaan":"', packageVersion("lavaan"), '",\n"regressions":', json(regressions),
  ',\n"panels":', json(panels), "}"), "cases.json")
