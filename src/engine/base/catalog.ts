import type { Confidence } from "./kinds.ts";
import type { Location } from "./location.ts";
import type { Cloud, Jurisdiction, Preset, Vendor } from "./place-catalog.ts";

export type { Cloud, Jurisdiction, Preset, Transfer, Vendor } from "./place-catalog.ts";

import type { SchemaRow } from "./schema-row.ts";

/**
 * What the tool knows, as plain data: the shapes of the JSON files in `src/catalog`, after validation.
 * The engine takes one `Catalog`; it never reads a file.
 */
export interface Catalog {
  readonly dataTypes: readonly DataType[];
  readonly libraries: readonly Model[];
  readonly clouds: readonly Cloud[];
  readonly jurisdictions: readonly Jurisdiction[];
  readonly vendors: readonly Vendor[];
  readonly presets: readonly Preset[];
  readonly rules: readonly Rule[];
  readonly sinkKinds: readonly SinkKind[];
  readonly owners: Owners;
}

/** The words by which the tool tells whose data it is: split words, lower case. The schema says what each list is for. */
export interface Owners {
  readonly person: readonly string[];
  readonly role: readonly string[];
  readonly account: readonly string[];
  readonly conversation: readonly string[];
  readonly record: readonly string[];
  readonly notPerson: readonly string[];
  readonly notData: readonly string[];
  readonly about: readonly string[];
  readonly qualifier: readonly string[];
}

export type Sensitivity = "low" | "medium" | "high" | "critical";

/** A sort of personal data. Names are split-word lists: `"birth date"` matches `birthDate`, `birth_date`, `BIRTH-DATE`. */
export interface DataType {
  readonly id: string;
  readonly title: string;
  readonly sensitivity: Sensitivity;
  /** Names that mean this data type, with the owner that it needs. */
  readonly names: readonly string[];
  /** Names that mean it only with a person-like owner. */
  readonly ambiguous?: readonly string[];
  /** Names that mean it only beside another of the same thing: `to` of what has a `subject` too. */
  readonly beside?: {
    readonly names: readonly string[];
    readonly with: readonly string[];
    /** Beside one of these it is nobody's: a part of a template; but not where one of `despite` is there too. */
    readonly unless?: readonly string[];
    readonly despite?: readonly string[];
  };
  /** Counter-names: a name that contains one of these word sequences is not this data type. */
  readonly notNames?: readonly string[];
  /**
   * `any`: the names alone suffice (medium confidence). `account`: they need an owner that is a person or a person's
   * account; alone they are a guess of low confidence. `person`: all names need a person-like owner. `conversation`: they
   * need an owner that is a message between people: `chatMessage.text`.
   */
  readonly owner: "any" | "account" | "person" | "conversation";
  /** `person`: other words before these names must name a person or a circumstance. */
  readonly before?: "person";
  /** What a value of it may be declared as besides a text. */
  readonly holds?: readonly ("number" | "date" | "words" | "flag" | "record")[];
  /** Severities by sink kind without a policy; the longest kind wins, other kinds have the rule's. */
  readonly severity?: Readonly<Record<string, Severity>>;
  /** The law or standard that the row rests on. */
  readonly source?: string;
  /** Expressions that are this data type, and false friends that are silent. */
  readonly examples?: { readonly means: readonly string[]; readonly not: readonly string[] };
  readonly note?: string;
}

export interface SinkKind {
  /** `log`, `export.csv`, `store`, … */
  readonly id: string;
  readonly title: string;
  /** Completes "… is ": `written to a log`, `sent to a chat`. */
  readonly verb: string;
}

/** What a library, a global or a user's own module does. Exactly one of `library`, `global`, `module` is given. */
export interface Model {
  /** An npm package or Node module name without `node:`, for example `pino` or `fs`. */
  readonly library?: string;
  /** Other packages with the same API, for example `fs-extra` for `fs`. */
  readonly aliases?: readonly string[];
  /** A global variable, for example `console`. */
  readonly global?: string;
  /** A file of the workspace, or a glob of some, relative to its root: `src/privacy/redact.ts`, `src/privacy/*.ts`. */
  readonly module?: string;
  readonly types?: readonly TypeRow[];
  readonly typeArguments?: readonly TypeArgumentRow[];
  readonly sources?: readonly SourceRow[];
  readonly sinks?: readonly SinkRow[];
  readonly sanitizers?: readonly SanitizerRow[];
  readonly guards?: readonly GuardRow[];
  readonly errors?: readonly ErrorRow[];
  readonly propagators?: readonly PropagatorRow[];
  readonly states?: readonly StateRow[];
  readonly combinators?: readonly CombinatorRow[];
  readonly places?: readonly PlaceRow[];
  readonly constants?: readonly ConstantRow[];
  readonly redactions?: readonly RedactionRow[];
  readonly schemas?: readonly SchemaRow[];
  readonly rewrites?: readonly RewriteRow[];
  readonly channels?: readonly ChannelRow[];
  readonly receivers?: readonly ReceiverRow[];
  readonly note?: string;
  /** Where a user's model is written; absent for built-in ones. */
  readonly writtenAt?: Location;
}

