/**
 * What is known of one parameter. `least` and `most` are limits of meaning (checked), `plausible` is
 * the range that evidence leaves open (to sweep). `source` names the study, or says "assumption".
 */
export type NumberParameter = {
  readonly kind: "number" | "count";
  readonly value: number;
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly description: string;
  readonly source: string;
  readonly plausible?: readonly [number, number];
};

/** Whether a mechanism is at work. Off, its other parameters change no bit of any result. */
export type SwitchParameter = {
  readonly kind: "switch";
  readonly value: boolean;
  readonly description: string;
  readonly source: string;
};

export type ChoiceParameter<T extends string = string> = {
  readonly kind: "choice";
  readonly value: T;
  readonly options: readonly T[];
  readonly description: string;
  readonly source: string;
};

/** Several values of one kind, such as the months of interviews. Months rise; counts may come in any order. */
export type ListParameter = {
  readonly kind: "list";
  readonly of: "rising" | "counts";
  readonly value: readonly number[];
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly description: string;
  readonly source: string;
};

/** A short text of a given form, such as a currency; `rule` says the form in words. */
export type TextParameter = {
  readonly kind: "text";
  readonly value: string;
  readonly form: RegExp;
  readonly rule: string;
  readonly description: string;
  readonly source: string;
};

export type Parameter = NumberParameter | SwitchParameter | ChoiceParameter | ListParameter | TextParameter;

/** Sections within sections, parameters at the ends. */
export type Registry = { readonly [name: string]: Parameter | Registry };

/** The plain values that a registry describes. */
export type ValuesOf<T> = T extends { readonly kind: "number" | "count" }
  ? number
  : T extends { readonly kind: "list" }
    ? readonly number[]
    : T extends { readonly kind: "switch" }
      ? boolean
      : T extends { readonly kind: "text" }
        ? string
        : T extends { readonly kind: "choice"; readonly options: readonly (infer Option)[] }
          ? Option
          : { readonly [K in keyof T]: ValuesOf<T[K]> };

/** Only what changes; a list changes as a whole. */
export type ChangesOf<T> = {
  readonly [K in keyof T]?: T[K] extends readonly number[] ? T[K] : T[K] extends object ? ChangesOf<T[K]> : T[K];
};

type Limits = readonly [least: number, most: number];

export function number(
  value: number,
  unit: string,
  [least, most]: Limits,
  description: string,
  source = "assumption",
  plausible?: Limits,
): NumberParameter & { readonly kind: "number" } {
  return { kind: "number", value, unit, least, most, description, source, ...(plausible ? { plausible } : {}) };
}

export function count(
  value: number,
  unit: string,
  [least, most]: Limits,
  description: string,
  source = "assumption",
  plausible?: Limits,
): NumberParameter & { readonly kind: "count" } {
  return { kind: "count", value, unit, least, most, description, source, ...(plausible ? { plausible } : {}) };
}

/** Values in ascending order, such as times. */
export function rising(
  value: readonly number[],
  unit: string,
  [least, most]: Limits,
  description: string,
  source = "assumption",
): ListParameter {
  return { kind: "list", of: "rising", value, unit, least, most, description, source };
}

/** Whole numbers in any order. */
export function counts(
  value: readonly number[],
  unit: string,
  [least, most]: Limits,
  description: string,
  source = "assumption",
): ListParameter {
  return { kind: "list", of: "counts", value, unit, least, most, description, source };
}

/** A probability or a share. */
export function share(value: number, description: string, source = "assumption", plausible?: Limits) {
  return number(value, "1", [0, 1], description, source, plausible);
}

export function onOff(value: boolean, description: string, source = "design"): SwitchParameter {
  return { kind: "switch", value, description, source };
}

export function choice<const T extends string>(
  value: NoInfer<T>,
  options: readonly T[],
  description: string,
  source = "assumption",
): ChoiceParameter<T> {
  return { kind: "choice", value, options, description, source };
}

export function text(
  value: string,
  form: RegExp,
  rule: string,
  description: string,
  source = "assumption",
): TextParameter {
  return { kind: "text", value, form, rule, description, source };
}

/** Whether an entry of a registry is a parameter, not a section. */
export function isParameter(entry: Parameter | Registry): entry is Parameter {
  return typeof entry.kind === "string";
}
