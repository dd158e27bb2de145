# Where does the likelihood of a mixed model have its maximum, to more digits than a search of the deviance can give? Run
# here: Rscript generate.R (Debian 12: r-base-core r-cran-lme4 r-cran-lmertest; a minute). Writes the data sets of this
# folder, and to optima.json the maxima, the ICC where lme4 stops, and degrees of freedom near the boundary.
#
# A search that looks at the deviance alone ends where it changes by less than rounding, at about the root of double
# precision: 1e-8 of the ratio at best. The maximum is therefore taken where the score is 0.
# One intercept: with K an orthonormal basis of what X leaves of n dimensions, and K'ZZ'K = U diag(d) U', the variables
#   r = U'K'y are independent, normal, with variances s2 (1 + t d):
#   REML = sum(log(1 + t d)) + N log(sum(r^2 / (1 + t d))); ML has log|V| in place of the first sum.
# Two intercepts: Newton's method on the score from n x n matrices. No answer of lme4 enters the maxima.
suppressMessages({
  library(lme4)
  library(lmerTest)
})
set.seed(20250607)

num <- function(v) {
  v <- ifelse(is.finite(v), sprintf("%.17g", v), "null")
  if (length(v) == 1) v else paste0("[", paste(v, collapse = ","), "]")
}
json <- function(v) {
  if (is.null(v)) return("null")
  if (is.list(v)) return(paste0("{", paste0('"', names(v), '":', vapply(v, json, ""), collapse = ","), "}"))
  if (is.logical(v)) return(if (v) "true" else "false")
  if (inherits(v, "AsIs")) return(paste0("[", paste(sprintf('"%s"', v), collapse = ","), "]"))
  if (is.character(v)) return(sprintf('"%s"', v))
  num(as.numeric(v))
}

# ---- data -----------------------------------------------------------------------------------------------------------
# sizes: clients per manager, a list with one vector per team
study <- function(sizes, sdTeam, sdManager) {
  team <- rep(seq_along(sizes), vapply(sizes, sum, 0))
  manager <- rep(seq_along(unlist(sizes)), unlist(sizes))
  of <- function(id) rnorm(max(id))[id]
  x <- round(of(team), 2)
  c1 <- round(rnorm(length(team)), 2)
  y <- round(20 + 0.4 * x + 0.3 * c1 + sdTeam * of(team) + sdManager * of(manager) + rnorm(length(team)), 3)
  data.frame(team, manager, x, c1, y)
}
saved <- function(data, name) {
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
  read.csv(paste0(name, ".csv"))
}
balanced <- saved(study(rep(list(c(3, 3)), 9), 0.6, 0), "balanced")
lopsided <- saved(study(list(1, 2, 3, 5, 8, 13, 40, 60, 21, 4), 0.5, 0), "lopsided")
fewTeams <- saved(study(list(4, 9, 7, 3), 1.5, 0), "fewTeams")
managers <- saved(study(list(c(1, 4, 2, 7), c(3, 3), c(12, 5, 1, 1, 6), c(2, 9), c(8, 1, 3), c(4, 4, 5, 6), c(10, 2)), 0.5, 0.7), "managers")
cohort <- read.csv("../mediation/cohort311.csv")
names(cohort)[names(cohort) == "cm"] <- "manager"

# ---- one intercept --------------------------------------------------------------------------------------------------
design <- function(data, predictors) cbind(1, as.matrix(data[predictors]))
indicators <- function(id) outer(id, unique(id), "==") + 0

