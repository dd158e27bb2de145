const LONGEST = 64;
/** More names than this help nobody in an error message. */
const MOST_LISTED = 30;

/**
 * Edits that turn one word into the other: insertions, deletions, substitutions and swaps of neighbours, one each
 * (optimal string alignment; case is ignored; only the first 64 characters count).
 */
export function editDistance(first: string, second: string): number {
  const a = first.slice(0, LONGEST).toLowerCase();
  const b = second.slice(0, LONGEST).toLowerCase();
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}

/**
 * The known name that a mistyped one most likely means, or undefined when none is near: at most a third of the longer
 * word's letters away (one edit is near for two letters or more), or one word begins like the other, short of an edit in every four
 * letters. The nearest wins, then the first known.
 */
export function nearestName(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const name of known) {
    const distance = editDistance(word, name);
    const allowed = Math.max(
      Math.min(1, word.length - 1),
      Math.floor(Math.max(Math.min(word.length, LONGEST), name.length) / 3),
    );
    const near = distance <= allowed || beginsAlike(word, name);
    if (near && distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

function beginsAlike(word: string, name: string): boolean {
  const [short, long] = word.length < name.length ? [word, name] : [name, word];
  return short.length >= 3 && editDistance(short, long.slice(0, short.length)) <= Math.floor(short.length / 4);
}

/** `; did you mean "sobel"?`, or the list of what is known when nothing is near. */
export function suggestion(word: string, known: readonly string[]): string {
  const nearest = nearestName(word, known);
  if (nearest !== undefined) return `; did you mean "${nearest}"?`;
  if (known.length === 0) return "";
  if (known.length > MOST_LISTED) return `; \`caseload scenarios show\` lists the ${known.length} there are`;
  return known.length === 1 ? `; the only one known is ${known[0]}` : `; known are ${known.join(", ")}`;
}
