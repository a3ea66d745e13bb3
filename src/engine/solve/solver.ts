import type { Catalog } from "../base/catalog.ts";
import type { limits as baseLimits, LimitName } from "../base/limits.ts";
import type { Policy } from "../base/policy.ts";
import type { Item, TypeRef, Value, ValueId } from "../extract/index.ts";
import type { ClassNode, FunctionNode, Program } from "../link/index.ts";
import type { ApiGraph } from "./api-graph.ts";
import type { Atom } from "./atom.ts";
import type { Classifier } from "./classify-name.ts";
import type { DeclaredModels } from "./declared-models.ts";
import type { DecoratorNodes } from "./decorator-models.ts";
import type { Site } from "./flow.ts";
import type { Lineage } from "./lineage.ts";
import type { ParameterModels } from "./parameter-models.ts";
import type { PlaceTable } from "./place-table.ts";
import type { PortCondition } from "./port-condition.ts";
import type { Shape } from "./shape.ts";
import type { DeferredCall, GapHit, MadeClient, MethodCall, SinkHit, Summary, Thrown } from "./summary.ts";

/** What the evaluation of one function asks of the whole: other functions' summaries, module variables, classes. */
export interface Solver {
  readonly program: Program;
  readonly catalog: Catalog;
  readonly policy: Policy;
  readonly graph: ApiGraph;
  readonly declared: DeclaredModels;
  readonly decorators: DecoratorNodes;
  readonly parameters: ParameterModels;
  /** Whether any model speaks of members of the workspace's own types. */
  readonly tellsMembers: boolean;
  readonly classifier: Classifier;
  readonly places: PlaceTable;
  readonly limits: typeof baseLimits;
  /** What was worked out of the fields of declared types: summaries ask for the same ones at each call. */
  readonly typeFields: WeakMap<Atom, Map<string, Shape>>;
  /** The callee's summary so far; the caller is solved again when it changes. */
  summaryFor(caller: number, callee: number): Summary;
  /** The summary so far of a function that is not called here, as whoever is at work asks for it. */
  readSummary(id: number): Summary;
  /** A module variable's content so far, from all who write it. */
  moduleCell(file: string, name: string): Shape;
  imported(from: string, specifier: string, name: string): Shape;
  /** What a file exports under a name. */
  namespaceField(file: string, key: string): Shape;
  /** A write to a variable of an enclosing function or of a module; `file` is the one whose variables the key names. */
  writeCell(evaluation: Evaluation, file: string, key: string, value: Shape): void;
  /** What containers of dependency injection give for a token (see `injection.ts`). */
  provided(token: string): Shape;
  provide(token: string, value: Shape): void;
  classOf(id: number): ClassNode;
  readonly lineage: Lineage;
  /** What its decorators have put into the place of a method or an accessor. */
  decoratedMember(id: number): Shape | undefined;
  /** The accessor that a field's decorators have defined in its place. */
  decoratedAccessor(classId: number, does: "get" | "set", key: string): Shape | undefined;
  /** `exact`: the object is of this very class, and of none that extends it. */
  instanceField(id: number, key: string, exact: boolean): Shape;
  staticField(id: number, key: string): Shape;
  /** What methods put into a field of their object by themselves, whichever object that was. */
  sharedField(id: number, key: string): Shape;
  shareField(id: number, key: string, value: Shape): void;
  /** `this` of a method whose callers are not known. */
  selfOf(node: FunctionNode): Shape;
  countLimit(name: LimitName): void;
  readonly calls: Calls;
}

/** Calls lead to summaries and models, which lead to calls: the parts reach each other through here. */
export interface Calls {
  /** Whatever the callee may be. */
  callShape(evaluation: Evaluation, site: CallSite, method?: MethodCall): Shape;
  /** An instance of whatever the callee may be. */
  constructShape(evaluation: Evaluation, site: CallSite): Shape;
  /** By the policy for unknown code. */
  callUnknown(evaluation: Evaluation, site: CallSite): Shape;
  /** A function value that was passed to something, as that something would call it. */
  callBack(
    evaluation: Evaluation,
    site: CallSite,
    callee: Shape,
    args: readonly Shape[],
    index: number,
    thrownAt?: ValueId,
    id?: ValueId,
  ): Shape;
}

/** The state of the evaluation of one function: its values' shapes so far, and what it was seen to do. */
export interface Evaluation {
  readonly solver: Solver;
  readonly node: FunctionNode;
  readonly values: readonly Value[];
  readonly shapes: Shape[];
  /** States of arguments (by index) and receivers (-1) after each call, where they differ from before. */
  readonly after: Map<ValueId, Map<number, Shape>>;
  readonly thrown: Map<ValueId, readonly Thrown[]>;
  /** Calls that lead to unknown code. */
  readonly unknownCalls: Set<ValueId>;
  /** For versions of an object that no call or store has changed: the value that they still are. */
  readonly unchanged: ValueId[];
  /** Calls that gave or took an entry of the collection that they were called on, with its key; `*` is some key. */
  readonly entryCalls: Map<ValueId, string>;
  /** Calls that return the object that they were called on. */
  readonly returnsSelf: Set<ValueId>;
  readonly ownCells: Map<string, Shape>;
  readonly outerCells: Map<string, Shape>;
  /** What was read of own and outer cells in the pass at hand: when one says more later, another pass is due. */
  readonly cellReads: Map<string, Shape>;
  readonly hits: Map<string, SinkHit>;
  /** By the place of the call that makes it. */
  readonly clients: Map<string, MadeClient>;
  readonly deferred: Map<string, DeferredCall>;
  readonly gaps: Map<string, GapHit>;
  /** The next place for what is thrown apart from the function's own calls. */
  nextApart: number;
  /** The official channel that this function is, or is a part of. */
  readonly channel: string | undefined;
  /** Under which conditions the call that is evaluated is reached. */
  when: readonly PortCondition[];
  /** Atoms of callees' summaries put into this function's terms so far: the budget of `limits.work`. */
  work: number;
}

/** One call, as its callee sees it. */
export interface CallSite {
  /** The SSA value of the call; negative for calls that the source does not write (callbacks of built-ins). */
  readonly id: number;
  readonly call: Site;
  readonly callee: Shape;
  readonly self: Shape | undefined;
  readonly args: readonly Shape[];
  /** The arguments as they are written, where `args` are still those. */
  readonly written?: { readonly args: readonly Shape[]; readonly items: readonly Item[] };
  /** From this argument on, positions are not known: an array of unknown length was spread. */
  readonly spreadFrom?: number;
  /** The array that was spread, when nothing comes after it: who knows its items can tell them apart. */
  readonly spreadList?: Shape | undefined;
  /** Where the receiver is written. */
  readonly selfSite?: Site | undefined;
  /** Where the arguments are written; undefined for what the source does not write as an argument here. */
  readonly argSites: readonly (Site | undefined)[];
  readonly name: string;
  /** The value that throws what this call throws, where that is not `id`. */
  readonly thrownAt?: ValueId;
  /** Makes the roots of deferred calls unique. */
  readonly root: string;
  /** Of a deferred call, the functions that handed it up. */
  readonly through?: readonly number[];
  /** The official channel that this call is. */
  readonly channel?: string | undefined;
  /** The text of a template, without what is put in, when it is a statement in SQL, or GraphQL. */
  readonly template?: string;
  /** `User` of `load<User>()`, as written in the file at hand. */
  readonly typeArgs?: readonly TypeRef[];
}
