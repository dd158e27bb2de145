/** Where the arrays of a world come from: all zero, 16-byte aligned. */
export type Room = {
  floats(n: number): Float64Array;
  integers(n: number): Int32Array;
  words(n: number): Uint32Array;
  bytes(n: number): Uint8Array;
};

/** Arrays of their own, outside WebAssembly. */
export const plainRoom: Room = {
  floats: (n) => new Float64Array(n),
  integers: (n) => new Int32Array(n),
  words: (n) => new Uint32Array(n),
  bytes: (n) => new Uint8Array(n),
};

/** Counts the bytes that are asked for, and hands out empty arrays. */
export function measuringRoom(): { readonly room: Room; readonly size: () => number } {
  let size = 0;
  const counted = <T>(bytes: number, empty: T): T => {
    size += alignedSize(bytes);
    return empty;
  };
  return {
    room: {
      floats: (n) => counted(8 * n, new Float64Array(0)),
      integers: (n) => counted(4 * n, new Int32Array(0)),
      words: (n) => counted(4 * n, new Uint32Array(0)),
      bytes: (n) => counted(n, new Uint8Array(0)),
    },
    size: () => size,
  };
}

/** One array after the other in a buffer, which is all zero from `start` on. */
export function roomIn(buffer: ArrayBuffer, start: number): Room {
  let end = start;
  const take = (bytes: number) => {
    const at = end;
    end += alignedSize(bytes);
    return at;
  };
  return {
    floats: (n) => new Float64Array(buffer, take(8 * n), n),
    integers: (n) => new Int32Array(buffer, take(4 * n), n),
    words: (n) => new Uint32Array(buffer, take(4 * n), n),
    bytes: (n) => new Uint8Array(buffer, take(n), n),
  };
}

function alignedSize(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}
