/* The bootstrap kernels' work in plain C: the same random numbers, row products and Cholesky factor, in the simplest
 * loops that a C programmer would write; the compiler may vectorize as it likes. Built by test/bench/cPrograms.ts with
 * gcc -O3 -march=native.
 *
 * usage: bootstrap FILE N Q B REPEATS
 *   FILE: doubles, column after column: covariates (Q), x, m, y, each of length N, standardized.
 * prints: the median seconds per call, and the sum of ab over the B resamples (%.17g).
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

/* Row numbers of one resample; n <= 512: four per block. rows has room for n rounded up to 4. */
static void draw_rows(uint32_t k0, uint32_t k1, uint32_t resample, int n, uint32_t *rows, uint32_t *w0, uint32_t *w1) {
  int blocks = (n + 3) / 4;
  const uint64_t mask = (UINT64_C(1) << 52) - 1;
  for (int i = 0; i < blocks; i++) threefry(k0, k1, resample, i, &w0[i], &w1[i]);
  for (int i = 0; i < blocks; i++) {
    uint64_t f = ((uint64_t)w0[i] << 20) | (w1[i] >> 12);
    for (int j = 0; j < 4; j++) {
      f *= n;
      rows[4 * i + j] = f >> 52;
      f &= mask;
    }
  }
}

static double simple(const double *table, const uint32_t *rows, int n) {
  double even[8] = {0}, odd[8] = {0};
  int i = 0;
  for (; i + 1 < n; i += 2) {
    const double *s = table + 8 * rows[i], *t = table + 8 * rows[i + 1];
    for (int j = 0; j < 8; j++) even[j] += s[j];
    for (int j = 0; j < 8; j++) odd[j] += t[j];
  }
  if (i < n)
    for (int j = 0; j < 8; j++) even[j] += table[8 * rows[i] + j];
  for (int j = 0; j < 8; j++) even[j] += odd[j];
  double sx = even[0], sm = even[1], sy = even[2];
  double vx = even[3] - sx * sx / n, xm = even[4] - sx * sm / n, vm = even[5] - sm * sm / n;
  double xy = even[6] - sx * sy / n, my = even[7] - sm * sy / n, a = xm / vx;
  return a * (my - a * xy) / (vm - a * xm);
}

static double general(const double *table, const uint32_t *rows, int n, int p, int width, uint32_t *weights,
                      uint32_t *used, double *sums, double *factor) {
  memset(weights, 0, n * sizeof *weights);
  for (int i = 0; i < n; i++) weights[rows[i]]++;
  int count = 0;
  for (int i = 0; i < n; i++) {
    used[count] = i;
    count += weights[i] != 0;
  }
  memset(sums, 0, width * sizeof *sums);
  /* Sixteen sums at a time stay in registers. */
  for (int tile = 0; tile < width; tile += 16) {
    double s[16] = {0};
    for (int i = 0; i < count; i++) {
      double w = weights[used[i]];
      const double *row = table + (size_t)tile * n + 16 * used[i];
      for (int j = 0; j < 16; j++) s[j] += w * row[j];
    }
    memcpy(sums + tile, s, sizeof s);
  }
  const double *product = sums + p;
  for (int i = 0; i < p; i++)
    for (int j = 0; j <= i && !(i == p - 1 && j == i); j++) {
      double value = *product++ - sums[i] * sums[j] / n;
      for (int l = 0; l < j; l++) value -= factor[i * p + l] * factor[j * p + l];
      factor[i * p + j] = i == j ? sqrt(value) : value / factor[j * p + j];
    }
  int x = p - 3, m = p - 2, y = p - 1;
  return factor[m * p + x] / factor[x * p + x] * (factor[y * p + m] / factor[m * p + m]);
}

static int ascending(const void *l, const void *r) { return (*(double *)l > *(double *)r) - (*(double *)l < *(double *)r); }

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  int n = atoi(argv[2]), q = atoi(argv[3]), resamples = atoi(argv[4]), repeats = atoi(argv[5]), p = q + 3;
  double *columns = malloc(sizeof(double) * n * p);
  FILE *file = fopen(argv[1], "rb");
  if (!file || fread(columns, sizeof(double), (size_t)n * p, file) != (size_t)n * p) return 1;
  int width = q == 0 ? 8 : (p + p * (p + 1) / 2 - 1 + 15) / 16 * 16;
  double *table = aligned_alloc(64, sizeof(double) * (size_t)n * width);
  memset(table, 0, sizeof(double) * (size_t)n * width);
  for (int i = 0; i < n; i++) {
    double v[64];
    for (int j = 0; j < p; j++) v[j] = columns[j * n + i];
    if (q == 0) {
      double x = v[0], m = v[1], y = v[2], row[8] = {x, m, y, x * x, x * m, m * m, x * y, m * y};
      memcpy(table + 8 * i, row, sizeof row);
    } else {
      int at = 0;
      for (int j = 0; j < p; j++, at++) table[(at / 16) * 16 * n + 16 * i + at % 16] = v[j];
      for (int j = 0; j < p; j++)
        for (int k = 0; k <= j && !(j == p - 1 && k == j); k++, at++)
          table[(at / 16) * 16 * n + 16 * i + at % 16] = v[j] * v[k];
    }
  }
  uint32_t *rows = malloc(4 * (n + 4)), *w0 = malloc(4 * (n + 4)), *w1 = malloc(4 * (n + 4));
  uint32_t *weights = malloc(4 * n), *used = malloc(4 * (n + 1));
  double *sums = malloc(8 * width), *factor = malloc(8 * p * p), *seconds = malloc(8 * repeats), total = 0;
  for (int r = 0; r < repeats; r++) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    total = 0;
    for (int k = 0; k < resamples; k++) {
      draw_rows(1, 2, k, n, rows, w0, w1);
      total += q == 0 ? simple(table, rows, n) : general(table, rows, n, p, width, weights, used, sums, factor);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    seconds[r] = (end.tv_sec - start.tv_sec) + 1e-9 * (end.tv_nsec - start.tv_nsec);
  }
  qsort(seconds, repeats, sizeof(double), ascending);
  printf("%.9f %.17g\n", seconds[repeats / 2], total);
  return 0;
}
