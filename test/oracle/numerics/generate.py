"""Reference values for sim/numerics, from mpmath at 40 digits.

    python3 test/oracle/numerics/generate.py [topic ...]

Writes one <topic>.json per topic beside this file: {"made": ..., "cases": [{"name", "args", "value"}]}.
Arguments are doubles (printed with 17 digits, used exactly); values carry 20 digits and are read as doubles.
"""
import json
import os
import random
import sys

import mpmath as mp

mp.mp.dps = 40
HERE = os.path.dirname(os.path.abspath(__file__))


def write(topic, cases):
    rows = []
    for name, args, value in cases:
        rows.append({"name": name, "args": args, "value": mp.nstr(mp.mpf(value), 20, min_fixed=0, max_fixed=0)})
    rows_text = ",\n".join(json.dumps(row) for row in rows)
    made = "mpmath %s, %d digits" % (mp.__version__, mp.mp.dps)
    with open(os.path.join(HERE, topic + ".json"), "w") as out:
        out.write('{"made": %s, "cases": [\n%s\n]}\n' % (json.dumps(made), rows_text))
    print(topic, len(rows))


def log_uniform(rng, low, high):
    return float(mp.exp(rng.uniform(float(mp.log(low)), float(mp.log(high)))))


def elementary():
    rng = random.Random(1)
    cases = []
    for i in range(400):
        x = rng.uniform(-745, 709) if i < 200 else rng.choice([-1, 1]) * log_uniform(rng, 1e-20, 50)
        cases.append(("exp", [x], mp.exp(mp.mpf(x))))
        cases.append(("expm1", [x], mp.expm1(mp.mpf(x))))
        y = log_uniform(rng, 1e-307, 1e307) if i < 200 else rng.uniform(0.3, 3)
        cases.append(("log", [y], mp.log(mp.mpf(y))))
        z = x if i >= 200 and x > -1 else log_uniform(rng, 1e-18, 1e3)
        cases.append(("log1p", [z], mp.log1p(mp.mpf(z))))
    for x in [-0.999999, -0.75, -0.5, -0.3, -0.29, -1e-5]:
        cases.append(("log1p", [x], mp.log1p(mp.mpf(x))))
    return cases


def normal():
    rng = random.Random(2)
    xs = [0.0, 0.67448975, 0.6744898, -0.67448975, 5.656854249492380, 5.656854249492381, -37.5, -30.0, 8.2]
    xs += [rng.uniform(-37.5, 8.2) for _ in range(300)] + [rng.uniform(-6, 6) for _ in range(300)]
    xs += [rng.choice([-1, 1]) * log_uniform(rng, 1e-20, 1) for _ in range(50)]
    cases = []
    for x in xs:
        cases.append(("normalCdf", [x], mp.ncdf(mp.mpf(x))))
        cases.append(("normalPdf", [x], mp.npdf(mp.mpf(x))))
    for i in range(300):
        p = log_uniform(rng, 1e-300, 0.5) if i < 150 else rng.uniform(0.001, 0.999)
        # 1 − p is exact for the doubles here, so the quantile of p is well defined to full precision.
        q = mp.mpf(p)
        start = -mp.sqrt(2) * mp.erfinv(1 - 2 * q) if p > 1e-10 else -mp.sqrt(-2 * mp.log(q))
        cases.append(("normalQuantile", [p], mp.findroot(lambda z: mp.log(mp.ncdf(z)) - mp.log(q), start)))
    return cases


def gamma_p(a, x):
    return mp.gammainc(mp.mpf(a), 0, mp.mpf(x), regularized=True)


def gamma_q(a, x):
    return mp.gammainc(mp.mpf(a), mp.mpf(x), regularized=True)


def gamma_tail_by_quadrature(a, x, upper):
    """Tail of the gamma distribution, integrated in units of the standard deviation: for shapes too large for series."""
    a, x = mp.mpf(a), mp.mpf(x)
    peak = (a - 1) * mp.log(x) - x - mp.loggamma(a)
    step = mp.sqrt(a) / (1 + abs(x - a) / mp.sqrt(a))
    density = lambda s: mp.exp((a - 1) * mp.log1p(s * step / x) - s * step)
    if upper:
        points = list(range(0, 61, 2)) + [80, 120]
    else:
        points = [-p for p in range(0, 61, 2) if x - p * step > 0] + ([-80, -120] if x > 120 * step else [])
        points = points[::-1]
    return mp.exp(peak) * step * mp.quad(density, points)


