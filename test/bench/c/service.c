/* A client-week of the service model in plain C: the same random numbers (Threefry, 7 uniforms and 5 normals), the same
 * arithmetic per client and the same bounds that spare exponentials, in the simplest loops that a C programmer would
 * write; the compiler may vectorize as it likes. Left out: whatever is done per team and case manager, and who comes and
 * goes: nobody does. Built by test/bench/measure.ts with gcc -O3 -march=native.
 *
 * usage: service CLIENTS WEEKS REPEATS
 * prints: the median seconds per play, the mean alliance at the end, and the sum of the normal draws of
 * (who = 0 … CLIENTS - 1, when = 0) in the stream (1, 2) (%.17g).
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROTATE(x, r) (((x) << (r)) | ((x) >> (32 - (r))))
#define ROUND(r) x0 += x1; x1 = ROTATE(x1, r) ^ x0;

static inline void threefry(uint32_t k0, uint32_t k1, uint32_t c0, uint32_t c1, uint32_t *w0, uint32_t *w1) {
  uint32_t k2 = 0x1bd11bdau ^ k0 ^ k1, x0 = c0 + k0, x1 = c1 + k1;
  ROUND(13) ROUND(15) ROUND(26) ROUND(6)
  x0 += k1; x1 += k2 + 1;
  ROUND(17) ROUND(29) ROUND(16) ROUND(24)
  x0 += k2; x1 += k0 + 2;
  ROUND(13) ROUND(15) ROUND(26) ROUND(6)
  x0 += k0; x1 += k1 + 3;
  ROUND(17) ROUND(29) ROUND(16) ROUND(24)
  x0 += k1; x1 += k2 + 4;
  ROUND(13) ROUND(15) ROUND(26) ROUND(6)
  x0 += k2; x1 += k0 + 5;
  *w0 = x0;
  *w1 = x1;
}

/* out[i] = (k + 1/2) 2^-52, k from the top 26 bits of both words; shifted by -1/2 if centred. */
static void uniforms(uint32_t what, uint32_t when, const uint32_t *who, int n, double shift, double *restrict out) {
  for (int i = 0; i < n; i++) {
    uint32_t w0, w1;
    threefry(what, 2, who[i], when, &w0, &w1);
    out[i] = ((int32_t)(w0 >> 6) * 67108864.0 + (int32_t)(w1 >> 6)) * 0x1p-52 + (0x1p-53 + shift);
  }
}

#define HORNER(x, c) ((((((((c)[0] * (x) + (c)[1]) * (x) + (c)[2]) * (x) + (c)[3]) * (x) + (c)[4]) * (x) + (c)[5]) * (x) + (c)[6]) * (x) + (c)[7])

/* Wichura (1988), AS 241: centre, tails up to r = 5, tails beyond. */
static const double CENTRE[2][8] = {
    {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125,
     1971.5909503065514427, 133.14166789178437745, 3.387132872796366608},
    {5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077,
     687.1870074920579083, 42.313330701600911252, 1}};
static const double TAIL[2][8] = {
    {7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1, 1.27045825245236838258,
     3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734},
    {1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1,
     6.8976733498510000455e-1, 1.6763848301838038494, 2.05319162663775882187, 1}};
static const double FAR_TAIL[2][8] = {
    {2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3, 2.6532189526576123093e-2,
     2.9656057182850489123e-1, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772},
    {2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
     1.48753612908506148525e-2, 1.3692988092273580531e-1, 5.9983220655588793769e-1, 1}};

static void normals(uint32_t what, uint32_t when, const uint32_t *who, int n, double *restrict q, double *restrict out) {
  uniforms(what, when, who, n, -0.5, q);
  for (int i = 0; i < n; i++) {
    double r = 0.180625 - q[i] * q[i];
    out[i] = q[i] * HORNER(r, CENTRE[0]) / HORNER(r, CENTRE[1]);
  }
  for (int i = 0; i < n; i++) {
    if (fabs(q[i]) <= 0.425) continue;
    double r = sqrt(-log(0.5 - fabs(q[i])));
    double z = r <= 5 ? HORNER(r - 1.6, TAIL[0]) / HORNER(r - 1.6, TAIL[1])
                      : HORNER(r - 5, FAR_TAIL[0]) / HORNER(r - 5, FAR_TAIL[1]);
    out[i] = copysign(z, q[i]);
  }
}

