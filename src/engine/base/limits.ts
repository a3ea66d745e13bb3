/** Every bound that can cut an analysis short, in one place. Each hit is counted and shown. */
export const limits = {
  /** Characters. Larger files are generated or vendored; one such file can cost more than the rest of a workspace. */
  fileSize: 1_500_000,
  /** Mean line length, in characters, above which a file is taken for minified. */
  minifiedLineLength: 500,
  /** Fields in an access path; deeper fields are folded into their ancestor. */
  pathDepth: 4,
  /** Atoms that are kept when a value is folded into one node. */
  atoms: 40,
  /** Atoms that joining keeps at one node. */
  joinedAtoms: 40,
  /** Nodes and atoms in one abstract value; beyond it its deeper levels are folded. */
  shapeSize: 200,
  /** Fields in what a summary says of how a call changes an object; changes further down are left out. */
  changeDepth: 2,
  /** Tests of keys, and lists in one of them, that are remembered of a caller's value; with more it counts as untested. */
  keyTests: 3,
  /** Fields of one object of a caller's that a value may be; with more it is some field of it. */
  siblings: 12,
  /** Times one function is solved again while its callees still change. */
  solveRounds: 6,
  /** Atoms of callees' summaries taken over in the evaluation of one function; after that its calls count as unknown. */
  work: 40_000,
  /** Calls of unknown callees kept symbolic in one summary, for its callers to resolve. */
  deferredCalls: 12,
  /** Callers up to which such a call is handed; then it is unknown code. */
  deferredLevels: 5,
  /** Sink hits kept in one summary. */
  sinkHits: 64,
  /** Different constants kept for one value; more are "any constant". */
  constants: 12,
  /** Hops in a trace that is shown to a person. */
  traceSteps: 40,
} as const;

export type LimitName = keyof typeof limits;
