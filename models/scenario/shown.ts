const LONGEST = 60;

/**
 * A value as an error message shows it: quoted like JSON, no control characters (a file must not steer a terminal),
 * at most 60 characters.
 */
export function shown(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return shortened(text);
}

/** Text without control or direction characters, at most 60 characters long. */
export function shortened(text: string): string {
  const cut = text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, "\ufffd");
}