def gamma_tails(a, x):
    if a < 3000:
        return gamma_p(a, x), gamma_q(a, x)
    if x > a:
        q = gamma_tail_by_quadrature(a, x, True)
        return 1 - q, q
    p = gamma_tail_by_quadrature(a, x, False)
    return p, 1 - p


def gamma_pairs(rng):
    """(a, x) from far left to far right of the distribution, shapes 0.01 to 1e7."""
    pairs = []
    for i in range(260):
        a = log_uniform(rng, 0.01, 30) if i < 130 else log_uniform(rng, 15, 3000)
        z = rng.uniform(-9, 9) if i % 2 else rng.uniform(-30, 30)
        x = a * (1 - 1 / (9 * a) + z / (3 * a ** 0.5)) ** 3 if a > 1 else log_uniform(rng, 1e-6, 60)
        if x > 1e-8:
            pairs.append((a, float(x)))
    for i in range(40):
        a = log_uniform(rng, 3000, 1e7)
        pairs.append((a, a + rng.uniform(-9, 9) * a ** 0.5))
    pairs += [(20.0, 12.0), (20.0, 28.0), (20.0, 20.0), (0.5, 1e-20), (0.01, 0.5), (1.0, 700.0), (5.0, 6.0), (19.999, 27.9)]
    return pairs


def gamma():
    rng = random.Random(3)
    cases = []
    for i in range(200):
        x = log_uniform(rng, 1e-10, 1e10) if i < 100 else rng.uniform(0.3, 12)
        cases.append(("logGamma", [x], mp.loggamma(mp.mpf(x))))
    for x in [1 + 1e-9, 2 - 1e-9, 1.0001, 1.9999, 0.9999, 2.0001, 0.5, 1.5, 2.5, 10.0, 9.999]:
        cases.append(("logGamma", [x], mp.loggamma(mp.mpf(x))))
    for a, x in gamma_pairs(rng):
        p, q = gamma_tails(a, x)
        cases.append(("regularizedGammaP", [a, x], p))
        cases.append(("regularizedGammaQ", [a, x], q))
    return cases


def beta_value(x, a, b):
    """I_x(a, b) from the hypergeometric series whose terms are all positive, at as many digits as it needs."""
    x, a, b = mp.mpf(x), mp.mpf(a), mp.mpf(b)
    return mp.exp(a * mp.log(x) + b * mp.log1p(-x) - mp.log(a) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b)) * (
        positive_series(lambda n: (a + b + n) / (a + 1 + n) * x)
    )


def positive_series(ratio):
    term = total = mp.mpf(1)
    n = 0
    while True:
        r = ratio(n)
        term *= r
        total += term
        n += 1
        if r < 1 and term < total * mp.mpf(10) ** -32 * (1 - r):
            return total


def beta():
    rng = random.Random(4)
    cases = []
    for i in range(250):
        a = log_uniform(rng, 0.25, 2000)
        b = log_uniform(rng, 0.25, 2000) if i % 2 else rng.choice([0.5, 1.0, 2.5])
        sd = (a * b / (a + b + 1)) ** 0.5 / (a + b)
        x = a / (a + b) + rng.uniform(-9, 4) * sd if i % 3 else rng.uniform(0, 1)
        if 1e-9 < x < 0.999:
            cases.append(("regularizedBeta", [x, a, b], beta_value(x, a, b)))
    for x in [1e-30, 1e-5, 0.5]:
        for a, b in [(0.5, 0.5), (1.0, 1.0), (30.0, 0.5), (0.5, 155.0)]:
            cases.append(("regularizedBeta", [x, a, b], beta_value(x, a, b)))
    return cases


