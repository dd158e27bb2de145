/**
 * Threefry-2x32 with 20 rounds: a keyed bijection of 64-bit counters whose output passes as random.
 * Counter in, random words out; no state.
 *
 * @param key0, key1          the 64-bit key, as two 32-bit words (any integers; taken modulo 2³²)
 * @param counter0, counter1  the 64-bit counter
 * @param out                 receives the two output words (Uint32Array, length ≥ 2)
 * @source Salmon, Moraes, Dror & Shaw (2011), doi:10.1145/2063384.2063405; checked against the Random123 known answers
 */
export function threefry2x32(key0: number, key1: number, counter0: number, counter1: number, out: Uint32Array): void {
  const key2 = 0x1bd11bda ^ key0 ^ key1;
  let x0 = (counter0 + key0) | 0;
  let x1 = (counter1 + key1) | 0;
  for (let group = 1; group <= 5; group++) {
    const odd = (group & 1) === 1;
    x0 = (x0 + x1) | 0;
    x1 = x0 ^ (odd ? (x1 << 13) | (x1 >>> 19) : (x1 << 17) | (x1 >>> 15));
    x0 = (x0 + x1) | 0;
    x1 = x0 ^ (odd ? (x1 << 15) | (x1 >>> 17) : (x1 << 29) | (x1 >>> 3));
    x0 = (x0 + x1) | 0;
    x1 = x0 ^ (odd ? (x1 << 26) | (x1 >>> 6) : (x1 << 16) | (x1 >>> 16));
    x0 = (x0 + x1) | 0;
    x1 = x0 ^ (odd ? (x1 << 6) | (x1 >>> 26) : (x1 << 24) | (x1 >>> 8));
    // Key injection after every fourth round: words of the key schedule in turn, plus the group's number.
    const injection = group % 3;
    x0 = (x0 + (injection === 0 ? key0 : injection === 1 ? key1 : key2)) | 0;
    x1 = (x1 + (injection === 0 ? key1 : injection === 1 ? key2 : key0) + group) | 0;
  }
  out[0] = x0;
  out[1] = x1;
}
