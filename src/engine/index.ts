/**
 * The engine's front door. Nothing else of the engine is public.
 *
 * `analyze()` runs the corridor once; `createSession()` runs it again and again over changing files.
 */
export type * from "./base/catalog.ts";
export { emptyPolicy } from "./base/policy.ts";
export type * from "./base/policy.ts";
export type * from "./base/location.ts";
export type * from "./base/problem.ts";
export { type Confidence, isAtLeast, isWithin } from "./base/kinds.ts";
export { limits } from "./base/limits.ts";
export { parsePath, type PathToken } from "./base/access-path.ts";
export { isSourceFile } from "./discover/index.ts";
export type * from "./report/index.ts";
export { analyze, type AnalyzeInput } from "./pipeline.ts";
export { createSession, type Progress, type Session, type SessionOptions } from "./session.ts";