def t_tail(t, df):
    """P(T > t) for t > 0: the positive hypergeometric series where it converges, else quadrature of the density."""
    t, df = mp.mpf(t), mp.mpf(df)
    log_constant = mp.loggamma((df + 1) / 2) - mp.loggamma(df / 2) - mp.log(mp.pi * df) / 2
    x = df / (df + t * t)
    if x < 0.9:
        a = df / 2
        term = mp.exp(log_constant + a * mp.log(x) + mp.log(t) - mp.log1p(t * t / df) / 2) / df
        return term * positive_series(lambda n: (a + mp.mpf(1) / 2 + n) / (a + 1 + n) * x)
    if t < 2:
        return mp.mpf(1) / 2 - t_centre(t, df)
    # Here df > 36 and t >= 2: the density falls about like e^(-t s).
    log_density = lambda s: -(df + 1) / 2 * mp.log1p((t + s) ** 2 / df)
    peak = log_density(mp.mpf(0))
    points = [k / t for k in (0, 1, 2, 4, 8, 16, 32, 64, 128)]
    return mp.exp(log_constant + peak) * mp.quad(lambda s: mp.exp(log_density(s) - peak), points)


def t_centre(t, df):
    """P(0 < T < t)."""
    t, df = mp.mpf(t), mp.mpf(df)
    log_constant = mp.loggamma((df + 1) / 2) - mp.loggamma(df / 2) - mp.log(mp.pi * df) / 2
    y = t * t / (df + t * t)
    term = mp.exp(log_constant - df / 2 * mp.log1p(t * t / df) + mp.log(t) - mp.log1p(t * t / df) / 2)
    return term * positive_series(lambda n: (df / 2 + mp.mpf(1) / 2 + n) / (mp.mpf(3) / 2 + n) * y)


def t_cdf(t, df):
    return t_tail(-t, df) if t < -0.01 else (1 - t_tail(t, df) if t > 0.01 else mp.mpf(1) / 2 + mp.sign(t) * t_centre(abs(t), df))


def student_t():
    rng = random.Random(5)
    cases = []
    for i in range(300):
        df = [log_uniform(rng, 0.3, 30), log_uniform(rng, 10, 1000), log_uniform(rng, 1, 1e7)][i % 3]
        t = rng.uniform(0.01, 6) if i % 2 else log_uniform(rng, 0.05, 40)
        cases.append(("tTwoSidedP", [t, df], 2 * t_tail(t, df)))
    for df in [0.5, 1.0, 2.0, 3.0, 14.9, 15.0, 307.0, 309.0, 1e7]:
        for t in [0.03, 1.0, 1.96, df ** 0.5 * 0.999999, df ** 0.5 * 1.000001, 20.0, 30.0]:
            if t < 100:
                cases.append(("tTwoSidedP", [t, df], 2 * t_tail(t, df)))
    for i in range(80):
        df, t = log_uniform(rng, 0.5, 1e5), rng.uniform(-8, 8)
        cases.append(("tCdf", [t, df], t_cdf(mp.mpf(t), df)))
    for i in range(150):
        df = log_uniform(rng, 0.3, 1e6)
        t = [-log_uniform(rng, 0.5, 30), rng.uniform(-3, 3), rng.choice([-1, 1]) * log_uniform(rng, 1e-14, 0.5)][i % 3]
        cases.append(t_quantile_case(t, df))
    for df in [1, 2, 3, 12, 30, 307, 309, 1000]:
        for t in [1e-12, 1.9, 2.5, -1.96, -0.6]:
            cases.append(t_quantile_case(t, df))
    return cases


def t_quantile_case(t, df):
    """Quantile of the double p nearest to P(T <= t): one Newton step from t, whose error is the square of p's rounding."""
    cdf = t_cdf(t, df)
    p = float(cdf)
    d = mp.mpf(df)
    density = mp.exp(mp.loggamma((d + 1) / 2) - mp.loggamma(d / 2) - mp.log(mp.pi * d) / 2 - (d + 1) / 2 * mp.log1p(mp.mpf(t) ** 2 / d))
    return ("tQuantile", [p, df], mp.mpf(t) + (p - cdf) / density)


