import { describe, expect, it } from "vitest";
import { WHAT } from "../../models/what.ts";
import { keyOf, streamOf, uniformAt, uniformInStream } from "../../sim/random/address.ts";
import { threefry2x32 } from "../../sim/random/threefry.ts";

describe("Threefry-2x32-20", () => {
  // The three known-answer vectors published with Random123 (kat_vectors, threefry2x32 20): counter, key, output.
  const vectors = [
    [0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x6b200159, 0x99ba4efe],
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x1cb996fc, 0xbb002be7],
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xc4923a9c, 0x483df7a0],
  ];
  for (const [counter0, counter1, key0, key1, word0, word1] of vectors)
    it(`counter ${counter0.toString(16)} ${counter1.toString(16)}`, () => {
      const out = new Uint32Array(2);
      threefry2x32(key0, key1, counter0, counter1, out);
      expect([...out]).toEqual([word0, word1]);
    });
});

describe("addresses", () => {
  it("every part of the address matters, and nothing else does", () => {
    const key = keyOf("seed", 1);
    const draw = uniformAt(key, 2, 3, 4);
    expect(uniformAt(keyOf("seed", 1), 2, 3, 4)).toBe(draw);
    expect(uniformInStream(streamOf(key, 3), 2, 4)).toBe(draw);
    const others = [
      uniformAt(keyOf("seed", 2), 2, 3, 4),
      uniformAt(keyOf("Seed", 1), 2, 3, 4),
      uniformAt(key, 3, 3, 4),
      uniformAt(key, 2, 4, 4),
      uniformAt(key, 2, 3, 5),
    ];
    expect(new Set([draw, ...others]).size).toBe(6);
  });

  it("uniforms: mean, variance and serial correlation of 200,000 draws", () => {
    const n = 200_000;
    const stream = streamOf(keyOf("moments", 0), 1);
    let sum = 0;
    let squares = 0;
    let lagged = 0;
    let previous = 0;
    for (let i = 0; i < n; i++) {
      const u = uniformInStream(stream, i, 0) - 0.5;
      sum += u;
      squares += u * u;
      lagged += u * previous;
      previous = u;
    }
    expect(Math.abs(sum / n)).toBeLessThan(4.9 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(squares / n - 1 / 12)).toBeLessThan(4.9 * Math.sqrt(1 / 180 / n));
    expect(Math.abs(lagged / n)).toBeLessThan(4.9 / 12 / Math.sqrt(n));
  });

  it("no two kinds of decision share a stream", () => {
    const numbers = Object.values(WHAT);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
