/**
 * The engine's front door. Nothing else of the engine is public.
 *
 * `analyze()` runs the corridor once; `createSession()` runs it again and again over changing files.
 */

export { type ParsedPath, type PathToken, parsePath } from "./base/access-path.ts";
export type * from "./base/catalog.ts";
export { type Confidence, isAtLeast, isWithin } from "./base/kinds.ts";
export { limits } from "./base/limits.ts";
export type * from "./base/location.ts";
export { lineStartsOf, positionAt } from "./base/location.ts";
export { nearestName } from "./base/nearest-name.ts";
export { nestPolicies, type WrittenPolicy } from "./base/nest-policies.ts";
export type * from "./base/policy.ts";
export { emptyPolicy } from "./base/policy.ts";
export type * from "./base/problem.ts";
export {
  isEnvironmentFile,
  isSchemaFile,
  isSourceFile,
  missingConfigs,
  reasonToExclude,
} from "./discover/index.ts";
export type { FileFacts } from "./extract/index.ts";
export { factsOf } from "./facts-of.ts";
export { type AnalyzeInput, analyze } from "./pipeline.ts";
export type * from "./report/index.ts";
export {
  createSession,
  type FactsStore,
  type FirstAnswer,
  type Progress,
  type Session,
  type SessionOptions,
  type StaleText,
} from "./session.ts";
