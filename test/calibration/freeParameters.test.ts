import { describe, expect, it } from "vitest";
import { candidateAt, type FreeParameter, pointOf } from "../../models/calibration/freeParameters.ts";
import { serviceParameters } from "../../models/service/parameters.ts";
import { studyParameters } from "../../models/study/parameters.ts";

const BASE = { service: serviceParameters(), study: studyParameters() };
const TRAIT: FreeParameter = { path: "service.alliance.traitSd", low: 4, high: 12 };
const RATE: FreeParameter = { path: "service.outcomes.qoli.rate", low: 0.01, high: 1 };
const AUDIT: FreeParameter = { path: "study.audits.visitErrorSd", low: 1, high: 3 };

describe("free parameters", () => {
  it("lie between their bounds, on a logarithmic scale where these are ten times apart", () => {
    const { service, study } = candidateAt(BASE, [TRAIT, RATE, AUDIT], [0.25, 0.5, 1]);
    expect(service.alliance.traitSd).toBe(6);
    expect(service.outcomes.qoli.rate).toBeCloseTo(0.1, 12);
    expect(study.audits.visitErrorSd).toBe(3);
  });

  it("change nothing else", () => {
    const { service, study } = candidateAt(BASE, [TRAIT], [0.25]);
    expect(service).toEqual(serviceParameters({ alliance: { traitSd: 6 } }));
    expect(study).toEqual(BASE.study);
  });

  it("come back from a point, and count as at a bound when beyond it", () => {
    const point = [0.25, 0.7, 0.1];
    const free = [TRAIT, RATE, AUDIT];
    const back = pointOf(candidateAt(BASE, free, point), free);
    for (const [j, u] of back.entries()) expect(u).toBeCloseTo(point[j], 12);
    expect(pointOf(BASE, [{ ...TRAIT, low: 9 }])).toEqual([0]);
  });
});
