// Where the arrays of a world lie in memory.

/** Byte offsets, in the order of ADDRESSED in models/service/kernels/addresses.ts. */
@unmanaged
export class Arrays {
  rows: usize;
  identities: usize;
  first: usize;
  oldest: usize;
  newest: usize;
  identity: usize;
  status: usize;
  team: usize;
  manager: usize;
  admissionStep: usize;
  neverEngages: usize;
  need: usize;
  stigma: usize;
  dyadFit: usize;
  alliancePart: usize;
  entryAlliance: usize;
  alliance: usize;
  selfWorth: usize;
  dose: usize;
  contacts: usize;
  goalLift: usize;
  setback: usize;
  housed: usize;
  inHospital: usize;
  inCrisis: usize;
  outcome0: usize;
  outcome1: usize;
  outcome2: usize;
  outcome3: usize;
  setPoint0: usize;
  setPoint1: usize;
  setPoint2: usize;
  setPoint3: usize;
  gain0: usize;
  gain1: usize;
  gain2: usize;
  gain3: usize;
  teamFidelity: usize;
  contactsPlanned: usize;
  contactsHeld: usize;
  managerFidelity: usize;
  managerAlliancePart: usize;
  managerStigmaSlope: usize;
  demandHours: usize;
  capacityHours: usize;
  bySeat: usize;
  rateBySeat: usize;
  byTeam: usize;
  coverDemand: usize;
  coverCrises: usize;
  surely: usize;
  perhaps: usize;
  sums: usize;
  chosen: usize;
  uniform: usize;
  hazard: usize;
}

export const ACTIVE: i32 = 2;
/** A client on hold has no case manager at present. */
export const ON_HOLD: i32 = 3;
export const NOT_ENGAGING: i32 = 4;

@inline
export function real(array: usize, index: i32): f64 {
  return load<f64>(array + (<usize>index << 3));
}

@inline
export function setReal(array: usize, index: i32, value: f64): void {
  store<f64>(array + (<usize>index << 3), value);
}

@inline
export function addReal(array: usize, index: i32, value: f64): void {
  const at = array + (<usize>index << 3);
  store<f64>(at, load<f64>(at) + value);
}

@inline
export function whole(array: usize, index: i32): i32 {
  return load<i32>(array + (<usize>index << 2));
}

@inline
export function setWhole(array: usize, index: i32, value: i32): void {
  store<i32>(array + (<usize>index << 2), value);
}

@inline
export function byte(array: usize, index: i32): i32 {
  return load<u8>(array + <usize>index);
}

/** Clients per batch of draws: the draws stay in the first cache. */
export const BATCH: i32 = 512;
/** Room for the draws of a batch. */
export const draws: usize = memory.data(4096, 16);