def chi_square():
    rng = random.Random(6)
    cases = []
    for i in range(60):
        df, z = log_uniform(rng, 0.1, 3000), rng.uniform(-6, 6)
        x = float(df * max(0.01, 1 - 2 / (9 * df) + z * (2 / (9 * df)) ** 0.5) ** 3)
        p, q = gamma_tails(df / 2, x / 2)
        cases.append(("chiSquareCdf", [x, df], p))
        cases.append(("chiSquareUpper", [x, df], q))
    for i in range(150):
        df = log_uniform(rng, 0.3, 3000)
        z = rng.uniform(-15 if df > 5 else -5, 4.5)
        root = 1 - 2 / (9 * df) + z * (2 / (9 * df)) ** 0.5
        x = float(df * root ** 3) if root > 0.3 else log_uniform(rng, 1e-12, 0.05) * df
        cdf = gamma_p(df / 2, x / 2)
        p = float(cdf)
        # One Newton step from x to the quantile of the double p; its error is the square of p's rounding.
        density = mp.exp((mp.mpf(df) / 2 - 1) * mp.log(mp.mpf(x) / 2) - mp.mpf(x) / 2 - mp.loggamma(mp.mpf(df) / 2)) / 2
        cases.append(("chiSquareQuantile", [p, df], x + (p - cdf) / density))
    return cases


def f_distribution():
    rng = random.Random(7)
    cases = []
    for i in range(100):
        df1, df2 = rng.choice([1, 2, 3, 9, 12, 40.5]), rng.choice([3, 30, 299, 309, 2000])
        f = log_uniform(rng, 0.01, 200)
        # x is formed at full precision from the doubles f, df1, df2.
        x = mp.mpf(df2) / (mp.mpf(df2) + mp.mpf(df1) * mp.mpf(f))
        cases.append(("fUpper", [f, df1, df2], beta_value(x, mp.mpf(df2) / 2, mp.mpf(df1) / 2)))
    return cases


def normal_score(p, q):
    """z with P(Z <= z) = p, from the smaller of p and q = 1 - p."""
    tail, sign = (p, -1) if p < q else (q, 1)
    start = mp.sqrt(2) * mp.erfinv(1 - 2 * tail) if tail > 1e-10 else mp.sqrt(-2 * mp.log(tail) - mp.log(-4 * mp.pi * mp.log(tail)))
    return sign * mp.findroot(lambda z: mp.log(mp.ncdf(-z)) - mp.log(tail), start)


def quantile_table():
    """("cubeRoot", [z, df]): cube root of (chi-square quantile at the normal score z) / df."""
    rng = random.Random(8)
    cases = []
    for df in [0.5, 0.7, 1, 2, 3.5, 10, 30, 309, 1000, 5000]:
        for i in range(24):
            z = rng.uniform(-8.2, 8.2)
            root = 1 - 2 / (9 * df) + z * (2 / (9 * df)) ** 0.5
            x = mp.mpf(df * root ** 3 if root > 0.3 else log_uniform(rng, 1e-9, 0.05) * df)
            p, q = gamma_tails(mp.mpf(df) / 2, x / 2)
            z = normal_score(p, q)
            if abs(z) > 8.3:
                continue
            z_double = float(z)
            # One Newton step in z from the exact pair (x, z); its error is the square of z's rounding.
            density = mp.exp((mp.mpf(df) / 2 - 1) * mp.log(x / 2) - x / 2 - mp.loggamma(mp.mpf(df) / 2)) / 2
            x_double = x + (z_double - z) * mp.npdf(z) / density
            cases.append(("cubeRoot", [z_double, df], mp.cbrt(x_double / df)))
    return cases


