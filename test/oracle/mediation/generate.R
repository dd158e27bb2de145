# Makes the data sets of this folder and everything R says about them. Run here: Rscript generate.R
# (R 4.2.2, base packages only; the bootstraps take a few minutes). Writes <case>.csv and cases.json.
options(digits = 17)
set.seed(20240611)

num <- function(v) {
  v <- ifelse(is.finite(v), sprintf("%.17g", v), "null")
  if (length(v) == 1) v else paste0("[", paste(v, collapse = ","), "]")
}
json <- function(v) {
  if (is.null(v)) return("null")
  if (is.list(v)) return(paste0("{", paste0('"', names(v), '":', vapply(v, json, ""), collapse = ","), "}"))
  if (is.character(v)) {
    return(paste0("[", paste(sprintf('"%s"', v), collapse = ","), "]"))
  }
  if (is.logical(v)) return(if (v) "true" else "false")
  num(as.numeric(v))
}

# ---- data -----------------------------------------------------------------------------------------------------------
tiny <- data.frame(x = c(1.1, 2.3, 0.4, 3.8, 2.9, 1.7, 4.2, 3.1), m = c(2.0, 2.6, 1.9, 3.9, 3.2, 2.9, 3.3, 4.1))
tiny$y <- c(1.2, 1.9, 1.5, 3.4, 2.2, 2.8, 3.0, 3.9)

n <- 120 # five-point and seven-point scales: ties everywhere
clip <- function(v, lo, hi) pmin(hi, pmax(lo, round(v)))
likert <- data.frame(support = clip(rnorm(n, 3, 1), 1, 5))
likert$trust <- clip(2 + 0.5 * likert$support + rnorm(n), 1, 7)
likert$wellbeing <- clip(1 + 0.4 * likert$trust + 0.1 * likert$support + rnorm(n), 1, 7)
likert$sex <- rbinom(n, 1, 0.4)
likert$visits <- rpois(n, 2)

n <- 200 # units and origins that cost a careless program its digits
badlyScaled <- data.frame(days = round(rnorm(n, 1e6, 4000)), income = round(rnorm(n, 2.5e7, 9e6), 2))
badlyScaled$dose <- rnorm(n) * 1e-6
badlyScaled$alliance <- 5e4 + 3e6 * 0.4 * badlyScaled$dose + 2e-4 * (badlyScaled$days - 1e6) + rnorm(n)
badlyScaled$score <- 1e-3 * (0.3 * (badlyScaled$alliance - 5e4) + 1e-8 * badlyScaled$income + rnorm(n))

n <- 150 # a covariate that is the predictor but for one part in a thousand
nearCollinear <- data.frame(x = rnorm(n))
nearCollinear$twin <- nearCollinear$x + 1e-3 * rnorm(n)
nearCollinear$m <- 0.5 * nearCollinear$x + rnorm(n)
nearCollinear$y <- 0.4 * nearCollinear$m + rnorm(n)

n <- 90 # two arms of unequal size, a site dummy with a single 1 (leverage 1)
binary <- data.frame(arm = rep(c(0, 1), c(60, 30)))
binary$m <- 0.6 * binary$arm + rnorm(n)
binary$y <- 0.5 * binary$m - 0.2 * binary$arm + rexp(n)
binary$age <- sample(18:70, n, TRUE)
binary$site <- as.numeric(seq_len(n) == 17)

# No file: the test builds the same columns from integers.
i <- 1:5000
u <- function(a, m) ((i * a) %% m) / m
large <- data.frame(x = u(7919, 10007), e = u(104729, 9973), g = u(1299709, 9941), z = u(15485863, 9887))
large$m <- 0.3 * large$x + large$e
large$y <- 0.2 * large$m + 0.05 * large$x + 0.1 * large$z + large$g
large <- large[c("x", "m", "y", "z")]

