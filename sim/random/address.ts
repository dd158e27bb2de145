import seedrandom from "seedrandom";
import { normalQuantile } from "../numerics/normalQuantile.ts";
import { threefry2x32 } from "./threefry.ts";

/**
 * Random numbers are addressed, not consumed: a draw is a pure function of
 * (seed, replication) → key, what → stream, and (who, when) → counter. Nothing advances, so nothing that is added,
 * removed or reordered elsewhere can shift a draw.
 */
export type Key = readonly [word0: number, word1: number];

const words = new Uint32Array(2);
const TWO_26 = 67108864;
const TWO_MINUS_52 = 2 ** -52;

/**
 * 64 bits of key material from the user's seed string.
 *
 * @param seed any string; equal strings give equal keys in every engine
 */
export function seedKeyOf(seed: string): Key {
  const generator = seedrandom(seed);
  return [generator.int32() >>> 0, generator.int32() >>> 0];
}

/**
 * Key of one replication. For one seed, different replications always have different keys (Threefry is a bijection).
 *
 * @param seed        the seed string, or the key made of it
 * @param replication integer in [0, 2³²)
 */
export function keyOf(seed: string | Key, replication: number): Key {
  const [seed0, seed1] = typeof seed === "string" ? seedKeyOf(seed) : seed;
  threefry2x32(seed0, seed1, replication, 0, words);
  return [words[0], words[1]];
}

/**
 * Key of one stream of decisions within a replication: every kind of decision (`what`) draws from its own.
 *
 * @param what small integer from the program's one append-only list of decisions
 */
export function streamOf(key: Key, what: number): Key {
  threefry2x32(key[0], key[1], what, 0, words);
  return [words[0], words[1]];
}

/**
 * Uniform draw on (0, 1) from a stream: (k + ½)·2⁻⁵² with k uniform on 0 … 2⁵² − 1. Never 0 or 1, symmetric about ½.
 *
 * @param stream key of the stream (`streamOf`)
 * @param who    identity that no scenario changes, integer in [0, 2³²)
 * @param when   occasion, integer in [0, 2³²)
 */
export function uniformInStream(stream: Key, who: number, when: number): number {
  threefry2x32(stream[0], stream[1], who, when, words);
  return ((words[0] >>> 6) * TWO_26 + (words[1] >>> 6) + 0.5) * TWO_MINUS_52;
}

/** Uniform draw on (0, 1) at an address: `uniformInStream(streamOf(key, what), who, when)`. */
export function uniformAt(key: Key, who: number, what: number, when: number): number {
  return uniformInStream(streamOf(key, what), who, when);
}

/** Standard normal draw at an address, by inversion: higher uniform, higher normal. |z| ≤ 8.21. */
export function normalAt(key: Key, who: number, what: number, when: number): number {
  return normalQuantile(uniformAt(key, who, what, when));
}
