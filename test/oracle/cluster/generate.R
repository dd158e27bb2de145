# Makes the data sets of this folder and everything R says about them. Run here: Rscript generate.R
# (Debian 12: r-base-core r-cran-lme4 r-cran-lmertest r-cran-sandwich r-cran-clubsandwich; a minute). Writes <case>.csv and
# cases.json, the versions of the packages among its first lines.
suppressMessages({
  library(lme4)
  library(lmerTest)
  library(sandwich)
  library(clubSandwich)
})
options(digits = 17)
set.seed(20250318)

num <- function(v) {
  v <- ifelse(is.finite(v), sprintf("%.17g", v), "null")
  if (length(v) == 1) v else paste0("[", paste(v, collapse = ","), "]")
}
json <- function(v) {
  if (is.null(v)) return("null")
  if (is.list(v)) return(paste0("{", paste0('"', names(v), '":', vapply(v, json, ""), collapse = ","), "}"))
  if (is.character(v)) return(paste0("[", paste(sprintf('"%s"', v), collapse = ","), "]"))
  if (is.logical(v)) return(if (v) "true" else "false")
  num(as.numeric(v))
}

# ---- data: team, manager (ids unique over teams), x, m, y, covariates ------------------------------------------------
# sizes: clients per team; perManager: managers per team. sd*: between teams, between managers, within.
service <- function(sizes, perManager, a = 0.3, b = 0.3, q = 0, sdTeam = 0.3, sdManager = 0, sd = 1, xOf = "team") {
  team <- rep(seq_along(sizes), sizes)
  n <- length(team)
  manager <- team * 100 + unlist(lapply(sizes, function(k) sort(sample.int(perManager, k, TRUE))))
  of <- function(id, s) s * rnorm(length(unique(id)))[match(id, unique(id))]
  x <- if (xOf == "team") of(team, 1) + 3 else of(team, 0.5) + rnorm(n) + 3
  covariates <- as.data.frame(matrix(rnorm(n * q), n, q))
  names(covariates) <- if (q > 0) paste0("c", seq_len(q)) else character(0)
  lift <- if (q > 0) as.matrix(covariates) %*% rep(0.15, q) else 0
  m <- as.vector(10 + a * x + lift + of(team, sdTeam) + of(manager, sdManager) + sd * rnorm(n))
  y <- as.vector(5 + b * m + 0.1 * x + lift + of(team, sdTeam) + of(manager, sdManager) + sd * rnorm(n))
  data.frame(team, manager, x, m, y, covariates)
}

# 311 clients, 14 teams, 9 covariates, three managers in each team
cohort <- service(as.vector(table(factor(c(1:14, sample.int(14, 297, TRUE, 4:17)), 1:14))), 3, q = 9)
cohort$c9 <- as.numeric(cohort$c9 > 0)
# sizes from 1 to 60, fidelity constant within teams
unequal <- service(c(1, 2, 3, 5, 8, 13, 40, 60, 21, 4), 2, q = 1, sdTeam = 0.5)
# no variance between teams, and less than chance would give: the estimate lies on the boundary
flat <- service(rep(c(10, 12, 15), 4), 2, q = 2, sdTeam = 0)
for (v in c("m", "y")) flat[[v]] <- flat[[v]] - 0.9 * ave(flat[[v]], flat$team) + 0.27 * ave(flat$x, flat$team) + 0.9 * mean(flat[[v]])
# nine tenths of the variance lie between teams
steep <- service(c(6, 9, 12, 15, 7, 11, 14, 8, 10, 20), 2, q = 2, sdTeam = 3)
# x varies within teams; one covariate marks one team, so that team's I - H has an eigenvalue of 0; another marks one client
marked <- service(c(12, 20, 9, 16, 11, 14, 18), 2, q = 1, xOf = "client")
marked$site <- as.numeric(marked$team == 4)
marked$only <- as.numeric(seq_len(nrow(marked)) == 23)
# origins and units that cost a careless program its digits
badlyScaled <- service(c(15, 22, 30, 12, 25, 18, 9, 27), 3, q = 2, sdTeam = 0.5, sdManager = 0.4)
badlyScaled <- transform(badlyScaled, x = x * 1e-6, m = m + 5e4, y = y * 1e5, c1 = round(c1 * 9e6 + 2.5e7, 2), c2 = round(c2 * 4000 + 1e6))
# managers matter, teams matter less; several managers have one client
nested <- service(c(22, 15, 30, 8, 26, 12, 19, 17, 24, 9, 13, 28), 7, q = 2, sdTeam = 0.4, sdManager = 0.8)
# managers matter, teams do not
managersOnly <- service(rep(c(12, 18, 15), 4), 5, q = 1, sdTeam = 0, sdManager = 1)
for (v in c("m", "y")) managersOnly[[v]] <- managersOnly[[v]] - 0.9 * ave(managersOnly[[v]], managersOnly$team) + 0.27 * ave(managersOnly$x, managersOnly$team)

# ---- what R says ----------------------------------------------------------------------------------------------------
# `toUnits`: what each coefficient is multiplied by to be in the units of the CSV file, NA where origins were moved
robust <- function(fit, cluster, toUnits) {
  inUnits <- function(v) as.vector(as.matrix(v) * outer(toUnits, toUnits))
  of <- function(type) {
    v <- vcovCR(fit, cluster = cluster, type = type)
    satterthwaite <- coef_test(fit, vcov = v, test = "Satterthwaite")
    list(covariance = inUnits(v), df = satterthwaite$df_Satt + 0 * toUnits, p = satterthwaite$p_Satt + 0 * toUnits)
  }
  types <- c(CR0 = "CR0", CR1 = "CR1", CR1S = "CR1S", CR2 = "CR2")
  hc <- c(HC0 = "HC0", HC1 = "HC1", HC2 = "HC2", HC3 = "HC3", HC4 = "HC4")
  c(lapply(hc, function(type) list(covariance = inUnits(vcovHC(fit, type = type)))), lapply(types, of))
}

