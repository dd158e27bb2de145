// Entry point of the WebAssembly module of the service model.
export { moveAlliance } from "./alliance";
export { drawBelow, findFlagged } from "./chance";
export { askForHours, attend, gatherServed } from "./contacts";
export { moveSelfWorth, workOnGoals } from "./goals";
export { moveOutcomes } from "./outcomes";
export { sumTeams } from "./weeks";

/** First free byte: the caller lays out memory from here. */
export function heapBase(): usize {
  return __heap_base;
}