enum { SEAT_SIZE = 16, SEATS = 6, BANDS = 32 };
static const double LOW[4] = {20, 0, 8, 17}, HIGH[4] = {140, 100, 64, 85}, REFERENCE[4] = {87.4, 33.8, 44.1, 73.2};
static const double ENTRY[4] = {82.9, 31.8, 42.4, 72.1}, RATE[4] = {0.147, 0.25, 0.059, 0.112}, GAIN[4] = {6.1, 6.5, 4.1, 1.7};
static const double FLUCTUATION[4] = {5, 9, 3, 2}, ALLIANCE[4] = {0.12, 0.25, 0.1, 0.07}, GOAL[4] = {1, 3, 1.5, 0.2};
static const double SETBACK[4] = {-1.5, -1.5, -2, -0.5}, HOUSED[4] = {4, 1, 0.5, 1};
static const double FEEDBACK[4] = {1.6 / 16.9, 0.7 / 19.4, 0.7 / 8.9, 2 / 6.1};
static const double WEEK = 7, YEAR = 365.25, MONTH = 365.25 / 12, MEAN = 71.9, SD = 14;

typedef struct {
  int n, nSeats, nTeams;
  uint32_t *who;
  int *seat, *goalSteps;
  char *inHospital, *inCrisis, *housed, *left, *graduated;
  double *need, *stigma, *dyadFit, *part, *entry, *alliance, *selfWorth, *dose, *contacts, *goalLift, *setback, *days;
  double *y[4], *setPoint[4], *gain[4], *demand, *capacity, *share, *rate, *goalRate, *sums, *u, *q;
  double surely[BANDS], perhaps[BANDS];
} World;

static double *doubles(int n, double value) {
  double *array = malloc(sizeof(double) * n);
  for (int i = 0; i < n; i++) array[i] = value;
  return array;
}

static double attendance(double alliance) { return 1 / (1 + 3 / 7.0 * exp(-0.2 / SD * (alliance - MEAN))); }

static World create(int n, int weeks) {
  World w = {.n = n, .nSeats = (n + SEAT_SIZE - 1) / SEAT_SIZE};
  w.nTeams = (w.nSeats + SEATS - 1) / SEATS;
  w.who = malloc(4 * n), w.seat = malloc(4 * n), w.goalSteps = calloc(n, 4);
  w.inHospital = calloc(n, 1), w.inCrisis = calloc(n, 1), w.housed = calloc(n, 1), w.left = calloc(n, 1), w.graduated = calloc(n, 1);
  for (int i = 0; i < n; i++) w.who[i] = i, w.seat[i] = i / SEAT_SIZE, w.housed[i] = i % 5 > 0;
  w.u = doubles(n, 0), w.q = doubles(n, 0);
  w.need = doubles(n, 1), w.stigma = doubles(n, 0), w.dyadFit = doubles(n, 0), w.part = doubles(n, 0);
  normals(20, 0, w.who, n, w.q, w.stigma);
  normals(21, 0, w.who, n, w.q, w.dyadFit);
  normals(22, 0, w.who, n, w.q, w.part);
  for (int i = 0; i < n; i++) w.dyadFit[i] *= 8, w.part[i] *= 8;
  w.entry = doubles(n, MEAN - 15), w.alliance = doubles(n, MEAN), w.selfWorth = doubles(n, 0), w.dose = doubles(n, 0);
  w.contacts = doubles(n, 0), w.goalLift = doubles(n, 0), w.setback = doubles(n, 0), w.days = doubles(n, 0);
  for (int o = 0; o < 4; o++) {
    w.y[o] = doubles(n, ENTRY[o]), w.setPoint[o] = doubles(n, ENTRY[o]), w.gain[o] = doubles(weeks + n % 100 + 100, GAIN[o]);
  }
  w.demand = doubles(w.nSeats, 0), w.capacity = doubles(w.nSeats, 0), w.share = doubles(w.nSeats, 1);
  w.rate = doubles(w.nSeats, 0), w.goalRate = doubles(w.nSeats, 0), w.sums = doubles(8 * w.nTeams, 0);
  for (int b = 0; b < BANDS; b++) w.surely[b] = attendance(100.0 * b / BANDS), w.perhaps[b] = attendance(100.0 * (b + 1) / BANDS);
  return w;
}

static void destroy(World *w) {
  void *arrays[] = {w->who, w->seat, w->goalSteps, w->inHospital, w->inCrisis, w->housed, w->left, w->graduated, w->need, w->stigma,
                    w->dyadFit, w->part, w->entry, w->alliance, w->selfWorth, w->dose, w->contacts, w->goalLift, w->setback,
                    w->days, w->y[0], w->y[1], w->y[2], w->y[3], w->setPoint[0], w->setPoint[1], w->setPoint[2], w->setPoint[3],
                    w->gain[0], w->gain[1], w->gain[2], w->gain[3], w->demand, w->capacity, w->share, w->rate, w->goalRate,
                    w->sums, w->u, w->q};
  for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) free(arrays[i]);
}

