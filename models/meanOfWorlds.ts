/** Running means of arrays of one shape; a value that is NaN in one of them is left out there. */
export type MeanOfWorlds = {
  add(values: Float64Array): void;
  /** NaN where no value was added. */
  readonly mean: () => Float64Array;
};

/** Means by position. Depends on the order in which arrays are added. */
export function createMeanOfWorlds(): MeanOfWorlds {
  let sum = new Float64Array(0);
  let n = new Float64Array(0);
  return {
    add(values) {
      if (sum.length === 0) {
        sum = new Float64Array(values.length);
        n = new Float64Array(values.length);
      }
      for (let i = 0; i < values.length; i++) {
        if (Number.isNaN(values[i])) continue;
        sum[i] += values[i];
        n[i]++;
      }
    },
    mean: () => sum.map((value, i) => value / n[i]),
  };
}
