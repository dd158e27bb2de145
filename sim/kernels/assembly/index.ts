// Entry point of the WebAssembly module.
export { bootstrapGeneral, bootstrapSimple } from "./bootstrap";
export { bootstrapClusters } from "./clusters";
export { fillNormals, fillNormalsAcross, fillUniforms } from "./fill";

/** First free byte: the caller lays out memory from here. */
export function heapBase(): usize {
  return __heap_base;
}
