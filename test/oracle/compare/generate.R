# Paired differences, Holm's p values, and numbers of replications, by R; and what stopping at a half-width does to coverage.
# Run here: Rscript generate.R   (writes cases.json)
library(jsonlite)
set.seed(20260201)

paired <- function(name, base, other) {
  ok <- !is.na(base) & !is.na(other)
  test <- t.test(other[ok], base[ok], paired = TRUE)
  d <- (other - base)[ok]
  list(
    name = name, base = base, other = other,
    nPairs = sum(ok), nUndefined = sum(!ok),
    meanBase = mean(base[ok]), meanOther = mean(other[ok]), difference = unname(test$estimate),
    mcse = unname(test$stderr), ci = as.numeric(test$conf.int), sd = sd(d), p = test$p.value,
    varianceRatio = (var(base[ok]) + var(other[ok])) / var(d)
  )
}

luck <- rnorm(40, 70, 3)
holes <- luck + rnorm(40, .5, .4)
holes[c(3, 17, 18)] <- NA
cases <- list(
  paired("shared luck", luck, luck + rnorm(40, .3, .5)),
  paired("luck of their own", rnorm(30, 5, 2), rnorm(30, 6, 3)),
  paired("two pairs", c(1, 2), c(1.5, 3.25)),
  paired("some undefined", luck, holes),
  paired("large numbers", 2e6 + rnorm(25, 0, 1e3), 2.01e6 + rnorm(25, 0, 1e3))
)

# The smallest n with t(.975; n - 1) sd / sqrt(n) <= tolerance, by trying every n.
smallest <- function(sd, tolerance) {
  n <- 2:60000
  n[which(qt(.975, n - 1) * sd / sqrt(n) <= tolerance)[1]]
}
runs <- lapply(list(c(1, 1), c(1, .5), c(1, .1), c(2.5, .031), c(1, .01), c(1, 20)), function(x)
  list(sd = x[1], tolerance = x[2], runs = smallest(x[1], x[2])))

holm <- lapply(list(c(.01, .04, .03, .005), c(.2, .9, .0001), c(.02, .02, .02), .3, c(.6, .7)), function(p)
  list(p = as.list(p), adjusted = as.list(p.adjust(p, "holm"))))

# Coverage of the interval at which the rule stops: looks at 30, then a tenth more each time. Normal differences with SD 1 and
# mean 0; "needed" replications give the half-width asked for if the SD is known.
looks <- 30
while (max(looks) < 2000) looks <- c(looks, max(looks) + ceiling(max(looks) / 10))
coverage <- lapply(c(20, 30, 40, 60, 100, 200, 500), function(needed) {
  n <- looks[looks <= max(100, 2.5 * needed)]
  quantile <- qt(.975, n - 1)
  tolerance <- qnorm(.975) / sqrt(needed)
  covered <- replicate(20000, {
    x <- rnorm(max(n))
    mean <- cumsum(x)[n] / n
    half <- quantile * sqrt((cumsum(x^2)[n] - n * mean^2) / (n - 1)) / sqrt(n)
    at <- which(half <= tolerance)[1]
    if (is.na(at)) at <- length(n)
    abs(mean[at]) <= half[at]
  })
  list(needed = needed, coverage = mean(covered), mcse = sqrt(mean(covered) * (1 - mean(covered)) / 20000))
})

write_json(
  list(
    versions = list(R = paste(R.version$major, R.version$minor, sep = "."), jsonlite = as.character(packageVersion("jsonlite"))),
    looks = looks, paired = cases, runs = runs, holm = holm, coverage = coverage
  ),
  "cases.json", auto_unbox = TRUE, digits = 16, na = "null"
)
