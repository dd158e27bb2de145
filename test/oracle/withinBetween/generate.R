# 2-1-1 models by R. Run here: Rscript generate.R (Debian 12: r-base-core r-cran-lme4 r-cran-metafor; seconds).
# Writes <case>.csv and cases.json.
suppressMessages({ library(lme4); library(metafor) })
options(digits = 17)
set.seed(20250707)
num <- function(v) {
  v <- sprintf("%.17g", as.numeric(v))
  if (length(v) == 1) v else paste0("[", paste(v, collapse = ","), "]")
}
json <- function(v) {
  if (is.list(v)) return(paste0("{", paste0('"', names(v), '":', vapply(v, json, ""), collapse = ","), "}"))
  if (is.character(v)) return(paste0("[", paste(sprintf('"%s"', v), collapse = ","), "]"))
  num(v)
}
teams <- function(sizes, q, sdTeam, a = 0.5, bWithin = 0.2, bBetween = 0.4) {
  team <- rep(seq_along(sizes), sizes)
  n <- length(team)
  x <- round(rnorm(length(sizes), 28, 2), 2)[team]
  covariates <- as.data.frame(matrix(rnorm(n * q), n, q))
  names(covariates) <- if (q > 0) paste0("c", seq_len(q)) else character(0)
  lift <- if (q > 0) 0.2 * rowSums(covariates) else 0
  m <- 70 + a * (x - 28) + lift + sdTeam * rnorm(length(sizes))[team] + 3 * rnorm(n)
  mean <- ave(m, team)
  y <- 5 + bBetween * mean + bWithin * (m - mean) + 0.1 * x + lift + sdTeam * rnorm(length(sizes))[team] + 2 * rnorm(n)
  data <- data.frame(team, x, m = round(m, 2), y = round(y, 3), round(covariates, 3))
  data[sample(n), ]
}
saved <- function(data, name) {
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
  read.csv(paste0(name, ".csv"))
}
analyse <- function(data, name, q) {
  data <- saved(data, name)
  cs <- if (q > 0) paste0("c", seq_len(q)) else character(0)
  means <- aggregate(data, list(data$team), mean)
  size <- as.vector(table(data$team))
  # within: least squares with a dummy for each team
  wy <- lm(as.formula(paste("y ~ m + factor(team)", paste(c("", cs), collapse = " + "))), data)
  wm <- lm(as.formula(paste("m ~ factor(team)", paste(c("", cs), collapse = " + "))), data)
  bw <- summary(wy)$coefficients["m", ]
  rhsM <- paste(c("x", cs), collapse = " + "); rhsY <- paste(c("m", "x", cs), collapse = " + ")
  balanced <- length(unique(size)) == 1
  if (balanced) {
    # between: least squares on team means
    row <- function(response, rhs, v) { f <- lm(as.formula(paste(response, "~", rhs)), means); c(summary(f)$coefficients[v, 1:2], f$df.residual) }
    tau <- function(response, rhs, s2) max(0, summary(lm(as.formula(paste(response, "~", rhs)), means))$sigma^2 - s2 / size[1])
    a <- row("m", rhsM, "x"); b <- row("y", rhsY, "m"); cp <- row("y", rhsY, "x")
    taus <- c(tau("m", rhsM, sigma(wm)^2), tau("y", rhsY, sigma(wy)^2))
  } else {
    # between: meta-regression of team means, sampling variance sigma^2/n_j, tau^2 by Paule and Mandel, Knapp and Hartung's errors
    meta <- function(response, rhs, s2) rma(yi = means[[response]], vi = s2 / size, mods = as.formula(paste("~", rhs)), data = means, method = "PM",
      test = "knha", control = list(tol = 1e-14, maxiter = 10000, tau2.max = 1e4))
    row <- function(f, v) { i <- which(rownames(f$beta) == v); c(f$beta[i], f$se[i], f$k - f$p) }
    fm <- meta("m", rhsM, sigma(wm)^2); fy <- meta("y", rhsY, sigma(wy)^2)
    a <- row(fm, "x"); b <- row(fy, "m"); cp <- row(fy, "x")
    taus <- c(fm$tau2, fy$tau2)
  }
  mixed <- NULL
  if (balanced && q == 0) { # the mixed model's fixed effects and errors are the same when all teams are alike and tau^2 > 0
    data$mean <- ave(data$m, data$team); data$deviation <- data$m - data$mean
    control <- lmerControl(optCtrl = list(ftol_abs = 1e-14, xtol_abs = 1e-12), calc.derivs = FALSE)
    fa <- lmer(m ~ x + (1 | team), data, control = control); fb <- lmer(y ~ x + mean + deviation + (1 | team), data, control = control)
    stopifnot(!isSingular(fa), !isSingular(fb))
    mixed <- list(a = summary(fa)$coefficients["x", 1:2], b = summary(fb)$coefficients["mean", 1:2], within = summary(fb)$coefficients["deviation", 1:2])
  }
  c(list(covariates = I(cs), balanced = as.numeric(balanced), a = a, b = b, cPrime = cp, within = c(bw[1:2], wy$df.residual), tau2 = taus,
    sigma2 = c(sigma(wm)^2, sigma(wy)^2)), if (!is.null(mixed)) list(mixed = mixed))
}
cases <- list(
  balanced = analyse(teams(rep(20, 30), 0, 1.5), "balanced", 0),
  balancedBoundary = analyse(transform(teams(rep(12, 14), 2, 0)), "balancedBoundary", 2),
  unequal = analyse(teams(c(20, 34, 27, 93, 46, 40, 51, 8, 3, 15, 22, 60, 5, 12), 0, 1.5), "unequal", 0),
  unequalCovariates = analyse(teams(c(5, 9, 40, 22, 31, 18, 12, 2, 27, 60, 14, 8, 19, 25, 33, 1), 2, 1), "unequalCovariates", 2),
  unequalBoundary = analyse(teams(c(5, 9, 40, 22, 31, 18, 12, 2, 27, 60, 14, 8), 1, 0), "unequalBoundary", 1))
lines <- paste0('"', names(cases), '":', vapply(cases, json, ""))
versions <- sprintf('"R":"%s","lme4":"%s","metafor":"%s"', R.version.string, packageVersion("lme4"), packageVersion("metafor"))
writeLines(paste0("{", versions, ",\n", paste(lines, collapse = ",\n"), "}"), "cases.json")
