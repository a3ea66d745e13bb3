import type { PathToken } from "../base/access-path.ts";
import type { CombinatorSort, ErrorRow, PlaceRow, StateSort } from "../base/catalog.ts";
import { elementKey, isIndex, rowField } from "./key-words.ts";
import type { Safety } from "./safety.ts";

/**
 * A place in a library's (or a user's own) interface: its root, a member, what a call returns, a named type.
 * A value that may be "what `pino()` returned" carries that node. Rows hang at the node of the callee, or of the value.
 */
export interface ApiNode {
  readonly id: number;
  /** For people: `pino Logger.info`. */
  readonly name: string;
  readonly library: string;
  /** Models that users write stand in for the bodies of their own functions. */
  readonly own: boolean;
  readonly members: Map<string, ApiNode>;
  anyMember: ApiNode | undefined;
  returned: ApiNode | undefined;
  instance: ApiNode | undefined;
  element: ApiNode | undefined;
  /** The same callee, when it is called with this constant text at this index. */
  readonly withTexts: { readonly index: number; readonly value: string; readonly node: ApiNode }[];
  /** The same callee, as the tag of a template; its arguments are the values that are put in. */
  tagged: ApiNode | undefined;
  /** The same callee, as a component; its only argument is its props. */
  jsx: ApiNode | undefined;
  /** Type nodes that a value of this node also is. */
  readonly types: ApiNode[];
  readonly sinks: SinkAt[];
  readonly sources: SourceAt[];
  readonly sanitizers: { readonly port: Port; readonly safety: Safety }[];
  readonly guards: { readonly port: Port; readonly when: boolean; readonly safety: Safety }[];
  readonly errors: ErrorAt[];
  readonly propagators: PropagatorAt[];
  /** Of a call that fails: what its error holds. */
  readonly failures: PropagatorAt[];
  readonly states: StateSort[];
  /** What its members have in common with those of all other values like it: the name of that state. */
  fields: string | undefined;
  /** A call of it makes a function, or runs some. */
  combinator: { readonly as: CombinatorSort; readonly arity: number | undefined } | undefined;
  readonly places: PlaceAt[];
  /** A call of it tells where the package's own client stands. */
  readonly setters: PlaceAt[];
  /** Texts that a library writes for one who names its member: a host, a region. */
  readonly constants: string[];
  readonly redactions: RedactionAt[];
  readonly rewrites: RewriteAt[];
  readonly channels: { readonly port: Port; readonly name: string }[];
  /** Types of parameters: of callbacks that are passed to a call of this node, of the function itself, of what it decorates. */
  readonly typed: TypedAt[];
  /** Members whose type is an argument of this type, or a member of that: `FastifyRequest<{ Body: User }>`. */
  readonly typeArguments: {
    readonly keys: readonly string[];
    readonly index: number;
    readonly member: string | undefined;
  }[];
  /** Whether some member is personal data; told when it is first asked for. */
  tellsSources: boolean | undefined;
  /** Something in the workspace is this. */
  seen: boolean;
}

export interface SinkAt {
  readonly port: Port;
  readonly kind: string;
  /** Where the URL or host is written in this very call; the first that says one counts. */
  readonly host: readonly Port[] | undefined;
  /** Where the region is written in this very call. */
  readonly region: Port | undefined;
  /** Where the addresses of recipients are written in this very call. */
  readonly recipients: readonly Port[];
  /** Where what arrives stands in the event that is rewritten. */
  readonly as: EventPlace | undefined;
}

export interface EventPlace {
  readonly keys: readonly string[];
  /** An object is the event itself. */
  readonly spreads: boolean;
}

export interface SourceAt {
  /** Empty: the value of the node itself. */
  readonly port: Port;
  readonly dataType: string;
  /** All of the value together holds the data; its members speak for themselves. */
  readonly whole: boolean;
  /** It stands behind accessors, which JSON does not ask. */
  readonly accessors: boolean;
}

export interface ErrorAt {
  readonly port: Port;
  readonly as: ErrorRow["as"];
  /** The library whose handlers get them. */
  readonly framework: string;
  readonly parameters: readonly number[] | undefined;
}

export interface PropagatorAt {
  readonly from: Port;
  readonly to: Port;
  readonly picks: Port | undefined;
  readonly omits: Port | undefined;
  readonly at: Port | undefined;
  readonly under: Port | undefined;
  readonly safety: Safety | undefined;
  readonly unless: Port | undefined;
}

export interface TypedAt {
  readonly port: Port;
  readonly type: ApiNode;
  /** Of a function that declares so many parameters. */
  readonly parameters: readonly number[] | undefined;
}

/** Where a client's place is written in the arguments of the call that makes it. */
export interface PlaceAt {
  readonly row: PlaceRow;
  readonly region: Port | undefined;
  readonly host: Port | undefined;
  readonly client: Port | undefined;
}

/** Where the call that makes a logger lists what it leaves out of an argument of later calls. */
export interface RedactionAt {
  readonly list: Port;
  readonly of: Port;
  readonly shared: boolean;
}

/** Where a call is told what to make of events before they are written. */
export interface RewriteAt {
  readonly by: Port | undefined;
  readonly list: Port | undefined;
  readonly within: readonly string[];
  readonly shared: boolean;
}

/** A path from a call: which argument (or the receiver, the result, …) and the words after it. */
export type Port = readonly PathToken[];

export function createNode(id: number, library: string, name: string, own: boolean): ApiNode {
  return {
    id,
    name,
    library,
    own,
    members: new Map(),
    anyMember: undefined,
    returned: undefined,
    instance: undefined,
    element: undefined,
    withTexts: [],
    tagged: undefined,
    jsx: undefined,
    types: [],
    sinks: [],
    sources: [],
    sanitizers: [],
    guards: [],
    errors: [],
    propagators: [],
    failures: [],
    states: [],
    fields: undefined,
    combinator: undefined,
    places: [],
    setters: [],
    constants: [],
    redactions: [],
    rewrites: [],
    channels: [],
    typed: [],
    typeArguments: [],
    tellsSources: undefined,
    seen: false,
  };
}

/** The node and all types that it also is. */
export function withTypes(node: ApiNode): readonly ApiNode[] {
  if (node.types.length === 0) return [node];
  const all = new Set([node]);
  for (const each of all) for (const type of each.types) all.add(type);
  return [...all];
}

export function memberNodes(node: ApiNode, key: string): readonly ApiNode[] {
  const found = node.members.get(key) ?? (isElement(key) ? node.element : undefined) ?? node.anyMember;
  if (found) return withTypes(found);
  return key === "default" ? [node] : [];
}

/** The methods whose arguments go somewhere. */
export function sinkMembers(node: ApiNode): readonly ApiNode[] {
  return [...node.members.values()].filter(({ sinks }) => sinks.length > 0);
}

/** The field names of a port's words, for values that are built: `*` is some element or key. */
export function keysOf(port: Port): string[] {
  return port.flatMap((token) =>
    token.word === "Member"
      ? [token.names[0] as string]
      : token.word === "ArrayElement" || token.word === "AnyMember"
        ? ["*"]
        : token.word === "Row"
          ? [rowField]
          : [],
  );
}

export function includesIndex(token: { readonly from: number; readonly to: number }, index: number): boolean {
  return index >= token.from && index <= token.to;
}

function isElement(key: string): boolean {
  return key === "*" || key === elementKey || isIndex(key);
}
