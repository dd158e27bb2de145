# Exact type I error of path a by ordinary regression when X belongs to teams: balanced teams, normal residuals with ICC rho.
# Given X, a-hat ~ N(0, lambda/Sxx) with lambda = 1 - rho + m rho, and RSS = lambda chi2(G - 2) + (1 - rho) chi2(n - G),
# independent of it; Sxx cancels, so the rate is E[2 Phi(-t sqrt(RSS / ((n - 2) lambda)))].
# R 4.2.2: Rscript naiveTypeIError.R prints the numbers of test/statistical/teams.test.ts.
rate <- function(G, m, rho, level = 0.95) {
  n <- G * m
  lambda <- 1 - rho + m * rho
  t <- qt((1 + level) / 2, n - 2)
  given <- function(u) sapply(u, function(u) integrate(function(v)
    2 * pnorm(-t * sqrt((lambda * u + (1 - rho) * v) / ((n - 2) * lambda))) * dchisq(v, n - G),
    qchisq(1e-12, n - G), qchisq(1 - 1e-12, n - G), rel.tol = 1e-10)$value)
  integrate(function(u) given(u) * dchisq(u, G - 2), 0, qchisq(1 - 1e-14, G - 2), rel.tol = 1e-9)$value
}
cat(sprintf("G = 14, m = 22, rho = .05: %.6f\n", rate(14, 22, 0.05)))
cat(sprintf("G = 14, m = 22, rho = 0: %.6f\n", rate(14, 22, 0)))
