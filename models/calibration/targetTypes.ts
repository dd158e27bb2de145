/** How much a target counts: A to be matched, B within its band, C in sign or shape. */
export type Weight = "A" | "B" | "C";

/** How replicate studies are condensed: the mean of the statistic (of a 0/1 statistic: a rate), or its SD. */
export type Condensation = "mean" | "sd";

/** A pattern that replicate studies are held against. */
export type Pattern = {
  readonly name: string;
  readonly label: string;
  /** Which statistic of a replicate study (`statisticsOf`). */
  readonly statistic: string;
  readonly over: Condensation;
  readonly unit: string;
  /** null where only limits are known. */
  readonly published: number | null;
  /** Within: the tolerance, or the published study's own 95 % interval where none is given. Inclusive. */
  readonly interval: readonly [low: number, high: number];
  readonly source: string;
  /** How it was read or derived, and why it is not met where it cannot be. Always printed. */
  readonly note?: string;
};

export type Target = Pattern & {
  readonly weight: Weight;
  /**
   * What counts as one unit of misfit when parameters are fitted: half the interval, but a quarter of that where the interval is
   * a confidence interval, which says how sure the study was, not how near a model should come.
   */
  readonly fitScale: number;
};
