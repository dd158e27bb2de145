# Exact power of the tests of ab, by another road than models/exact: population by covariance matrices, then plain
# many-node Gauss-Legendre over (sigma, w) with R's own noncentral t for path b, w = numerator of t_a
# (models/exact integrates over t_b and never calls a noncentral t; it never forms a covariance matrix either).
#   Rscript generate.R > cases.json
# Needs nothing but base R.

gauss_legendre <- function(n) {
  k <- seq_len(n - 1)
  off <- k / sqrt(4 * k^2 - 1)
  m <- matrix(0, n, n)
  m[cbind(k, k + 1)] <- off
  m[cbind(k + 1, k)] <- off
  e <- eigen(m, symmetric = TRUE)
  list(x = rev(e$values), w = rev(2 * e$vectors[1, ]^2))
}
gl <- list(short = gauss_legendre(80), mid = gauss_legendre(120), long = gauss_legendre(300))
on <- function(rule, low, high) {
  half <- (high - low) / 2
  list(x = low + half * (1 + rule$x), w = half * rule$w)
}

# Observed regressions of the population, from the covariance matrix of its sources.
population <- function(p) {
  q <- p$nCovariates
  vx <- if (is.na(p$share)) 1 else p$share * (1 - p$share)
  f <- g <- 0
  if (p$standardized) {
    a <- p$a / sqrt(vx)
    cp <- p$cPrime / sqrt(vx)
    b <- p$b
    ve <- 1 - p$a^2 - p$rSquaredM
    vy <- 1 - (p$cPrime + p$a * p$b)^2 - p$rSquaredY - b^2 * ve
  } else {
    a <- p$a; b <- p$b; cp <- p$cPrime
    ve <- p$sdM^2
    vy <- p$sdY^2
  }
  # R-squared on the covariates fix f and g: solved by root finding, not by formula.
  build <- function(f, g) {
    # rows: X, K, M, Y; columns: sources X, K, e1, e2
    L <- rbind(c(1, 0, 0, 0), c(0, 1, 0, 0), c(a, f, 1, 0), c(cp + a * b, g + b * f, b, 1))
    L %*% diag(c(vx, 1, ve, vy)) %*% t(L)
  }
  if (q > 0) {
    if (p$rSquaredM > 0) f <- uniroot(function(f) { S <- build(f, 0); S[2, 3]^2 / S[3, 3] - p$rSquaredM }, c(0, 50), tol = 1e-15)$root
    share <- function(slope) { S <- build(f, slope - b * f); S[2, 4]^2 / S[4, 4] - p$rSquaredY }
    g <- (if (p$rSquaredY > 0) uniroot(share, c(0, 50), tol = 1e-15)$root else 0) - b * f
  }
  S <- build(f, g)
  S[1, 1] <- S[1, 1] / p$relX
  S[3, 3] <- S[3, 3] / p$relM
  S[4, 4] <- S[4, 4] / p$relY
  pm <- c(1, 2)
  slopesM <- solve(S[pm, pm], S[pm, 3])
  ve <- S[3, 3] - sum(slopesM * S[pm, 3])
  py <- c(1, 2, 3)
  slopesY <- solve(S[py, py], S[py, 4])
  vy <- S[4, 4] - sum(slopesY * S[py, 4])
  list(a = slopesM[1], ve = ve, b = slopesY[3], vy = vy, vx = S[1, 1])
}