# Derivatives of the deviance by t. `value` serves to choose among roots only.
oneIntercept <- function(y, X, id, REML) {
  n <- nrow(X)
  K <- qr.Q(qr(X), complete = TRUE)[, -seq_len(ncol(X)), drop = FALSE]
  e <- eigen(tcrossprod(crossprod(K, indicators(id))), symmetric = TRUE)
  d <- pmax(e$values, 0)
  d[d < 1e-10 * max(d)] <- 0
  r2 <- as.vector(crossprod(e$vectors, crossprod(K, y)))^2
  N <- if (REML) n - ncol(X) else n
  det <- if (REML) d else as.vector(table(id))
  value <- function(t) sum(log1p(t * det)) + N * log(sum(r2 / (1 + t * d)))
  score <- function(t) sum(det / (1 + t * det)) - N * sum(r2 * d / (1 + t * d)^2) / sum(r2 / (1 + t * d))
  # Every change of sign on a fine grid, and 0 where the deviance rises from there.
  grid <- c(0, 10^seq(-7, 7, length.out = 2801))
  s <- vapply(grid, score, 0)
  at <- which(s[-length(s)] < 0 & s[-1] >= 0)
  roots <- vapply(at, function(i) uniroot(score, grid[c(i, i + 1)], tol = 1e-15 * grid[i + 1], maxiter = 10000)$root, 0)
  if (s[1] >= 0) roots <- c(0, roots)
  t <- roots[which.min(vapply(roots, value, 0))]
  s2 <- sum(r2 / (1 + t * d)) / N
  list(team = s2 * t, manager = NULL, residual = s2, nMaxima = length(roots))
}

# ---- two intercepts -------------------------------------------------------------------------------------------------
# Gradient and Hessian of the profiled deviance by the ratios (managers, teams), from n x n matrices
derivatives <- function(y, X, Zs, ratios, REML) {
  n <- nrow(X)
  V <- diag(n)
  for (i in seq_along(Zs)) V <- V + ratios[i] * tcrossprod(Zs[[i]])
  W <- chol2inv(chol(V))
  WX <- W %*% X
  XWX <- crossprod(X, WX)
  P <- W - WX %*% solve(XWX, t(WX))
  N <- if (REML) n - ncol(X) else n
  T <- if (REML) P else W
  Py <- P %*% y
  rss <- sum(y * Py)
  k <- length(Zs)
  u <- lapply(Zs, function(Z) crossprod(Z, Py))
  shrink <- vapply(u, function(v) sum(v^2), 0) / rss
  gradient <- vapply(seq_len(k), function(i) sum(diag(crossprod(Zs[[i]], T %*% Zs[[i]]))), 0) - N * shrink
  hessian <- matrix(0, k, k)
  for (i in seq_len(k)) for (j in seq_len(k)) {
    across <- sum(u[[i]] * crossprod(Zs[[i]], P %*% (Zs[[j]] %*% u[[j]]))) / rss
    hessian[i, j] <- -sum(crossprod(Zs[[i]], T %*% Zs[[j]])^2) + N * (2 * across - shrink[i] * shrink[j])
  }
  value <- N * log(rss) + as.numeric(determinant(V)$modulus) + if (REML) as.numeric(determinant(XWX)$modulus) else 0
  list(value = value, gradient = gradient, hessian = hessian, residual = rss / N)
}