def wilson():
    cases = []
    for n in [1, 2, 10, 400, 1000, 20000, 10 ** 7]:
        for s in sorted({0, 1, n // 2, n - 1, n, n // 37}):
            for level in [0.95, 0.99]:
                z = normal_score((1 - mp.mpf(level)) / 2, 1 - (1 - mp.mpf(level)) / 2)
                share, square = mp.mpf(s) / n, z * z / n
                half = mp.sqrt(square * (share * (1 - share) + square / 4))
                cases.append(("lower", [s, n, level], (share + square / 2 - half) / (1 + square)))
                cases.append(("upper", [s, n, level], (share + square / 2 + half) / (1 + square)))
    return cases


def gauss_legendre():
    """("integral", [n, power]): what an exact rule gives for x^power over [-1, 1]; ("node"/"weight", [n, i])."""
    cases = [("integral", [n, k], mp.mpf(2) / (k + 1) if k % 2 == 0 else mp.mpf(0)) for n in [1, 2, 5, 16, 40] for k in [0, 1, 2 * n - 2]]
    for n in [1, 2, 3, 8, 31, 64, 200]:
        for i in sorted({n - 1, n // 2, (3 * n) // 4}):
            guess = mp.cos(mp.pi * (n - i - mp.mpf(1) / 4) / (n + mp.mpf(1) / 2))
            x = mp.findroot(lambda t: mp.legendre(n, t), (guess, guess + mp.mpf(10) ** -8)) if n % 2 == 0 or i != n // 2 else mp.mpf(0)
            slope = n * (mp.legendre(n - 1, x) - x * mp.legendre(n, x)) / (1 - x * x)
            cases.append(("node", [n, i], x))
            cases.append(("weight", [n, i], 2 / ((1 - x * x) * slope ** 2)))
    return cases


def product_integral(x, a, se_a, b, se_b, inner):
    """Integral over the first factor of its density times inner(second factor's score, value of the first)."""
    z_a, t = mp.mpf(a) / se_a, mp.mpf(x) / se_a / se_b
    z_b = mp.mpf(b) / se_b
    low, high = z_a - 14, z_a + 14
    # Cut the range at 0 and wherever the second factor's score crosses a whole number: there the integrand bends.
    points = {low, high, z_a - 4, z_a, z_a + 4}
    if low < 0 < high:
        points.add(mp.mpf(0))
        points |= {sign * mp.mpf(10) ** -k for k in range(1, 8) for sign in (-1, 1)}
    for k in range(-14, 15, 2):
        if z_b + k != 0 and low < t / (z_b + k) < high:
            points.add(t / (z_b + k))
    return mp.quad(lambda u: mp.npdf(u - z_a) * inner(t / u - z_b, u) if u != 0 else mp.mpf(0), sorted(points))


def product_normal_cdf(x, a, se_a, b, se_b):
    if x == 0:
        z_a, z_b = mp.mpf(a) / se_a, mp.mpf(b) / se_b
        return mp.ncdf(z_a) * mp.ncdf(-z_b) + mp.ncdf(-z_a) * mp.ncdf(z_b)
    return product_integral(x, a, se_a, b, se_b, lambda score, u: mp.ncdf(score if u > 0 else -score))


def product_normal_density(x, a, se_a, b, se_b):
    return product_integral(x, a, se_a, b, se_b, lambda score, u: mp.npdf(score) / abs(u)) / se_a / se_b


def product_normal():
    rng = random.Random(9)
    mp.mp.dps = 25
    cases = []
    for i in range(70):
        z_a = [rng.uniform(0, 7), rng.uniform(-7, 7), rng.choice([-1, 1]) * log_uniform(rng, 5, 1e4)][i % 3]
        z_b = rng.uniform(-8, 8) if i % 2 else rng.uniform(0, 6)
        se_a, se_b = log_uniform(rng, 1e-3, 10), log_uniform(rng, 1e-3, 10)
        a, b = z_a * se_a, z_b * se_b
        sd = (z_a * z_a + z_b * z_b + 1) ** 0.5
        x = (z_a * z_b + rng.uniform(-4, 4) * sd) * se_a * se_b if i % 5 else rng.choice([-1, 1]) * log_uniform(rng, 1e-9, 1) * se_a * se_b
        add_product_cases(cases, x, a, se_a, b, se_b)
    for a, b, se_a, se_b, xs in [
        (0.2, 0.4, 1.0, 1.0, [-2.188179, 0.015962, 2.587222]),
        (0.3, 0.4, 0.1, 0.05, [0.040196, 0.11834, 0.209068]),
        (0.1, 0.2, 0.05, 0.03, [0.00039, 0.019578, 0.041916]),
        (0.0, 0.0, 1.0, 1.0, [-2.181949, 0.3, 2.181949]),
        (3.0, 0.0, 1.0, 1.0, [-1.0, 1e-6, 5.0]),
    ]:
        for x in xs:
            add_product_cases(cases, x, a, se_a, b, se_b)
    mp.mp.dps = 40
    return cases


def add_product_cases(cases, x, a, se_a, b, se_b):
    cdf = product_normal_cdf(x, a, se_a, b, se_b)
    cases.append(("productNormalCdf", [x, a, se_a, b, se_b], cdf))
    p = float(cdf)
    if 1e-4 < p < 1 - 1e-4 and abs(x) > 1e-4 * se_a * se_b:
        # One Newton step from x to the quantile of the double p.
        cases.append(("productNormalQuantile", [p, a, se_a, b, se_b], x + (p - cdf) / product_normal_density(x, a, se_a, b, se_b)))


def noncentral_t_cdf(t, df, ncp, upper=False):
    """E Phi(t R - ncp) over the chi density, by Gauss-Legendre quadrature in ln R."""
    t, df, ncp = mp.mpf(t), mp.mpf(df), mp.mpf(ncp)
    log_constant = mp.log(2) + df / 2 * mp.log(df / 2) - mp.loggamma(df / 2)
    density = lambda y: mp.exp(log_constant + df * y - df * mp.exp(2 * y) / 2)
    sign = -1 if upper else 1
    width = 1 / mp.sqrt(2 * df)
    low = min(-14 * width, -60 / df)
    high = min(14 * width, mp.mpf(5))
    points = {low, high, mp.mpf(0)} | {k * width for k in range(-12, 13, 2) if low < k * width < high}
    points |= {low * mp.mpf(k) / 8 for k in range(1, 8)}
    for k in range(-8, 9, 2):
        if (ncp + k) * t > 0 and low < mp.log((ncp + k) / t) < high:
            points.add(mp.log((ncp + k) / t))
    return mp.quad(lambda y: density(y) * mp.ncdf(sign * (t * mp.exp(y) - ncp)), sorted(points))


def noncentral_t():
    rng = random.Random(10)
    mp.mp.dps = 25
    cases = []
    for i in range(60):
        df = [log_uniform(rng, 0.3, 5), log_uniform(rng, 3, 500), log_uniform(rng, 100, 1e6)][i % 3]
        ncp = rng.uniform(-40, 40) if i % 4 == 0 else rng.uniform(0.01, 6)
        t = ncp + rng.uniform(-5, 5) if i % 2 else rng.uniform(-3, 8)
        cases.append(("noncentralTCdf", [t, df, ncp], noncentral_t_cdf(t, df, ncp)))
        cases.append(("noncentralTUpper", [t, df, ncp], noncentral_t_cdf(t, df, ncp, True)))
    mp.mp.dps = 40
    return cases


def noncentral_f_cdf(f, df1, df2, ncp):
    x = mp.mpf(df1) * f / (mp.mpf(df1) * f + df2)
    half = mp.mpf(ncp) / 2
    total = mp.mpf(0)
    for j in range(int(half + 40 * mp.sqrt(half + 1) + 60)):
        weight = mp.exp(-half + j * mp.log(half) - mp.loggamma(j + 1))
        if weight > mp.mpf(10) ** -30:
            total += weight * mp.betainc(mp.mpf(df1) / 2 + j, mp.mpf(df2) / 2, 0, x, regularized=True)
    return total


def noncentral_f():
    rng = random.Random(11)
    cases = []
    for i in range(40):
        df1 = rng.choice([1, 1, 2, 3, 9, 2.5])
        df2 = [rng.randint(1, 12), rng.randint(10, 400), log_uniform(rng, 100, 5000)][i % 3]
        ncp = log_uniform(rng, 1e-3, 400)
        f = (1 + ncp / df1) * log_uniform(rng, 0.1, 5)
        cases.append(("noncentralFCdf", [f, df1, df2, ncp], noncentral_f_cdf(f, df1, df2, ncp)))
    return cases


TOPICS = {
    "elementary": elementary,
    "normal": normal,
    "gamma": gamma,
    "beta": beta,
    "studentT": student_t,
    "chiSquare": chi_square,
    "fDistribution": f_distribution,
    "quantileTable": quantile_table,
    "wilson": wilson,
    "quadrature": gauss_legendre,
    "productNormal": product_normal,
    "noncentralT": noncentral_t,
    "noncentralF": noncentral_f,
}

if __name__ == "__main__":
    for topic in sys.argv[1:] or TOPICS:
        write(topic, TOPICS[topic]())
