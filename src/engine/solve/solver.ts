import type { Catalog } from "../base/catalog.ts";
import type { limits as baseLimits, LimitName } from "../base/limits.ts";
import type { Policy } from "../base/policy.ts";
import type { ClassNode, FunctionNode, Program } from "../link/index.ts";
import type { ApiGraph } from "./api-graph.ts";
import type { Classifier } from "./classify-name.ts";
import type { Evaluation } from "./evaluation.ts";
import type { PlaceTable } from "./places.ts";
import type { Shape } from "./shape.ts";
import type { Summary } from "./summary.ts";

/** What the evaluation of one function asks of the whole: other functions' summaries, module variables, classes. */
export interface Solver {
  readonly program: Program;
  readonly catalog: Catalog;
  readonly policy: Policy;
  readonly graph: ApiGraph;
  readonly classifier: Classifier;
  readonly places: PlaceTable;
  readonly limits: typeof baseLimits;
  /** The callee's summary so far; the caller is solved again when it changes. */
  summaryFor(caller: number, callee: number): Summary;
  /** A module variable's content so far, from all who write it. */
  moduleCell(file: string, name: string): Shape;
  imported(from: string, specifier: string, name: string): Shape;
  /** What a file exports under a name. */
  namespaceField(file: string, key: string): Shape;
  /** A write to a variable of an enclosing function or of a module; `file` is the one whose variables the key names. */
  writeCell(evaluation: Evaluation, file: string, key: string, value: Shape): void;
  classOf(id: number): ClassNode;
  instanceField(id: number, key: string): Shape;
  staticField(id: number, key: string): Shape;
  /** `this` of a method whose callers are not known. */
  selfOf(node: FunctionNode): Shape;
  knowsMember(id: number, key: string): boolean;
  countLimit(name: LimitName): void;
}
