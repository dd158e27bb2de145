// Sums over the clients of each team. Twin: models/service/kernels/reference.ts.

import { Arrays, byte, NOT_ENGAGING, ON_HOLD, real, whole } from "./arrays";

/** Of each team, 8 numbers to `sums`: clients in service, on hold, in hospital, then sums of alliance and four outcomes. */
export function sumTeams(a: Arrays, nTeams: i32): void {
  for (let team = 0; team < nTeams; team++) {
    const end = whole(a.first, team + 1);
    let n = 0;
    let nOnHold = 0;
    let nInHospital = 0;
    let alliance: f64 = 0;
    let y0: f64 = 0;
    let y1: f64 = 0;
    let y2: f64 = 0;
    let y3: f64 = 0;
    for (let i = whole(a.first, team); i < end; i++) {
      const row = whole(a.rows, i);
      const status = byte(a.status, row);
      if (status > NOT_ENGAGING) continue;
      n++;
      nOnHold += i32(status == ON_HOLD);
      nInHospital += byte(a.inHospital, row);
      alliance += real(a.alliance, row);
      y0 += real(a.outcome0, row);
      y1 += real(a.outcome1, row);
      y2 += real(a.outcome2, row);
      y3 += real(a.outcome3, row);
    }
    const out = a.sums + ((<usize>team) << 6);
    store<f64>(out, f64(n));
    store<f64>(out, f64(nOnHold), 8);
    store<f64>(out, f64(nInHospital), 16);
    store<f64>(out, alliance, 24);
    store<f64>(out, y0, 32);
    store<f64>(out, y1, 40);
    store<f64>(out, y2, 48);
    store<f64>(out, y3, 56);
  }
}