static void contacts(World *w, int week) {
  for (int s = 0; s < w->nSeats; s++) w->demand[s] = 0, w->capacity[s] = 37.5 * 0.5;
  for (int i = 0; i < w->n; i++) {
    w->demand[w->seat[i]] += w->need[i] * (4 * WEEK / MONTH * 1.35) * (w->inHospital[i] ? 0.25 : 1);
    w->capacity[w->seat[i]] -= w->inCrisis[i] ? 3 : 0;
  }
  for (int s = 0; s < w->nSeats; s++) w->share[s] = w->demand[s] > w->capacity[s] ? w->capacity[s] / w->demand[s] : 1;
  uniforms(1, week, w->who, w->n, 0, w->u);
  for (int i = 0; i < w->n; i++) {
    double offered = w->share[w->seat[i]] * (w->inHospital[i] ? 0.25 : 1), a = w->alliance[i];
    int band = (int)fmin(a * (BANDS / 100.0), BANDS - 1);
    double p = w->surely[band];
    if ((w->u[i] >= p) & (w->u[i] < w->perhaps[band])) p = attendance(a);
    w->dose[i] = w->u[i] < p ? offered : 0;
    w->contacts[i] += w->dose[i] * w->need[i] * (4 * WEEK / MONTH);
  }
}

static void alliance(World *w, int week) {
  double offset = MEAN, speed = -0.75 / 3.5, fade = 1 - exp(-1 / 52.0);
  for (int o = 0; o < 4; o++) offset -= FEEDBACK[o] * REFERENCE[o];
  for (int s = 0; s < w->nSeats; s++) w->rate[s] = 1 - exp(speed * w->share[s]);
  double *epsilon = w->u;
  normals(2, week, w->who, w->n, w->q, epsilon);
  for (int i = 0; i < w->n; i++) {
    double a = w->alliance[i], dose = w->dose[i];
    if (dose > 0) {
      double target = offset + w->part[i] + w->dyadFit[i] - 1.4 * w->stigma[i] + 1.5 * w->goalLift[i];
      for (int o = 0; o < 4; o++) target += FEEDBACK[o] * w->y[o][i];
      a += (dose == w->share[w->seat[i]] ? w->rate[w->seat[i]] : 1 - exp(speed * dose)) * (target - a);
    } else a += fade * (w->entry[i] - a);
    a += 1.8 * epsilon[i];
    w->alliance[i] = a < 0 ? 0 : a > 100 ? 100 : a;
  }
}

static void goals(World *w, int week) {
  double keepLift = exp(-1 / 13.0), keepSetback = exp(-1 / 8.0), rate = 1 - exp(-1 / 8.0);
  double highest = exp(0.2 / SD * (100 - MEAN) + 0.2 / 8.9 * (64 - 44.1));
  for (int s = 0; s < w->nSeats; s++) w->goalRate[s] = 0.15;
  uniforms(3, week, w->who, w->n, 0, w->u);
  for (int i = 0; i < w->n; i++) {
    w->goalLift[i] *= keepLift;
    double r = w->dose[i] * w->goalRate[w->seat[i]];
    if (w->u[i] >= r * highest) continue;
    double x = 0.2 / SD * (w->alliance[i] - MEAN) + 0.2 / 8.9 * (w->y[2][i] - 44.1);
    if (x < 1.7 && w->u[i] >= r * (1 + x + x * x)) continue;
    double hazard = r * exp(x), term = exp(-hazard), sum = term;
    if (w->u[i] >= hazard) continue;
    int steps = 0;
    while (1 - w->u[i] > sum && steps < 100) sum += term *= hazard / ++steps;
    if ((w->goalSteps[i] += steps) < 3) continue;
    w->goalSteps[i] -= 3;
    w->goalLift[i] += 1;
  }
  for (int i = 0; i < w->n; i++) {
    w->setback[i] *= keepSetback;
    w->selfWorth[i] += rate * (w->alliance[i] - MEAN + w->goalLift[i] - 3 * w->setback[i] - w->selfWorth[i]);
  }
}

