import type { OrthonormalBasis } from "../../../sim/numerics/orthonormalBasis.ts";

/**
 * From the basis to the coefficients: S·B·S′.
 *
 * @param meat B, P × P by rows, symmetric; only the lower triangle is read
 * @returns P × P by rows, the constant first
 */
export function coefficientCovariance({ order, toCoefficients }: OrthonormalBasis, meat: Float64Array): Float64Array {
  const covariance = new Float64Array(order * order);
  const product = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    for (let k = 0; k < order; k++) {
      let sum = 0;
      for (let j = 0; j < order; j++)
        sum += toCoefficients[i * order + j] * meat[j > k ? j * order + k : k * order + j];
      product[k] = sum;
    }
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < order; k++) sum += product[k] * toCoefficients[j * order + k];
      covariance[i * order + j] = sum;
      covariance[j * order + i] = sum;
    }
  }
  return covariance;
}
