import type { ServiceObserver } from "./simulateService.ts";
import { type Clients, N_OUTCOMES, STATUS } from "./world.ts";

/** One row per client in service and recorded moment, in order of time, then identity. */
export type ClientTrajectories = {
  readonly n: number;
  /** Row of the client in `ServiceHistory.clients`. */
  readonly client: Int32Array;
  /** End of the step, in days. */
  readonly day: Float64Array;
  readonly status: Uint8Array;
  readonly alliance: Float64Array;
  readonly outcome: readonly Float64Array[];
};

/** Which clients are followed, by row; all if left out. */
export type ClientChoice = (clients: Clients, row: number) => boolean;

/**
 * An observer that follows clients from week to week. Memory: 53 bytes per client-week followed (up to twice that while
 * it grows).
 *
 * @param everyWeeks a moment is recorded at the end of every so many weeks
 * @param follow     who is followed
 * @returns the observer for `simulateService`, and what it has recorded by then
 */
export function recordClients(
  everyWeeks = 1,
  follow: ClientChoice = () => true,
): { readonly observer: ServiceObserver; readonly trajectories: () => ClientTrajectories } {
  let room = 1024;
  let n = 0;
  let client = new Int32Array(room);
  let day = new Float64Array(room);
  let status = new Uint8Array(room);
  let values = Array.from({ length: 1 + N_OUTCOMES }, () => new Float64Array(room));

  const makeRoom = (needed: number) => {
    if (needed <= room) return;
    room = Math.max(needed, 2 * room);
    const grown = <T extends { set(from: T): void }>(into: T, from: T): T => {
      into.set(from);
      return into;
    };
    client = grown(new Int32Array(room), client);
    day = grown(new Float64Array(room), day);
    status = grown(new Uint8Array(room), status);
    values = values.map((column) => grown(new Float64Array(room), column));
  };

  return {
    observer: {
      afterStep({ clients, served, parameters }, step) {
        const nSteps = everyWeeks * parameters.time.stepsPerWeek;
        if ((step.index + 1) % nSteps !== 0) return;
        makeRoom(n + served.n);
        for (let i = 0; i < served.n; i++) {
          const row = served.rows[i];
          if (clients.status[row] > STATUS.notEngaging || !follow(clients, row)) continue;
          client[n] = row;
          day[n] = step.day + step.days;
          status[n] = clients.status[row];
          values[0][n] = clients.alliance[row];
          for (let o = 0; o < N_OUTCOMES; o++) values[1 + o][n] = clients.outcome[o][row];
          n++;
        }
      },
    },
    trajectories() {
      const [alliance, ...outcome] = values.map((column) => column.slice(0, n));
      return { n, client: client.slice(0, n), day: day.slice(0, n), status: status.slice(0, n), alliance, outcome };
    },
  };
}