static void outcomes(World *w, int week) {
  for (int o = 0; o < 4; o++) {
    double k = RATE[o] * WEEK / MONTH, rate = 1 - exp(-k), noise = FLUCTUATION[o] * sqrt(1 - exp(-2 * k));
    double *restrict y = w->y[o], *restrict epsilon = w->u;
    normals(4, 4 * week + o, w->who, w->n, w->q, epsilon);
    for (int i = 0; i < w->n; i++) {
      double target = w->setPoint[o][i] + w->gain[o][week + i % 100] + 0.85 * ALLIANCE[o] * (w->alliance[i] - MEAN) +
                      0.15 * ALLIANCE[o] * w->selfWorth[i] + GOAL[o] * w->goalLift[i] + SETBACK[o] * w->setback[i] +
                      HOUSED[o] * (w->housed[i] - 0.81);
      double value = y[i] + rate * (target - y[i]) + noise * epsilon[i];
      y[i] = value < LOW[o] ? LOW[o] : value > HIGH[o] ? HIGH[o] : value;
    }
  }
}

static double chance(double perYear) { return 1 - exp(-perYear * WEEK / YEAR); }

static void events(World *w, int week) {
  double pCrisis = chance(0.8), pHospital = chance(0.38), pLoss = chance(0.1), pGain = chance(0.7), pGraduation = chance(0.3);
  double leaving = 0.12 * WEEK / YEAR, perPoint = log(0.6) / SD, highest = 1 - exp(-leaving * 1.5 * exp(-perPoint * MEAN));
  const double *u = w->u;
  uniforms(5, week, w->who, w->n, 0, w->u);
  for (int i = 0; i < w->n; i++) {
    w->inCrisis[i] = u[i] < pCrisis;
    if (w->inCrisis[i]) w->setback[i] += 0.8;
  }
  uniforms(6, week, w->who, w->n, 0, w->u);
  for (int i = 0; i < w->n; i++) {
    if (w->inHospital[i]) {
      w->days[i] += WEEK;
      if (u[i] < WEEK / 21) w->inHospital[i] = 0;
    } else if (u[i] < pHospital) w->inHospital[i] = 1, w->setback[i] += 0.8;
  }
  uniforms(7, week, w->who, w->n, 0, w->u);
  for (int i = 0; i < w->n; i++) {
    if (w->housed[i]) {
      if (u[i] < pLoss) w->housed[i] = 0, w->setback[i] += 0.8;
    } else if (u[i] < pGain) w->housed[i] = 1;
  }
  uniforms(8, week, w->who, w->n, 0, w->u);
  for (int i = 0; i < w->n; i++) {
    if (u[i] >= highest) continue;
    double x = perPoint * (w->alliance[i] - MEAN);
    if (x < 1.7 && u[i] >= leaving * (1 + x + x * x)) continue;
    if (u[i] < 1 - exp(-leaving * exp(x))) w->left[i] = 1;
  }
  uniforms(9, week, w->who, w->n, 0, w->u);
  for (int i = 0; i < w->n; i++)
    if (u[i] < pGraduation && w->y[3][i] >= 74) w->graduated[i] = 1;
}

static void sumTeams(World *w) {
  memset(w->sums, 0, sizeof(double) * 8 * w->nTeams);
  for (int i = 0; i < w->n; i++) {
    double *sums = w->sums + 8 * (w->seat[i] / SEATS);
    sums[0] += 1, sums[1] += w->dose[i] > 0, sums[2] += w->inHospital[i], sums[3] += w->alliance[i];
    for (int o = 0; o < 4; o++) sums[4 + o] += w->y[o][i];
  }
}

static int ascending(const void *l, const void *r) { return (*(double *)l > *(double *)r) - (*(double *)l < *(double *)r); }

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  int n = atoi(argv[1]), weeks = atoi(argv[2]), repeats = atoi(argv[3]);
  double *seconds = malloc(sizeof(double) * repeats), mean = 0, total = 0;
  for (int r = 0; r < repeats; r++) {
    World w = create(n, weeks);
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int week = 0; week < weeks; week++) {
      contacts(&w, week);
      alliance(&w, week);
      goals(&w, week);
      outcomes(&w, week);
      events(&w, week);
      sumTeams(&w);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    seconds[r] = (end.tv_sec - start.tv_sec) + 1e-9 * (end.tv_nsec - start.tv_nsec);
    mean = total = 0;
    for (int i = 0; i < n; i++) mean += w.alliance[i] / n;
    normals(1, 0, w.who, n, w.q, w.u);
    for (int i = 0; i < n; i++) total += w.u[i];
    destroy(&w);
  }
  qsort(seconds, repeats, sizeof(double), ascending);
  printf("%.9f %.17g %.17g\n", seconds[repeats / 2], mean, total);
  return 0;
}
