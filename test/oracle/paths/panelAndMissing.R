# What R makes of panels and of studies with missing values: power of the lagged indirect effect by lm, and where listwise
# regressions end up with very many clients. Writes panelAndMissing.json.
#   Rscript panelAndMissing.R
library(jsonlite)
set.seed(20261126)

# --- the panel: X, M, Y at a wave depend on the wave before; raw coefficients, var(X) = 1, residual SDs 1 -------------------
a <- .25; b <- .22; cp <- .1
A <- rbind(c(.6, 0, 0), c(a, .4, .15), c(cp, b, .3))
stationary <- function(A, psi) matrix(solve(diag(9) - A %x% A, as.vector(diag(psi))), 3)
psi <- c(1 - .6^2, 1, 1)
Sigma <- stationary(A, psi)
stopifnot(abs(Sigma[1, 1] - 1) < 1e-12)

panel <- function(n, waves) {
  v <- matrix(rnorm(3 * n), n) %*% chol(Sigma)
  out <- list(v)
  for (t in seq_len(waves)[-1]) {
    v <- v %*% t(A) + matrix(rnorm(3 * n), n) %*% diag(sqrt(psi))
    out[[t]] <- v
  }
  out
}
# t and its df for coefficient `at` of y on an intercept and X
tOf <- function(X, y, at) {
  X <- cbind(1, X)
  inverse <- solve(crossprod(X))
  beta <- inverse %*% crossprod(X, y)
  df <- nrow(X) - ncol(X)
  s2 <- sum((y - X %*% beta)^2) / df
  c(beta[at + 1] / sqrt(s2 * inverse[at + 1, at + 1]), df)
}
significant <- function(t) abs(t[1]) > qt(.975, t[2])
first <- function(w) significant(tOf(w[[1]], w[[2]][, 2], 1)) && significant(tOf(w[[2]], w[[3]][, 3], 2))
half <- function(w) significant(tOf(w[[1]], w[[2]][, 2], 1)) && significant(tOf(w[[1]], w[[2]][, 3], 2))
equal <- function(w) {
  before <- do.call(rbind, w[-length(w)])
  after <- do.call(rbind, w[-1])
  n <- nrow(w[[1]])
  wave <- rep(seq_len(length(w) - 1), each = n)
  X <- cbind(before, outer(wave, seq_len(max(wave))[-1], "=="))
  significant(tOf(X, after[, 2], 1)) && significant(tOf(X, after[, 3], 2))
}
R <- 20000
rate <- function(test, n, waves) mean(replicate(R, test(panel(n, waves))))
powers <- list(
  first = rate(first, 150, 3),
  half = rate(half, 150, 2),
  equal = rate(equal, 60, 4)
)

# --- one occasion, n large: what complete cases estimate ------------------------------------------------------------------
big <- 4e6
x <- rnorm(big); m <- .4 * x + rnorm(big); y <- .1 * x + .3 * m + rnorm(big)
z <- function(v) (v - mean(v)) / sd(v)
intercept <- function(share, slope) uniroot(function(alpha) integrate(function(u) plogis(alpha + slope * u) * dnorm(u), -9, 9, rel.tol = 1e-12)$value - share, c(-60, 60), tol = 1e-12)$root
limits <- function(keep) c(
  share = mean(!keep),
  a = unname(coef(lm.fit(cbind(1, x[keep]), m[keep]))[2]),
  b = unname(coef(lm.fit(cbind(1, x[keep], m[keep]), y[keep]))[3])
)
alpha <- intercept(.3, 1.2)
cases <- list(
  marOnY = limits(runif(big) >= plogis(alpha + 1.2 * z(y))),
  marOnX = limits(runif(big) >= plogis(alpha + 1.2 * z(x))),
  mnarY = limits(runif(big) >= plogis(alpha + 1.2 * z(y)))
)
write_json(
  list(
    versions = list(R = R.version.string),
    panel = list(a = a, b = b, cPrime = cp, replications = R, sigma = Sigma, power = powers),
    limits = list(n = big, slope = 1.2, share = .3, intercept = alpha, cases = lapply(cases, as.list))
  ),
  "panelAndMissing.json", auto_unbox = TRUE, digits = 12, pretty = TRUE
)