# ---- what R says ----------------------------------------------------------------------------------------------------
table_of <- function(fit) {
  s <- summary(fit)
  co <- s$coefficients
  f <- s$fstatistic
  list(names = rownames(co), estimate = co[, 1], se = co[, 2], t = co[, 3], p = co[, 4], df = s$df[2],
    lo = confint(fit)[, 1], hi = confint(fit)[, 2], rSquared = s$r.squared, adjustedRSquared = s$adj.r.squared,
    sigma = s$sigma, f = f[[1]], fP = pf(f[[1]], f[[2]], f[[3]], lower.tail = FALSE))
}

product_cdf <- function(x, a, sa, b, sb) {
  given <- function(u) { # P(a*b* <= x | a* = a + sa u)
    s <- a + sa * u
    dnorm(u) * ifelse(s > 0, pnorm((x / s - b) / sb), pnorm((x / s - b) / sb, lower.tail = FALSE))
  }
  root <- -a / sa
  f <- function(lo, hi) if (hi > lo) integrate(given, lo, hi, rel.tol = 1e-12, abs.tol = 1e-15, subdivisions = 5000)$value else 0
  cuts <- sort(c(-10, 10, pmin(10, pmax(-10, root + c(-1, -0.1, -0.01, 0, 0.01, 0.1, 1)))))
  sum(mapply(f, head(cuts, -1), tail(cuts, -1)))
}
product_limit <- function(p, a, sa, b, sb) {
  sd <- sqrt(a^2 * sb^2 + b^2 * sa^2 + sa^2 * sb^2)
  sd * uniroot(function(x) product_cdf(x * sd, a, sa, b, sb) - p, a * b / sd + c(-12, 12), tol = 1e-13)$root
}

normal_theory <- function(ab, se) {
  z <- ab / se
  list(se = se, z = z, p = 2 * pnorm(-abs(z)), lo = ab - qnorm(.975) * se, hi = ab + qnorm(.975) * se)
}

# ab of the rows `rows`, NA where the design is singular
ab_of <- function(xm, m, xy, y, rows) {
  fm <- .lm.fit(xm[rows, , drop = FALSE], m[rows])
  fy <- .lm.fit(xy[rows, , drop = FALSE], y[rows])
  if (fm$rank < ncol(xm) || fy$rank < ncol(xy)) NA else fm$coefficients[2] * fy$coefficients[3]
}

bootstrap <- function(xm, m, xy, y, ab, acceleration, B) {
  n <- length(y)
  values <- replicate(B, ab_of(xm, m, xy, y, sample.int(n, n, TRUE)))
  kept <- sort(values[!is.na(values)])
  B <- length(kept)
  share <- (sum(kept < ab) + sum(kept == ab) / 2) / B
  z0 <- qnorm(share)
  position <- function(w, acc) pnorm(z0 + (z0 + w) / (1 - acc * (z0 + w)))
  limit <- function(p, g = 0) { # g: how fast p moves with z0's share
    reach <- 2 * sqrt(p * (1 - p) / B)
    spacing <- diff(quantile(kept, p + c(-1, 1) * reach, type = 6)) / (2 * reach)
    v <- (g^2 * share * (1 - share) + p * (1 - p) - 2 * g * (min(p, share) - p * share)) / B
    c(quantile(kept, p, type = 6), spacing * sqrt(v))
  }
  corrected <- function(acc) {
    both <- sapply(qnorm(c(.025, .975)), function(w) {
      p <- position(w, acc)
      limit(p, dnorm(qnorm(p)) * (1 + 1 / (1 - acc * (z0 + w))^2) / dnorm(z0))
    })
    list(ci = both[1, ], mcse = both[2, ])
  }
  plain <- sapply(c(.025, .975), limit)
  list(B = B, nDegenerate = length(values) - B, se = sd(kept), seMcse = sd(kept) * sqrt((mean(((kept - mean(kept)) / sd(kept))^4) - 1) / (4 * B)),
    z0 = z0, percentile = list(ci = plain[1, ], mcse = plain[2, ]), bc = corrected(0), bca = corrected(acceleration))
}