power <- function(p) {
  pop <- population(p)
  n <- p$nClients; k <- p$nCovariates
  dfA <- n - 2 - k; dfB <- n - 3 - k; d <- n - 1 - k
  slope <- abs(pop$a) / sqrt(pop$ve)
  # root of the sum of squares of X given the covariates, and its weights
  if (is.na(p$share)) {
    u <- on(gl$short, sqrt(qchisq(1e-13, d)), sqrt(qchisq(1e-13, d, lower.tail = FALSE)))
    u$w <- u$w * dchisq(u$x^2, d) * 2 * u$x
    u$x <- u$x * sqrt(pop$vx)
  } else {
    ones <- floor(n * p$share + 0.5)
    sxx <- ones * (n - ones) / n
    if (k == 0) u <- list(x = sqrt(sxx), w = 1)
    else {
      phi <- on(gl$mid, 0, if (k / d > 0.5) pi / 2 else min(pi / 2, 9 * sqrt((k + 8) / d)))
      u <- list(x = sqrt(sxx) * cos(phi$x),
                w = phi$w * exp((d - 1) * log(cos(phi$x)) + (k - 1) * log(sin(phi$x)) - lbeta(d / 2, k / 2) + log(2)))
    }
  }
  stopifnot(abs(sum(u$w) - 1) < 1e-10)
  means <- slope * u$x
  fW <- function(w) drop(outer(w, means, function(w, m) dnorm(w - m) + dnorm(w + m)) %*% u$w)
  GW <- function(w) drop(outer(w, means, function(w, m) pnorm(m - w) + pnorm(-m - w)) %*% u$w)
  top <- max(means) + 9

  s <- on(gl$mid, sqrt(qchisq(1e-13, dfA) / dfA), sqrt(qchisq(1e-13, dfA, lower.tail = FALSE) / dfA))
  s$w <- s$w * dchisq(s$x^2 * dfA, dfA) * 2 * s$x * dfA
  stopifnot(abs(sum(s$w) - 1) < 1e-10)
  delta <- abs(pop$b) * sqrt(pop$ve * dfA / pop$vy) * s$x
  beyond <- function(t, ncp) pt(t, dfB, ncp, lower.tail = FALSE) + pt(-t, dfB, ncp)

  alpha <- 1 - p$level
  ca <- qt(alpha / 2, dfA, lower.tail = FALSE)
  cb <- qt(alpha / 2, dfB, lower.tail = FALSE)
  joint <- sum(s$w * GW(ca * s$x) * beyond(cb, delta))

  z <- qnorm(alpha / 2, lower.tail = FALSE)
  # w from z*sigma up, clustered at the lower end where the partner's critical value goes to infinity
  y <- on(gl$long, 0, 1)
  region <- function(partner) {
    total <- 0
    for (j in seq_along(s$x)) {
      cuts <- c(z * s$x[j], z * s$x[j] + 3, top)
      if (cuts[3] <= cuts[2]) cuts <- c(cuts[1], top)
      if (cuts[2] <= cuts[1]) next
      w1 <- cuts[1] + (cuts[2] - cuts[1]) * y$x^4
      v1 <- (cuts[2] - cuts[1]) * 4 * y$x^3 * y$w
      if (length(cuts) == 3) {
        w1 <- c(w1, cuts[2] + (cuts[3] - cuts[2]) * y$x)
        v1 <- c(v1, (cuts[3] - cuts[2]) * y$w)
      }
      limit <- partner(w1 / s$x[j])
      h <- ifelse(is.finite(limit), beyond(pmin(limit, 1e8), delta[j]), 0)
      total <- total + s$w[j] * sum(v1 * fW(w1) * h)
    }
    total
  }
  family <- function(m) function(t) z * sqrt((t^2 + m) / (t^2 - z^2))
  product <- function(t) {
    p0 <- pnorm(-t)
    q <- (alpha / 2 - p0) / (1 - 2 * p0)
    ifelse(q > 0, qnorm(pmax(q, 1e-300), lower.tail = FALSE), Inf)
  }
  strip <- 0
  for (j in seq_along(s$x)) {
    t <- 1 - y$x^2
    w <- t * s$x[j]
    inner <- sqrt(1 - t^2)
    outer_ <- z * inner / sqrt(z^2 - t^2)
    strip <- strip + s$w[j] * sum(y$w * 2 * y$x * s$x[j] * fW(w) * (beyond(inner, delta[j]) - beyond(outer_, delta[j])))
  }
  c(jointSignificance = joint, sobel = region(family(0)), aroian = region(family(1)),
    goodman = region(family(-1)) + strip, productDistribution = region(product))
}

base <- list(a = 0.3, b = 0.3, cPrime = 0.1, standardized = FALSE, share = NA, sdM = 1, sdY = 1, nCovariates = 0,
             rSquaredM = 0, rSquaredY = 0, relX = 1, relM = 1, relY = 1, nClients = 100, level = 0.95)
