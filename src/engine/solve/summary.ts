import type { Confidence } from "../base/kinds.ts";
import type { TypeRef, ValueId } from "../extract/index.ts";
import type { Site } from "./flow.ts";
import type { PortCondition } from "./port-condition.ts";
import type { Shape } from "./shape.ts";

/**
 * What one function does, in terms of its in-ports (see `atom.ts`): computed once, applied at every call.
 * Adding a caller never changes it, except through module variables, which hold what all who write them wrote.
 */
export interface Summary {
  readonly returns: Shape;
  readonly throws: readonly Thrown[];
  /** The state of each parameter's value when the function ends; absent: unchanged. */
  readonly params: readonly (Shape | undefined)[];
  readonly self: Shape | undefined;
  /** What it writes to variables of enclosing functions and of modules, by cell key. */
  readonly cells: ReadonlyMap<string, Shape>;
  readonly hits: readonly SinkHit[];
  /** Clients that it makes, whose place its callers know. */
  readonly clients: readonly MadeClient[];
  readonly deferred: readonly DeferredCall[];
}

/** An error, and what has to be so of in-ports for it to be thrown. */
export interface Thrown {
  readonly shape: Shape;
  readonly when: readonly PortCondition[];
}

/** Data arrives at a sink. In a summary its data is still in terms of in-ports. */
export interface SinkHit {
  readonly kind: string;
  readonly name: string;
  readonly confidence: Confidence;
  /** The sink itself, wherever it is. */
  readonly origin: Site;
  /** The call in *this* function that leads there, and the argument that carries the data. */
  readonly call: Site;
  readonly argument: Site;
  readonly data: Shape;
  /** Holds the hidden fields that tell the place of the client: `@@region`, `@@host`, `@@provider`. */
  readonly client: Shape;
  readonly hasPlace: boolean;
  readonly channel: string | undefined;
  /** What has to be so of in-ports for the sink to be reached: see `port-condition.ts`. */
  readonly when: readonly PortCondition[];
}

/** A client is made. */
export interface MadeClient {
  readonly made: Site;
  readonly name: string;
  readonly library: string;
  /** It is a call that names its address itself. */
  readonly addressed?: boolean;
  /** By the constructor of a class that extends it: it is made where that is called. */
  readonly bySuper: boolean;
  /** Hidden fields alone, in terms of in-ports: see `SinkHit`. */
  readonly client: Shape;
}

/** Data arrives at a call that nobody can look into. */
export interface GapHit {
  readonly site: Site;
  readonly callee: string;
  /** The npm package of the callee, when it has one. */
  readonly library: string | undefined;
  readonly data: Shape;
}

/** A call whose callee is known by its last member's name and its receiver, for built-in methods and receivers' names. */
export interface MethodCall {
  readonly key: string;
  readonly receiverName: string;
  /** The receiver's value in the function that is evaluated. */
  readonly receiver?: ValueId;
}

/** A call of something that only callers know: a callback, a method of a parameter. Its result is the root `r…`. */
export interface DeferredCall {
  readonly root: string;
  readonly callee: Shape;
  readonly receiver: Shape | undefined;
  readonly args: readonly Shape[];
  readonly spreadFrom: number | undefined;
  readonly spreadList: Shape | undefined;
  readonly call: Site;
  readonly argSites: readonly (Site | undefined)[];
  readonly name: string;
  readonly method: MethodCall | undefined;
  readonly typeArgs: readonly TypeRef[] | undefined;
  /** It makes an instance of the callee. */
  readonly constructs: boolean;
  /** The functions that handed it up so far. */
  readonly through: readonly number[];
}
