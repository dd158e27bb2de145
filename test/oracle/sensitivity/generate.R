# Morris's elementary effects on the grid of four levels: exact moments by enumeration, and measures of given effects.
# Run here: Rscript generate.R   (writes cases.json)
library(jsonlite)
set.seed(20260202)

p <- 4
delta <- p / (2 * (p - 1))
levels <- (0:(p - 1)) / (p - 1)
low <- levels[1:(p / 2)] # where a step up can begin

# Morris (1991): 20 inputs, w = 2 (x - 1/2), and 2 (1.1 x / (x + .1) - 1/2) for inputs 3, 5 and 7. Coefficients 20 (inputs 1 to 10),
# -15 (pairs of 1 to 6), -10 (triples of 1 to 5), 5 (quadruple 1 to 4); those that Morris drew at random are 0 here.
w <- function(x, i) if (i %in% c(3, 5, 7)) 2 * (1.1 * x / (x + .1) - .5) else 2 * (x - .5)
morris <- function(x) { # n x 20
  v <- matrix(sapply(1:20, function(i) w(x[, i], i)), nrow(x))
  y <- 20 * rowSums(v[, 1:10, drop = FALSE])
  for (i in 1:5) for (j in (i + 1):6) y <- y - 15 * v[, i] * v[, j]
  for (i in 1:3) for (j in (i + 1):4) for (l in (j + 1):5) y <- y - 10 * v[, i] * v[, j] * v[, l]
  y + 5 * v[, 1] * v[, 2] * v[, 3] * v[, 4]
}

# All other inputs of 1 to 6 at every level, each equally likely; inputs 7 to 20 do not interact and stay at 0.
exact <- t(sapply(1:20, function(i) {
  others <- setdiff(1:6, i)
  grid <- as.matrix(expand.grid(c(rep(list(levels), length(others)), list(low))))
  x <- matrix(0, nrow(grid), 20)
  x[, others] <- grid[, seq_along(others)]
  x[, i] <- grid[, ncol(grid)]
  y <- x
  y[, i] <- y[, i] + delta
  effect <- (morris(y) - morris(x)) / delta
  n <- length(effect)
  c(mean(effect), mean(abs(effect)), sqrt(mean((effect - mean(effect))^2)), sqrt(mean((abs(effect) - mean(abs(effect)))^2)),
    sqrt(max(0, mean((effect - mean(effect))^4) - mean((effect - mean(effect))^2)^2)))
}))

sets <- lapply(list(rnorm(10, .3, 1), rnorm(4, -2, .2), c(1.5, -.5), c(0, 0, .2)), function(effects) {
  interval <- function(x) as.numeric(t.test(x)$conf.int)
  ci <- interval(abs(effects))
  list(
    effects = effects, mu = mean(effects), muCi = interval(effects), muStar = mean(abs(effects)), sigma = sd(effects),
    ci = c(max(0, ci[1]), ci[2])
  )
})

x <- matrix(sample(levels, 20 * 5, TRUE), 5)
write_json(
  list(
    versions = list(R = paste(R.version$major, R.version$minor, sep = "."), jsonlite = as.character(packageVersion("jsonlite"))),
    points = lapply(1:5, function(r) list(x = x[r, ], y = morris(x[r, , drop = FALSE]))),
    morris = lapply(1:20, function(i) list(mu = exact[i, 1], muStar = exact[i, 2], sigma = exact[i, 3], sdOfSize = exact[i, 4], sdOfSquare = exact[i, 5])),
    measures = sets
  ),
  "cases.json", auto_unbox = TRUE, digits = 16
)
