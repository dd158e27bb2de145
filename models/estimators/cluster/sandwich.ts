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

/**
 * The product of each row with one vector.
 *
 * @param rows   any number of rows of length P, one after the other
 * @param vector length P
 */
export function rowProducts(rows: Float64Array, vector: Float64Array): Float64Array {
  const order = vector.length;
  const products = new Float64Array(rows.length / order);
  for (let i = 0; i < products.length; i++)
    for (let k = 0; k < order; k++) products[i] += rows[i * order + k] * vector[k];
  return products;
}
