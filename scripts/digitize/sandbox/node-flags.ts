/**
 * How Node runs the pipeline. Scans lie in typed arrays, outside the heap that V8 collects: one thread
 * does that in less time than several beside the work, and a whole run takes a twentieth less. It may be
 * asked to (see `mesh/collect-shared`).
 */
export const NODE_FLAGS: readonly string[] = ['--single-threaded-gc', '--expose-gc'];