case <- function(...) modifyList(base, list(...))
cases <- list(
  case(cPrime = 0, a = 0.14, b = 0.14, nClients = 530),
  case(cPrime = 0, a = 0.26, b = 0.59, nClients = 119),
  case(cPrime = 0, a = 0.26, b = 0.59, nClients = 120),
  case(cPrime = 0, a = 0.59, b = 0.59, nClients = 36),
  case(cPrime = 0, a = 0.14, b = 0.59, nClients = 412),
  case(cPrime = 0, a = 0.14, b = 0.39, nClients = 422),
  case(a = 0, b = 0, nClients = 50),
  case(a = 0, b = 0.59, nClients = 200),
  case(a = -0.3, b = 0.2, cPrime = -0.4),
  case(standardized = TRUE, nClients = 114),
  case(standardized = TRUE, a = 0.5, b = 0.5, cPrime = 0.3, nClients = 25),
  case(standardized = TRUE, nCovariates = 9, rSquaredM = 0.07, rSquaredY = 0.25, a = 0.165, b = 0.12, cPrime = 0, nClients = 311),
  case(nCovariates = 3, rSquaredM = 0.2, rSquaredY = 0.3, sdM = 2, sdY = 0.7, a = 0.5, b = 0.15, nClients = 90),
  case(nCovariates = 20, rSquaredM = 0.5, rSquaredY = 0.1, nClients = 60),
  case(relX = 0.8, relM = 0.7, relY = 0.9, nClients = 150),
  case(relX = 0.6, standardized = TRUE, nCovariates = 2, rSquaredM = 0.1, rSquaredY = 0.1, nClients = 200),
  case(level = 0.99, nClients = 120),
  case(level = 0.9, nClients = 60),
  case(level = 0.5, nClients = 12),
  case(share = 0.5, a = 0.5, b = 0.3, cPrime = 0, nClients = 100),
  case(share = 0.3, a = 0.9, b = 0.4, nClients = 41),
  case(share = 0.2, standardized = TRUE, relM = 0.8, nClients = 120),
  case(share = 0.5, a = 0.6, nCovariates = 1, nClients = 80),
  case(share = 0.3, a = 0.9, nCovariates = 4, rSquaredM = 0.1, rSquaredY = 0.2, nClients = 40),
  case(share = 0.4, a = 1.2, b = 0.9, nCovariates = 12, rSquaredM = 0.1, rSquaredY = 0.2, nClients = 24),
  case(nClients = 4, a = 1, b = 1),
  case(nClients = 5, a = 2, b = 0.5),
  case(nClients = 6, a = 0.5, b = 3),
  case(nClients = 8, a = 1.2, b = 1.2),
  case(share = 0.5, nClients = 7, nCovariates = 2, a = 2, b = 1),
  case(nClients = 20, a = 3, b = 0.3),
  case(nClients = 15, a = 0.3, b = 3),
  case(nClients = 3000, a = 0.05, b = 0.05, cPrime = 0),
  case(nClients = 200000, a = 0.006, b = 0.006, cPrime = 0)
)
number <- function(x) if (is.na(x)) "null" else if (is.logical(x)) tolower(as.character(x)) else trimws(formatC(x, digits = 12, format = "g", width = 1))
record <- function(x) paste0("{", paste0("\"", names(x), "\": ", vapply(x, number, ""), collapse = ", "), "}")
rows <- vapply(cases, function(p) paste0("  {\"given\": ", record(p), ",\n   \"power\": ", record(as.list(power(p))), "}"), "")
# The 16 cells of Fritz & MacKinnon (2007) at the N they print, and around the smallest N for .80.
effects <- c(S = 0.14, H = 0.26, M = 0.39, L = 0.59)
printed <- list(
  jointSignificance = c(530, 402, 403, 403, 407, 159, 124, 120, 405, 125, 74, 58, 405, 122, 59, 36),
  sobel = c(667, 450, 422, 412, 450, 196, 144, 127, 421, 145, 90, 66, 410, 129, 67, 42),
  productDistribution = c(539, 402, 401, 402, 402, 161, 125, 120, 404, 124, 74, 57, 404, 121, 58, 35))
cells <- character()
for (i in 1:4) for (j in 1:4) {
  at <- function(n, test) power(case(a = effects[[i]], b = effects[[j]], cPrime = 0, nClients = n))[[test]]
  parts <- vapply(names(printed), function(test) {
    n <- printed[[test]][(i - 1) * 4 + j]
    here <- at(n, test)
    best <- n
    value <- here
    if (here >= 0.8) repeat { below <- at(best - 1, test); if (below < 0.8) break; best <- best - 1; value <- below }
    else repeat { below <- value; best <- best + 1; value <- at(best, test); if (value >= 0.8) break }
    paste0("\"", test, "\": ", record(list(n = n, power = here, smallestN = best, powerAtSmallestN = value, powerBelow = below)))
  }, "")
  cells <- c(cells, paste0("  {\"cell\": \"", names(effects)[i], names(effects)[j], "\", ", paste(parts, collapse = ",\n   "), "}"))
}

cat("{\"source\": \"", R.version.string, ", base packages; generate.R\",\n \"cases\": [\n", paste(rows, collapse = ",\n"),
    "\n ],\n \"fritzMacKinnon2007\": [\n", paste(cells, collapse = ",\n"), "\n]}\n", sep = "")