# lme4 stops when the deviance changes by less than 1e-6 unless told otherwise
control <- lmerControl(optimizer = "nloptwrap", calc.derivs = FALSE, check.scaleX = "ignore",
  optCtrl = list(algorithm = "NLOPT_LN_BOBYQA", xtol_abs = 1e-14, xtol_rel = 1e-14, ftol_abs = 1e-14, ftol_rel = 1e-15, maxeval = 100000))
mixed <- function(response, rhs, random, data, REML, toUnits = 1, unit = 1) {
  formula <- as.formula(paste(response, "~", paste(c(rhs, random), collapse = " + ")))
  fit <- suppressMessages(suppressWarnings(lmerTest::lmer(formula, data, REML = REML, control = control)))
  s <- coef(summary(fit))
  v <- as.data.frame(VarCorr(fit))
  of <- function(name) if (name %in% v$grp) v$vcov[v$grp == name] * unit^2 else NULL
  # units move the densities of n outcomes and, under REML, of P coefficients
  shift <- nrow(data) * log(unit) - if (REML) sum(log(abs(toUnits)), na.rm = TRUE) + (if (anyNA(toUnits)) log(unit) else 0) else 0
  list(estimate = s[, "Estimate"] * toUnits, se = s[, "Std. Error"] * toUnits, df = s[, "df"] + 0 * toUnits,
    p = s[, "Pr(>|t|)"] + 0 * toUnits, team = of("team"), manager = of("manager"), residual = of("Residual"),
    logLik = as.numeric(logLik(fit)) - shift, singular = isSingular(fit, tol = 1e-5))
}

equation <- function(response, predictors, data, managers, units) {
  fit <- lm(as.formula(paste(response, "~", paste(predictors, collapse = "+"))), data)
  toUnits <- if (is.null(units)) rep(1, length(predictors) + 1) else c(NA, units[[response]] / units[predictors])
  unit <- if (is.null(units)) 1 else units[[response]]
  both <- function(random) list(REML = mixed(response, predictors, random, data, TRUE, toUnits, unit),
    ML = mixed(response, predictors, random, data, FALSE, toUnits, unit))
  list(predictors = predictors, estimate = coef(fit) * toUnits, robust = robust(fit, data$team, toUnits), team = both("(1 | team)"),
    nested = if (managers) both("(1 | team) + (1 | manager)") else NULL)
}

icc <- function(response, data, units) {
  unit <- if (is.null(units)) 1 else units[[response]]
  ms <- anova(lm(data[[response]] ~ factor(data$team)))$`Mean Sq`
  size <- table(data$team)
  n0 <- (nrow(data) - sum(size^2) / nrow(data)) / (length(size) - 1)
  rho <- (ms[1] - ms[2]) / (ms[1] + (n0 - 1) * ms[2])
  null <- mixed(response, "1", "(1 | team)", data, TRUE)
  list(n0 = n0, msBetween = ms[1] * unit^2, msWithin = ms[2] * unit^2, anova = rho, designEffect = 1 + (n0 - 1) * rho,
    reml = null$team / (null$team + null$residual))
}

# `origins` and `units` of badly scaled columns: R's answers lose their digits unless the columns are rescaled first
analyse <- function(data, managers = FALSE, origins = NULL, units = NULL) {
  for (v in names(units)) data[[v]] <- (data[[v]] - origins[[v]]) / units[[v]]
  covariates <- setdiff(names(data), c("team", "manager", "x", "m", "y"))
  list(covariates = if (length(covariates) > 0) covariates else character(0), n = nrow(data), nTeams = length(unique(data$team)),
    m = equation("m", c("x", covariates), data, managers, units), y = equation("y", c("x", "m", covariates), data, managers, units),
    icc = list(m = icc("m", data, units), y = icc("y", data, units)))
}

# Written, and read back, so that R and the test see the same numbers.
saved <- function(data, name) {
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
  read.csv(paste0(name, ".csv"))
}
cases <- list(
  cohort = analyse(saved(cohort, "cohort"), TRUE),
  unequal = analyse(saved(unequal, "unequal")),
  flat = analyse(saved(flat, "flat"), TRUE),
  steep = analyse(saved(steep, "steep")),
  marked = analyse(saved(marked, "marked")),
  badlyScaled = analyse(saved(badlyScaled, "badlyScaled"), TRUE, origins = c(x = 0, m = 5e4, y = 0, c1 = 2.5e7, c2 = 1e6),
    units = c(x = 1e-6, m = 1, y = 1e5, c1 = 9e6, c2 = 4000)),
  nested = analyse(saved(nested, "nested"), TRUE),
  managersOnly = analyse(saved(managersOnly, "managersOnly"), TRUE)
)
packages <- c("lme4", "lmerTest", "sandwich", "clubSandwich")
versions <- c(R = R.version.string, vapply(packages, function(p) as.character(packageVersion(p)), ""))
lines <- paste0('"', names(cases), '":', vapply(cases, json, ""))
writeLines(c(paste0('{"versions":{', paste0('"', names(versions), '":"', versions, '"', collapse = ","), "},"),
  paste(lines, collapse = ",\n"), "}"), "cases.json")
