import { decimalsFor, formatCount, formatFixed } from "./format.ts";

/**
 * Prints differences with a sign, to two digits of the error; without an error, to three digits of the difference.
 *
 * @param of whose error says how many decimals there are
 */
export function signedBy({ mcse, difference }: { readonly mcse: number; readonly difference: number }) {
  const decimals = decimalsFor(mcse > 0 ? mcse : difference / 10, 2);
  return (x: number): string => {
    const text = decimals === 0 ? formatCount(Math.round(x)) : formatFixed(x, decimals);
    return x > 0 ? `+${text}` : text;
  };
}