analyse <- function(data, x, m, y, covariates = character(0), B = 0, acceleration = TRUE) {
  rhs <- paste(c(x, covariates), collapse = "+")
  fm <- lm(as.formula(paste(m, "~", rhs)), data)
  fy <- lm(as.formula(paste(y, "~", paste(c(x, m, covariates), collapse = "+"))), data)
  ft <- lm(as.formula(paste(y, "~", rhs)), data)
  a <- coef(fm)[[x]]; b <- coef(fy)[[m]]; cp <- coef(fy)[[x]]; ct <- coef(ft)[[x]]
  sa <- summary(fm)$coefficients[x, 2]; sb <- summary(fy)$coefficients[m, 2]
  ab <- a * b
  s <- sapply(data[c(x, m, y)], sd)
  partial_r <- function(fit, v) {
    co <- summary(fit)$coefficients[v, ]
    co[[3]] / sqrt(co[[3]]^2 + fit$df.residual)
  }
  xm <- model.matrix(fm); xy <- model.matrix(fy)[, c("(Intercept)", x, m, covariates)]
  acc <- NULL
  if (acceleration) { # by n refits; a column that is constant without a case is left out, as lm does
    out <- sapply(seq_len(nrow(data)), function(i) {
      am <- coef(lm.fit(xm[-i, , drop = FALSE], data[[m]][-i]))[[x]]
      am * coef(lm.fit(xy[-i, , drop = FALSE], data[[y]][-i]))[[m]]
    })
    d <- mean(out) - out
    acc <- sum(d^3) / (6 * sum(d^2)^1.5)
  }
  goodman <- a^2 * sb^2 + b^2 * sa^2 - sa^2 * sb^2
  list(columns = c(x, m, y), covariates = covariates, n = nrow(data),
    mediator = table_of(fm), outcome = table_of(fy), total = table_of(ft), ab = ab,
    sobel = normal_theory(ab, sqrt(a^2 * sb^2 + b^2 * sa^2)),
    aroian = normal_theory(ab, sqrt(a^2 * sb^2 + b^2 * sa^2 + sa^2 * sb^2)),
    goodman = if (goodman > 0) normal_theory(ab, sqrt(goodman)) else NULL,
    effectSizes = list(partiallyStandardized = ab / s[[3]], completelyStandardized = ab * s[[1]] / s[[3]],
      aStandardized = a * s[[1]] / s[[2]], bStandardized = b * s[[2]] / s[[3]], cPrimeStandardized = cp * s[[1]] / s[[3]],
      cStandardized = ct * s[[1]] / s[[3]], partialRA = partial_r(fm, x), partialRB = partial_r(fy, m),
      proportionMediated = ab / ct, ratioIndirectToDirect = ab / cp, upsilon = (ab * s[[1]] / s[[3]])^2),
    product = list(ci = c(product_limit(.025, a, sa, b, sb), product_limit(.975, a, sa, b, sb))),
    acceleration = acc,
    bootstrap = if (B > 0) bootstrap(xm, data[[m]], xy, data[[y]], ab, acc, B) else NULL)
}

# Written, and read back, so that R and the test see the same numbers.
saved <- function(data, name) {
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
  read.csv(paste0(name, ".csv"))
}
cases <- list(
  tiny = analyse(saved(tiny, "tiny"), "x", "m", "y"),
  likert = analyse(saved(likert, "likert"), "support", "trust", "wellbeing", c("sex", "visits"), B = 200000),
  badlyScaled = analyse(saved(badlyScaled, "badlyScaled"), "dose", "alliance", "score", c("days", "income")),
  nearCollinear = analyse(saved(nearCollinear, "nearCollinear"), "x", "m", "y", "twin"),
  binary = analyse(saved(binary, "binary"), "arm", "m", "y", c("age", "site")),
  binaryPlain = analyse(read.csv("binary.csv"), "arm", "m", "y", B = 200000),
  large = analyse(large, "x", "m", "y", "z", acceleration = FALSE)
)
lines <- paste0('"', names(cases), '":', vapply(cases, json, ""))
writeLines(paste0('{"R":"', R.version.string, '",\n', paste(lines, collapse = ",\n"), "}"), "cases.json")