# From the three best points of a grid: Newton on the ratios that are not held at 0; the best end counts
twoIntercepts <- function(y, X, manager, team, REML) {
  Zs <- list(indicators(manager), indicators(team))
  starts <- as.matrix(expand.grid(c(0, 0.02, 0.1, 0.4, 1.5), c(0, 0.02, 0.1, 0.4, 1.5)))
  values <- apply(starts, 1, function(s) derivatives(y, X, Zs, s, REML)$value)
  best <- NULL
  for (start in order(values)[1:3]) {
    ratios <- starts[start, ]
    for (iteration in 1:60) {
      now <- derivatives(y, X, Zs, ratios, REML)
      free <- ratios > 0 | now$gradient < 0
      if (!any(free)) break
      H <- now$hessian[free, free, drop = FALSE]
      # Towards positive definite where it is not: a shorter step downhill
      low <- min(eigen(H, symmetric = TRUE)$values)
      if (low <= 0) H <- H + diag(1.5 * abs(low) + 1, sum(free))
      step <- -solve(H, now$gradient[free])
      share <- 1
      repeat {
        trial <- ratios
        trial[free] <- pmax(0, ratios[free] + share * step)
        moved <- max(abs(trial - ratios) / (ratios + 0.01))
        if (moved < 1e-5 || derivatives(y, X, Zs, trial, REML)$value < now$value) break
        share <- share / 2
      }
      ratios <- trial
      if (moved < 1e-13) break
    }
    end <- derivatives(y, X, Zs, ratios, REML)
    stopifnot(all(end$gradient[ratios == 0] >= 0), all(abs(end$gradient[ratios > 0]) < 1e-8))
    if (is.null(best) || end$value < best$value - 1e-9) best <- list(value = end$value, ratios = ratios, residual = end$residual)
  }
  list(team = best$residual * best$ratios[2], manager = best$residual * best$ratios[1], residual = best$residual, nMaxima = NULL)
}

# ---- fits -----------------------------------------------------------------------------------------------------------
icc <- function(v) v$team / (v$team + (if (is.null(v$manager)) 0 else v$manager) + v$residual)
lme4Icc <- function(data, response, predictors, nested, REML) {
  random <- if (nested) "(1 | team/manager)" else "(1 | team)"
  formula <- as.formula(paste(response, "~", paste(c(1, predictors, random), collapse = "+")))
  v <- as.data.frame(VarCorr(suppressMessages(suppressWarnings(lme4::lmer(formula, data, REML = REML)))))
  of <- function(name) sum(v$vcov[v$grp %in% name])
  of("team") / sum(v$vcov)
}
optimum <- function(name, data, response, predictors, nested = FALSE, REML = TRUE) {
  y <- data[[response]]
  X <- design(data, predictors)
  own <- if (nested) twoIntercepts(y, X, data$manager, data$team, REML) else oneIntercept(y, X, data$team, REML)
  list(data = name, response = response, predictors = I(predictors), nested = nested, method = if (REML) "REML" else "ML",
    team = own$team, manager = own$manager, residual = own$residual, icc = icc(own), nMaxima = own$nMaxima,
    lme4 = lme4Icc(data, response, predictors, nested, REML))
}
sets <- list(balanced = balanced, lopsided = lopsided, fewTeams = fewTeams, managers = managers, cohort311 = cohort)
plans <- list(
  list("balanced", "y", character(0)), list("balanced", "y", c("x", "c1")), list("lopsided", "y", character(0)), list("lopsided", "y", c("x", "c1")),
  list("fewTeams", "y", character(0)), list("fewTeams", "y", "c1"), list("managers", "y", character(0)), list("managers", "y", c("x", "c1")),
  list("managers", "y", character(0), TRUE), list("managers", "y", c("x", "c1"), TRUE), list("balanced", "y", "c1", TRUE))
covariates <- c("qol0", "age", "gender", "stable")
for (nested in c(FALSE, TRUE)) for (with in list(character(0), covariates)) plans <- c(plans, list(
  list("cohort311", "rpr", character(0), nested), list("cohort311", "rpr", c("fidelity", with), nested),
  list("cohort311", "qol", character(0), nested), list("cohort311", "qol", c("fidelity", "rpr", with), nested)))
plans <- plans[!duplicated(vapply(plans, deparse1, ""))]
fits <- list()
for (REML in c(TRUE, FALSE)) for (p in plans)
  fits <- c(fits, list(optimum(p[[1]], sets[[p[[1]]]], p[[2]], p[[3]], length(p) > 3 && p[[4]], REML)))

# Equal teams: the REML estimate without predictors is that of the analysis of variance.
ms <- anova(lm(y ~ factor(team), balanced))$`Mean Sq`
closed <- list(msBetween = ms[1], msWithin = ms[2], k = 6, icc = (ms[1] - ms[2]) / (ms[1] + 5 * ms[2]))

