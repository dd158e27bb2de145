"""Reference values for sim/numerics, from mpmath at 50 digits.

    python3 test/oracle/numerics/generate.py [topic ...]

Writes one <topic>.json per topic beside this file: {"made": ..., "cases": [{"name", "args", "value"}]}.
Arguments are doubles (printed with 17 digits, used exactly); values carry 20 digits and are read as doubles.
"""
import json
import os
import random
import sys

import mpmath as mp

mp.mp.dps = 50
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


TOPICS = {"elementary": elementary, "normal": normal}

if __name__ == "__main__":
    for topic in sys.argv[1:] or TOPICS:
        write(topic, TOPICS[topic]())
