import { Presets, SingleBar } from "cli-progress";

/** Tells a person how far a run is; writes to stderr only. */
export type Progress = {
  /** So many replications are done, of the total named at the start. */
  update(done: number): void;
  stop(): void;
};

const QUIET: Progress = { update: () => {}, stop: () => {} };
/** Seconds between two plain lines in a log. */
const LOG_SECONDS = 10;

/**
 * A bar with the time left on a terminal; a plain line every ten seconds in a log; nothing when quiet.
 *
 * @param total replications to do
 * @param done  replications that an earlier run left
 * @param things what is counted, if not replications
 */
export function startProgress(total: number, done: number, quiet: boolean, things = "replications"): Progress {
  if (quiet || done >= total) return QUIET;
  return process.stderr.isTTY ? startBar(total, done, things) : startLog(total, done, things);
}

function startBar(total: number, done: number, things: string): Progress {
  const bar = new SingleBar(
    {
      format: `{bar} {percentage} % | {value} of {total} ${things} | {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 50,
    },
    Presets.shades_classic,
  );
  bar.start(total, done);
  return { update: (value) => bar.update(value), stop: () => bar.stop() };
}

function startLog(total: number, done: number, things: string): Progress {
  const started = performance.now();
  let lastLine = started;
  return {
    update(value) {
      const now = performance.now();
      if (now - lastLine < LOG_SECONDS * 1000) return;
      lastLine = now;
      const secondsLeft = ((now - started) / 1000 / Math.max(1, value - done)) * (total - value);
      process.stderr.write(`${value} of ${total} ${things}, about ${Math.ceil(secondsLeft)} s left\n`);
    },
    stop() {},
  };
}
