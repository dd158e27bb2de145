import { Problems } from "./problems.ts";
import { workersOf } from "./workers.ts";

/** Flags with numbers, read together: what is wrong with one is noted, and its default stands in. */
export type NumberFlags = {
  readonly problems: string[];
  whole(flag: string, text: string | undefined, otherwise: number, least: number, most: number): number;
  workers(text: string | undefined): number;
};

export function numberFlags(): NumberFlags {
  const problems: string[] = [];
  return {
    problems,
    whole(flag, text, otherwise, least, most) {
      if (text === undefined) return otherwise;
      if (/^\d{1,12}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
      problems.push(`--${flag} must be a whole number from ${least} to ${most}, got ${text}`);
      return otherwise;
    },
    workers(text) {
      try {
        return workersOf(text);
      } catch (error) {
        if (!(error instanceof Problems)) throw error;
        problems.push(...error.messages);
        return 1;
      }
    },
  };
}

/** Identities of clients have 32 bits. */
export const LARGEST_ID = 2 ** 32 - 1;
