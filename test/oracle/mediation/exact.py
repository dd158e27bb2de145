# The outcome regressions of the two ill-conditioned data sets in 60-digit arithmetic: R's own answers are off by up to
# 1e-10 there, because lm does not centre. Run here: python3 exact.py (needs mpmath). Writes exact.json.
import csv
import json

import mpmath as mp

mp.mp.dps = 60


def fit(name, response, predictors):
    rows = list(csv.DictReader(open(name + ".csv")))
    n, p = len(rows), len(predictors) + 1
    x = mp.matrix(n, p)
    y = mp.matrix(n, 1)
    for i, row in enumerate(rows):
        x[i, 0] = 1
        for j, predictor in enumerate(predictors):
            x[i, j + 1] = mp.mpf(float(row[predictor]))
        y[i] = mp.mpf(float(row[response]))
    inverse = (x.T * x) ** -1
    b = inverse * (x.T * y)
    e = y - x * b
    variance = (e.T * e)[0] / (n - p)
    se = [mp.sqrt(variance * inverse[j, j]) for j in range(p)]
    return {"estimate": [float(v) for v in b], "se": [float(v) for v in se]}


cases = {
    "badlyScaled": fit("badlyScaled", "score", ["dose", "alliance", "days", "income"]),
    "nearCollinear": fit("nearCollinear", "y", ["x", "m", "twin"]),
}
json.dump(cases, open("exact.json", "w"), indent=1)
