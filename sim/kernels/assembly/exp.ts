// eˣ, operation for operation as sim/numerics/elementary.ts (same bits).

@inline
const LN2_HIGH: f64 = 6.9314718036912381649e-1;
@inline
const LN2_LOW: f64 = 1.90821492927058770002e-10;
@inline
const INV_LN2: f64 = 1.442695040888963387;

/** 2^k for −1022 ≤ k ≤ 1023. */
@inline
function powerOfTwo(k: f64): f64 {
  return reinterpret<f64>((i64(k) + 1023) << 52);
}

export function exp(x: f64): f64 {
  if (!(x > -745.14)) return x != x ? x : 0;
  if (x > 709.782712893384) return Infinity;
  const k = floor<f64>(x * INV_LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t * (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k > 1023) return y * powerOfTwo(1023) * 2;
  if (k < -1022) return y * powerOfTwo(k + 200) * powerOfTwo(-200);
  return y * powerOfTwo(k);
}