# ---- degrees of freedom near the boundary ----------------------------------------------------------------------------
# The team means of `lopsided`'s y are pulled together until the ratio's estimate is as wished (below 0: until it is 0).
# df: 2 v^2 / (g'Ag), g and A by the ratio and s2 from n x n matrices; at 0 n - P, as the ratio's square root, in which lme4
# works, has no slope there. lmerTest takes differences of the deviance, which lose their digits near 0.
exactDf <- function(y, X, Z, ratio, residual) {
  n <- nrow(X)
  W <- solve(diag(n) + ratio * tcrossprod(Z))
  C <- solve(crossprod(X, W %*% X))
  P <- W - W %*% X %*% C %*% crossprod(X, W)
  ZPy <- crossprod(Z, P %*% y)
  ZPZ <- crossprod(Z, P %*% Z)
  B <- C %*% crossprod(X, W %*% Z)
  N <- n - ncol(X)
  # Deviance N log s2 + y'Py/s2 + log|V| + log|X'V^-1X|, twice differentiated by (ratio, s2)
  H <- matrix(c(-sum(ZPZ^2) + 2 * sum(ZPy * (ZPZ %*% ZPy)) / residual, rep(sum(ZPy^2) / residual^2, 2), N / residual^2), 2)
  A <- 2 * solve(H)
  vapply(seq_len(ncol(X)), function(j) {
    v <- residual * C[j, j]
    g <- c(residual * sum(B[j, ]^2), C[j, j])
    2 * v^2 / as.numeric(t(g) %*% A %*% g)
  }, 0)
}
pulled <- function(share) {
  fixed <- lm(y ~ x + c1, lopsided)
  e <- residuals(fixed)
  fitted(fixed) + e - (1 - share) * ave(e, lopsided$team)
}
X <- design(lopsided, c("x", "c1"))
Z <- indicators(lopsided$team)
near <- lapply(c(0.1, 0.01, 1e-3, 1e-4, 1e-6, 0), function(wish) {
  ratioOf <- function(share) {
    v <- oneIntercept(pulled(share), X, lopsided$team, TRUE)
    v$team / v$residual
  }
  share <- if (wish > 0) uniroot(function(s) ratioOf(s) - wish, c(0, 2), tol = 1e-14)$root else 0.2
  y <- pulled(share)
  v <- oneIntercept(y, X, lopsided$team, TRUE)
  fit <- suppressMessages(suppressWarnings(lmerTest::lmer(y ~ x + c1 + (1 | team), data.frame(lopsided[c("team", "x", "c1")], y = y),
    control = lmerControl(calc.derivs = FALSE, optCtrl = list(algorithm = "NLOPT_LN_BOBYQA", xtol_abs = 1e-14, xtol_rel = 1e-14, ftol_abs = 1e-14, ftol_rel = 1e-15, maxeval = 1e5)))))
  list(y = y, team = v$team, residual = v$residual, df = if (v$team > 0) exactDf(y, X, Z, v$team / v$residual, v$residual) else rep(nrow(X) - ncol(X), ncol(X)),
    lmerTest = as.vector(coef(summary(fit))[, "df"]), lmerRatio = as.numeric(getME(fit, "theta"))^2)
})

# ---- written --------------------------------------------------------------------------------------------------------
packages <- c("lme4", "lmerTest")
versions <- c(R = R.version.string, vapply(packages, function(p) as.character(packageVersion(p)), ""))
writeLines(c(paste0('{"versions":{', paste0('"', names(versions), '":"', versions, '"', collapse = ","), "},"),
  paste0('"fits":[\n', paste(vapply(fits, json, ""), collapse = ",\n"), "],"),
  paste0('"balanced":', json(closed), ","),
  paste0('"nearBoundary":[\n', paste(vapply(near, json, ""), collapse = ",\n"), "]"), "}"), "optima.json")
