import type { TopLevelSpec } from "vega-lite";
import { CHART_CONFIG } from "./theme.ts";

/** One row of a layer's data. */
export type Datum = Readonly<Record<string, string | number | boolean | null>>;

/** A vega-lite layer with its own data. (vega-lite exports no type for one; a test compiles every chart without a warning.) */
export type Layer = {
  readonly data: { readonly values: readonly Datum[] };
  readonly mark: Readonly<Record<string, unknown>>;
  readonly encoding: Readonly<Record<string, unknown>>;
};

/** A plot, or a drawing placed by px. */
export type Panel = {
  readonly title?: Readonly<Record<string, unknown>>;
  readonly width: number;
  readonly height: number;
  readonly layer: readonly Layer[];
};

/** Panels in a grid, their plots aligned whatever stands around them ("each": rows and columns have sizes of their own). */
export type PanelGrid = {
  readonly concat: readonly Panel[];
  readonly columns: number;
  readonly align: "all" | "each";
  readonly bounds: "flush";
  readonly spacing: { readonly row: number; readonly column: number };
};

export function layer(
  values: readonly Datum[],
  mark: Readonly<Record<string, unknown>>,
  encoding: Readonly<Record<string, unknown>>,
): Layer {
  return { data: { values }, mark, encoding };
}

/** A field that holds px from the left of a drawing of a given width; no axis. */
export function pixelX(field: string, width: number): object {
  return { field, type: "quantitative", axis: null, scale: { domain: [0, width], nice: false, zero: false } };
}

/** A field that holds px from the top of a drawing of a given height; no axis. */
export function pixelY(field: string, height: number): object {
  return {
    field,
    type: "quantitative",
    axis: null,
    scale: { domain: [0, height], nice: false, zero: false, reverse: true },
  };
}

/** A whole chart: a title, and blocks below each other. */
export function chartSpec(title: string[], subtitle: string[], blocks: readonly (Panel | PanelGrid)[]): TopLevelSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: CHART_CONFIG,
    title: { text: title, subtitle },
    spacing: 14,
    vconcat: blocks,
  } as unknown as TopLevelSpec;
}
