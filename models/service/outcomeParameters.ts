import { number } from "../registry/parameterKinds.ts";

/** The four outcomes, in the order of every array that is indexed by outcome. */
export const OUTCOMES = ["qoli", "pgi", "ths", "mcas"] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

type Shape = {
  readonly name: string;
  readonly range: readonly [number, number];
  readonly values: {
    readonly entry: number;
    readonly reference: number;
    readonly sd: number;
    readonly setPointSd: number;
    readonly entrySd: number;
    readonly fluctuationSd: number;
    readonly rate: number;
    readonly gain: number;
    readonly delay: number;
    readonly delayWidth: number;
    readonly alliance: number;
    readonly feedback: number;
    readonly goal: number;
    readonly setback: number;
    readonly employed: number;
    readonly substanceUse: number;
    readonly housed: number;
    readonly adverseExperiences: number;
    readonly longHospitalisation: number;
  };
  readonly published: { readonly alliance: string; readonly feedback: string };
};

function outcome({ name, range: [low, high], values, published }: Shape) {
  const width = high - low;
  const points = (value: number, description: string, source = "assumption") =>
    number(value, "points", [-width, width], `${name}: ${description}`, source);
  const spread = (value: number, description: string, source = "assumption") =>
    number(value, "points", [0, width], `${name}: ${description}`, source);
  return {
    low: number(low, "points", [low, low], `${name}: lowest score`, "the instrument"),
    high: number(high, "points", [high, high], `${name}: highest score`, "the instrument"),
    entry: number(values.entry, "points", [low, high], `${name}: mean at entry`, "Roebuck 2021"),
    reference: number(values.reference, "points", [low, high], `${name}: level at which feedback is 0`, "Roebuck 2021"),
    sd: number(values.sd, "points", [0.01, width], `${name}: SD that 'per SD' means`, "Roebuck 2021, 9 months"),
    setPointSd: spread(values.setPointSd, "SD of personal set-points", "derived from retest correlations"),
    agencySd: spread(values.sd * 0.15, "SD between agencies", "Roebuck 2021: ICC .02 to .12"),
    entrySd: spread(values.entrySd, "extra SD at entry, which fades", "derived: SDs shrink after entry"),
    fluctuationSd: spread(values.fluctuationSd, "stationary SD of random movement", "derived from retest correlations"),
    rate: number(
      values.rate,
      "1/month",
      [0, 30],
      `${name}: rate of approach to the set-point`,
      "derived from Roebuck 2021",
    ),
    gain: points(values.gain, "gain of the set-point in service", "derived from Roebuck 2021"),
    delay: number(
      values.delay,
      "months",
      [0, 240],
      `${name}: when half of the gain has come; 0: from the start`,
      "derived",
    ),
    delayWidth: number(
      values.delayWidth,
      "months",
      [0.01, 240],
      `${name}: width of the logistic rise at the delay`,
      "derived",
    ),
    alliance: number(
      values.alliance,
      "points per RPRS point",
      [-20, 20],
      `${name}: B, effect of true alliance on the set-point (shrunken)`,
      published.alliance,
    ),
    feedback: number(
      values.feedback,
      "RPRS points per SD",
      [-50, 50],
      `${name}: g, effect on the alliance set-point (shrunken)`,
      published.feedback,
    ),
    fidelityDirect: number(
      0,
      "points/point",
      [-20, 20],
      `${name}: c′, effect of fidelity past alliance`,
      "Roebuck 2021, Latimer 2020: none",
    ),
    goal: points(values.goal, "lift by a goal just attained"),
    setback: points(values.setback, "change by one setback"),
    employed: points(values.employed, "employed against not"),
    substanceUse: points(values.substanceUse, "substance use against none"),
    housed: points(values.housed, "stably housed (now) against not"),
    adverseExperiences: points(values.adverseExperiences, "per adverse childhood experience"),
    longHospitalisation: points(values.longHospitalisation, "long hospitalisation against none"),
  } as const;
}

/** Parameters of the four outcomes. */
export const outcomeParameters = {
  outcomes: {
    qoli: outcome({
      name: "QOLI-20 quality of life",
      range: [20, 140],
      values: {
        entry: 82.9,
        reference: 87.4,
        sd: 16.9,
        setPointSd: 13,
        entrySd: 8,
        fluctuationSd: 5,
        rate: 0.147,
        gain: 6.1,
        delay: 0,
        delayWidth: 1,
        alliance: 0.12,
        feedback: 1.6,
        goal: 1,
        setback: -1.5,
        employed: 1,
        substanceUse: -1,
        housed: 4,
        adverseExperiences: -0.8,
        longHospitalisation: 0,
      },
      published: { alliance: "Roebuck 2021: b .10 (.01 to .20)", feedback: "Roebuck 2021: ΔR² .032" },
    }),
    pgi: outcome({
      name: "PGI personal goals",
      range: [0, 100],
      values: {
        entry: 31.8,
        reference: 33.8,
        sd: 19.4,
        setPointSd: 10,
        entrySd: 5,
        fluctuationSd: 9,
        rate: 0.25,
        gain: 6.5,
        delay: 11,
        delayWidth: 3,
        alliance: 0.25,
        feedback: 0.7,
        goal: 3,
        setback: -1.5,
        employed: 3,
        substanceUse: -3,
        housed: 1,
        adverseExperiences: -0.3,
        longHospitalisation: 0,
      },
      published: {
        alliance: "Roebuck 2021: b .21 (.07 to .34) at 18 months",
        feedback: "Roebuck 2021: not significant",
      },
    }),
    ths: outcome({
      name: "THS hope",
      range: [8, 64],
      values: {
        entry: 42.4,
        reference: 44.1,
        sd: 8.9,
        setPointSd: 5.5,
        entrySd: 6,
        fluctuationSd: 3,
        rate: 0.059,
        gain: 4.1,
        delay: 0,
        delayWidth: 1,
        alliance: 0.1,
        feedback: 0.7,
        goal: 1.5,
        setback: -2,
        employed: 0.5,
        substanceUse: -0.5,
        housed: 0.5,
        adverseExperiences: -0.3,
        longHospitalisation: 0,
      },
      published: {
        alliance: "Roebuck 2021: b .07 (.01 to .12) at 18 months",
        feedback: "Roebuck 2021: not significant",
      },
    }),
    mcas: outcome({
      name: "MCAS functioning",
      range: [17, 85],
      values: {
        entry: 72.1,
        reference: 73.2,
        sd: 6.1,
        setPointSd: 3.8,
        entrySd: 3.5,
        fluctuationSd: 2,
        rate: 0.112,
        gain: 1.7,
        delay: 0,
        delayWidth: 1,
        alliance: 0.07,
        feedback: 2,
        goal: 0.2,
        setback: -0.5,
        employed: 1.5,
        substanceUse: -1,
        housed: 1,
        adverseExperiences: -0.1,
        longHospitalisation: -2,
      },
      published: { alliance: "Roebuck 2021: b .05 (.02 to .09) at 9 months", feedback: "Roebuck 2021: ΔR² .051" },
    }),
  },
} as const;