interface Row {
  /** The type whose values the path starts from; without it the path starts from the module (or the global) itself. */
  readonly on?: string;
  /** See `access-path.ts` for the words. */
  readonly path: string;
  readonly note?: string;
  /** Where a user's row is written, to say so when nothing matches it; absent for built-in ones. */
  readonly writtenAt?: Location;
}

/**
 * "What stands at `path` is a `name`". Names are local to the model; they are the library's own exported type names where it
 * has them (`Logger`, `S3Client`), so that a declared type says as much as the call that made the value.
 */
export interface TypeRow extends Row {
  readonly name: string;
  /** Where the path ends at a parameter: holds for functions that declare so many parameters. */
  readonly parameters?: readonly number[];
}

/** "What a value of `on` holds at `path` is of the type that is written as its type argument", or as a member of that. */
export interface TypeArgumentRow {
  readonly on: string;
  readonly path: string;
  /** Which argument, from 0. */
  readonly index: number;
  /** `Body` in `FastifyRequest<{ Body: User }>`. */
  readonly member?: string;
  readonly note?: string;
}

export interface SourceRow extends Row {
  readonly dataType: string;
  /** All of it together holds the data; its members speak for themselves. */
  readonly whole?: boolean;
  /** It is kept behind accessors: JSON of the value, and copies by its keys, hold nothing of it. */
  readonly accessors?: boolean;
}

export interface SinkRow extends Row {
  readonly kind: string;
  /** Where the URL, the host or the placed client is written in this very call, as for `fetch(url)`; it outweighs the receiver. */
  readonly host?: string | readonly string[];
  /** Where the region of the client's cloud is written in this very call. */
  readonly region?: string;
  /** Where the addresses of those who get it are written: a text, a list, objects with one. They stand where their domains do. */
  readonly recipients?: string | readonly string[];
  /**
   * Where what arrives stands in the event that `rewrites` speak of: `user`, `extra.*`; empty: it is the event. `...message`:
   * an object's members are the event's, and a text stands at `message`.
   */
  readonly as?: string;
}

/** What stands at `path` (a return value, an instance) no longer holds the arguments' data. */
export interface SanitizerRow extends Row {
  /** Data types made safe; absent: all. */
  readonly data?: readonly string[];
  /** Sink kinds for which it is safe; absent: all. */
  readonly protects?: readonly string[];
  /** It still stands for a person, as a hash does: at a border it is personal data. */
  readonly pseudonym?: boolean;
}

/** Where a call's answer is `when`, the argument that the path ends with is safe: `if (isSafe(x)) …`. */
export interface GuardRow extends Row {
  /** The answer that means "safe"; absent: `true`. */
  readonly when?: boolean;
  /** Data types made safe; absent: all. */
  readonly data?: readonly string[];
  /** Sink kinds for which it is safe; absent: all. */
  readonly protects?: readonly string[];
}

/**
 * A framework hands errors from where they are raised to where they are handled. `raised`: what is passed at `path`, or what
 * the function there throws or is rejected with. `handled`: the parameter at `path` gets all that is raised.
 */
export interface ErrorRow extends Row {
  readonly as: "raised" | "handled";
  /** The framework, where that is another library. */
  readonly of?: string;
  /** Where the path ends at a parameter: holds for functions that declare so many parameters. */
  readonly parameters?: readonly number[];
}

/**
 * At a call of `path`, taint moves from one port to another, for example from `Argument[0]` to `ReturnValue`, or, where it
 * fails, into the error that it throws or rejects with (`Thrown.Member[message]`, `Rejected.Member[config]`).
 */
export interface PropagatorRow extends Row {
  readonly from: string;
  readonly to: string;
  /** Sink kinds that do not show it there: an error tracker sends the message of an error, not its other properties. */
  readonly protects?: readonly string[];
  /** Ports whose constants name the only keys that move (`picks`), those that do not (`omits`), or the path that is read (`at`) or written (`under`). */
  readonly picks?: string;
  readonly omits?: string;
  readonly at?: string;
  readonly under?: string;
  /** Nothing moves where something stands at this port. */
  readonly unless?: string;
}

