# What R's mice makes of incomplete studies. Run here: Rscript generate.R
# (Debian 12: r-base-core r-cran-mice; a few minutes). Writes <case>.csv (empty: missing) and cases.json.
suppressMessages(library(mice))
options(digits = 17)
set.seed(20250606)
num <- function(v) {
  v <- sprintf("%.17g", as.numeric(v))
  if (length(v) == 1) v else paste0("[", paste(v, collapse = ","), "]")
}
json <- function(v) {
  if (is.list(v)) return(paste0("{", paste0('"', names(v), '":', vapply(v, json, ""), collapse = ","), "}"))
  if (is.character(v)) return(paste0("[", paste(sprintf('"%s"', v), collapse = ","), "]"))
  num(v)
}
saved <- function(data, name) {
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE, na = "")
  read.csv(paste0(name, ".csv"))
}
study <- function(n, q) {
  covariates <- as.data.frame(matrix(rnorm(n * q), n, q))
  names(covariates) <- paste0("c", seq_len(q))
  x <- 28 + 4 * (0.3 * covariates$c1 + rnorm(n))
  m <- 70 + 16 * (0.3 * (x - 28) / 4 + 0.2 * covariates$c1 + rnorm(n))
  y <- 4.5 + 0.9 * (0.35 * (m - 70) / 16 + 0.1 * (x - 28) / 4 + 0.2 * covariates$c2 + rnorm(n))
  round(data.frame(x, m, y, covariates), 3)
}
blank <- function(v, p) { v[runif(length(v)) < p] <- NA; v }

# Missing completely at random: a fifth to a third of every column but c2
mcar <- study(150, 2)
for (v in c("x", "c1")) mcar[[v]] <- blank(mcar[[v]], 0.2)
for (v in c("m", "y")) mcar[[v]] <- blank(mcar[[v]], 0.33)

# Missing at random: alliance by fidelity and c1, outcome by age and the binary; the binary itself by c1; nothing of these is missing in x and c1
mar <- study(240, 2)
mar$stable <- as.numeric(runif(240) < plogis(-0.3 + 0.8 * mar$c1 + 0.5 * (mar$m - 70) / 16))
mar$age <- round(45 + 12 * rnorm(240))
mar$c2 <- NULL
mar$m <- blank(mar$m, plogis(-1 + 1.2 * mar$c1 - 0.2 * (mar$x - 28)))
mar$y <- blank(mar$y, plogis(-1.2 + (mar$age - 45) / 12))
mar$stable <- blank(mar$stable, plogis(-1 - mar$c1))

# Scales with floors and ties, one of them skewed: predictive mean matching
clip <- function(v, lo, hi) pmin(hi, pmax(lo, round(v)))
scales <- data.frame(x = clip(rnorm(130, 3, 1), 1, 5))
scales$m <- clip(2 + 0.6 * scales$x + rnorm(130), 1, 7)
scales$y <- round(exp(0.25 * scales$m + 0.5 * rnorm(130)), 1)
scales$c1 <- rpois(130, 2)
scales$x <- blank(scales$x, 0.15)
scales$m <- blank(scales$m, plogis(-1.5 + 0.4 * scales$c1))
scales$y <- blank(scales$y, 0.25)

# An outcome that a predictor separates: the binary can only be imputed with added cases
separated <- study(80, 2)
separated$late <- as.numeric(separated$x > 27)
separated$m <- blank(separated$m, 0.2)
separated$late <- blank(separated$late, 0.3)

M <- 400
ITERATIONS <- 10
impute <- function(data, name, methods, covariates) {
  data <- saved(data, name)
  withFactors <- data
  for (v in names(methods)[methods == "logreg"]) withFactors[[v]] <- factor(data[[v]], c(0, 1))
  imputed <- mice(withFactors, m = M, maxit = ITERATIONS, method = methods, donors = 5, printFlag = FALSE)
  stopifnot(identical(as.character(imputed$visitSequence), names(data)), is.null(imputed$loggedEvents))
  sets <- lapply(seq_len(M), function(j) {
    d <- complete(imputed, j)
    as.data.frame(lapply(d, function(v) if (is.factor(v)) as.numeric(as.character(v)) else v))
  })
  fits <- sapply(sets, function(d) {
    fm <- summary(lm(as.formula(paste("m ~", paste(c("x", covariates), collapse = "+"))), d))$coefficients
    fy <- summary(lm(as.formula(paste("y ~", paste(c("m", "x", covariates), collapse = "+"))), d))$coefficients
    c(fm["x", 1:2], fy["m", 1:2])
  })
  # A statistic of each data set: its mean and variance over the data sets
  overSets <- function(v) list(mean = mean(v), variance = var(v), kurtosis = mean((v - mean(v))^4) / mean((v - mean(v))^2)^2)
  incomplete <- names(data)[colSums(is.na(data)) > 0]
  columns <- lapply(incomplete, function(v) {
    values <- sapply(sets, function(d) d[[v]][is.na(data[[v]])])
    list(mean = overSets(colMeans(values)), sd = overSets(apply(values, 2, sd)),
      withY = overSets(sapply(sets, function(d) cor(d[[v]], d$y))), withM = overSets(sapply(sets, function(d) cor(d[[v]], d$m))))
  })
  names(columns) <- incomplete
  n <- nrow(data)
  q <- length(covariates)
  first <- 1:20
  pooled <- function(rows, k) {
    p <- pool.scalar(fits[rows[1], first], fits[rows[2], first]^2, n, k)
    list(estimates = fits[rows[1], first], ses = fits[rows[2], first], estimate = p$qbar, se = sqrt(p$t), df = p$df, within = p$ubar, between = p$b,
      fractionMissing = p$fmi, increase = p$r)
  }
  list(n = n, covariates = I(covariates), methods = I(unname(methods)), names = names(data), imputations = M, iterations = ITERATIONS,
    a = overSets(fits[1, ]), varianceA = overSets(fits[2, ]^2), b = overSets(fits[3, ]), varianceB = overSets(fits[4, ]^2), columns = columns,
    pooledA = pooled(1:2, 2 + q), pooledB = pooled(3:4, 3 + q), dfA = n - 2 - q, dfB = n - 3 - q)
}
cases <- list(
  mcar = impute(mcar, "mcar", c(x = "norm", m = "norm", y = "norm", c1 = "norm", c2 = ""), c("c1", "c2")),
  mar = impute(mar, "mar", c(x = "", m = "norm", y = "norm", c1 = "", stable = "logreg", age = ""), c("c1", "stable", "age")),
  scales = impute(scales, "scales", c(x = "pmm", m = "pmm", y = "pmm", c1 = ""), "c1"),
  separated = impute(separated, "separated", c(x = "", m = "norm", y = "", c1 = "", c2 = "", late = "logreg"), character(0)))
lines <- paste0('"', names(cases), '":', vapply(cases, json, ""))
writeLines(paste0('{"R":"', R.version.string, '","mice":"', packageVersion("mice"), '",\n', paste(lines, collapse = ",\n"), "}"), "cases.json")