/**
 * A call of `path` makes, or reads, what one function writes and another reads later.
 * `pair`: `[value, setter]`, from a first value. `reducer`: `[value, dispatch]`. `context`: its provider writes what
 * `context-value` reads. `store`: made by a function of a setter; read by a selector. `slice`: reducers by name, with an
 * action for each. `root`: a tree of slices, one in a program; `root-value` reads it by a selector. `run`: what a function is run
 * with, for all that it calls. `ref`: an object whose `value` others write; `reactive`: one whose fields they do; `refs`: each
 * field of one, as a `ref`. `option-store`: a function that gives an object with state, getters and actions. `commits`: a store
 * that named mutations change, one in a program; `commits-value` is that one. `atom`, `keyed-atom`: what `atom-value`,
 * `atom-pair` and `atom-setter` read and write, and `atom-store` does by calls. `endpoints`: an object of hooks by the names of what they ask for.
 * `fields`: the value at `path`, such as a request: what one function puts under a name there, others find; `put` and `take` do so
 * by calls of the value. `any-action`: one of the actions that are passed; `listener`: an `effect` for an `actionCreator` or `matcher`.
 */
export interface StateRow extends Row {
  readonly as: StateSort;
}

export const stateSorts = [
  "pair",
  "reducer",
  "context",
  "context-value",
  "store",
  "slice",
  "thunk",
  "action",
  "cases",
  "selector",
  "connect",
  "root",
  "root-value",
  "run",
  "ref",
  "reactive",
  "refs",
  "option-store",
  "commits",
  "commits-value",
  "atom",
  "keyed-atom",
  "atom-value",
  "atom-pair",
  "atom-setter",
  "atom-store",
  "endpoints",
  "fields",
  "put",
  "take",
  "any-action",
  "listener",
] as const;

export type StateSort = (typeof stateSorts)[number];

/**
 * A call of `path` makes a function out of functions or of arguments, or runs functions one after the other.
 * `curried`: a call with fewer arguments than `arity` gives a function of the rest. `data-last`: a call with fewer than
 * `arity` (without it: every call) gives a function of the data, which the other rows see as the first argument.
 * `pipe`: the first argument goes through the functions after it. `flow`, `compose`: a function that goes through all of
 * them, from the first or from the last. `partial`: the first argument, with the others bound to it. `curry`: the function
 * that is passed, taking its arguments over several calls. `later`: a function that gives the one that is passed.
 */
export interface CombinatorRow extends Row {
  readonly as: CombinatorSort;
  readonly arity?: number;
}

export const combinatorSorts = [
  "curried",
  "data-last",
  "pipe",
  "flow",
  "compose",
  "partial",
  "curry",
  "later",
] as const;

export type CombinatorSort = (typeof combinatorSorts)[number];

/** Where the place of a client of `type` is written, in the call that makes it. */
export interface PlaceRow {
  readonly type: string;
  /** The cloud or vendor whose region codes are used (`aws`); absent: only hosts count. */
  readonly provider?: string;
  readonly region?: string;
  readonly host?: string;
  /** The call, from a value of `type`, that tells it of a client that was made before: `Member[init]`; the ports are that call's. */
  readonly set?: string;
  /** Where a client stands that it sends through: the mail transport's SES client. It stands where that does. */
  readonly client?: string;
  /** It keeps rows: what is read from it is of people who live where it stands. */
  readonly rows?: true;
  /** When nothing is written there: `env:AWS_REGION` (an environment variable) or `host:slack.com` (a fixed host). */
  readonly else?: string;
  readonly note?: string;
}

/** What stands at `path` is this text: `Domain.Feishu` is `open.feishu.cn`. */
export interface ConstantRow extends Row {
  readonly value: string;
}

/**
 * Where the call that makes a logger of `type` lists paths that it writes without their values: in `of`, an argument of the
 * calls that log. `*` is any key. `shared`: what the call makes is no logger, but makes those of the whole package.
 */
export interface RedactionRow {
  readonly type: string;
  readonly list: string;
  readonly of: string;
  readonly shared?: true;
  readonly note?: string;
}

/**
 * A call of `path` is told a function that gets each event before it is written, and gives what is written of it (or changes
 * it): `by`; or a list of keys that are left out of it: `list`. `in`: the events of this function hold those of sinks here.
 * It holds for what the call makes, and, where it is `shared`, for the whole package.
 */
export interface RewriteRow extends Row {
  readonly by?: string;
  readonly list?: string;
  readonly in?: string;
  readonly shared?: true;
}

export interface ChannelRow extends Row {
  readonly name: string;
}

/** When a receiver resolves to nothing, its name may still say what it is: `logger.info(…)`. Lower confidence. */
export interface ReceiverRow {
  readonly names: readonly string[];
  readonly type: string;
  readonly note?: string;
}

export type Severity = "error" | "warning" | "information" | "off";

/** A rule names kinds only, so it does not grow when data types do. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Sink kinds inside `to` that are off unless the policy turns them on. */
  readonly off?: readonly string[];
  readonly severity: Severity;
  readonly when?: "place-not-allowed";
  /** Placeholders: {dataTypes} {sink} {residency} {place}. */
  readonly message: string;
  readonly help: string;
}

/** Evidence behind a data label, shown in the finding. */
export interface Evidence {
  readonly confidence: Confidence;
  /** In words: "`email` of `Customer`". */
  readonly because: string;
}
