import { type PathToken, parsePath } from "../base/access-path.ts";
import type { Catalog, Model, PlaceRow, PropagatorRow, StateSort } from "../base/catalog.ts";
import type { Safety } from "./safety.ts";
import { splitWords } from "./split-words.ts";

/**
 * The models, compiled: a graph in which a library's root, its members, what its calls return and its named types are nodes.
 * A value that may be "what `pino()` returned" carries that node. Rows hang at the node of the callee.
 */
export interface ApiNode {
  readonly id: number;
  /** For people: `pino Logger.info`. */
  readonly name: string;
  readonly library: string;
  readonly members: Map<string, ApiNode>;
  anyMember: ApiNode | undefined;
  returned: ApiNode | undefined;
  instance: ApiNode | undefined;
  element: ApiNode | undefined;
  /** Type nodes that a value of this node also is. */
  readonly types: ApiNode[];
  readonly sinks: SinkAt[];
  readonly sources: { readonly port: Port; readonly dataType: string }[];
  readonly sanitizers: Safety[];
  readonly propagators: PropagatorAt[];
  readonly states: StateSort[];
  readonly places: PlaceAt[];
  readonly channels: { readonly port: Port; readonly name: string }[];
  /** Types of the parameters of callbacks that are passed to a call of this node. */
  readonly callbackTypes: { readonly port: Port; readonly type: ApiNode }[];
}

export interface SinkAt {
  readonly port: Port;
  readonly kind: string;
  /** Where the URL or host is written in this very call. */
  readonly host: Port | undefined;
}

export interface PropagatorAt {
  readonly from: Port;
  readonly to: Port;
  readonly picks: Port | undefined;
  readonly omits: Port | undefined;
  readonly at: Port | undefined;
  readonly under: Port | undefined;
}

/** Where a client's place is written in the arguments of the call that makes it. */
export interface PlaceAt {
  readonly row: PlaceRow;
  readonly region: Port | undefined;
  readonly host: Port | undefined;
}

/** A path from a call: which argument (or the receiver, the result, …) and the words after it. */
export type Port = readonly PathToken[];

export interface ApiGraph {
  /** The root node of a library (exact name first, then the package without its subpath). */
  library(name: string): ApiNode | undefined;
  global(name: string): ApiNode | undefined;
  module(file: string): ApiNode | undefined;
  /** The type of a library by its exported name. */
  type(library: string, name: string): ApiNode | undefined;
  /** The type that a receiver's name suggests, when nothing better is known. */
  receiver(name: string): ApiNode | undefined;
}

export function compileModels(catalog: Catalog, own: readonly Model[]): ApiGraph {
  const build = new GraphBuilder();
  for (const model of [...catalog.libraries, ...own]) build.add(model);
  return build.graph();
}

class GraphBuilder {
  private readonly roots = new Map<string, ApiNode>();
  private readonly types = new Map<string, ApiNode>();
  private readonly receivers = new Map<string, ApiNode>();
  private count = 0;

  graph(): ApiGraph {
    const { roots, types, receivers } = this;
    return {
      library: (name) => roots.get(`library ${name}`) ?? roots.get(`library ${packageOf(name)}`),
      global: (name) => roots.get(`global ${name}`),
      module: (file) => roots.get(`module ${file}`),
      type: (library, name) =>
        types.get(`${library}\0${name}`) ?? types.get(`${packageOf(library)}\0${name}`),
      receiver: (name) => receivers.get(splitWords(name).join(" ")),
    };
  }

  add(model: Model): void {
    const kind = model.library ? "library" : model.global ? "global" : "module";
    const name = model.library ?? model.global ?? model.module ?? "";
    const root = this.rootOf(kind, name);
    for (const alias of model.aliases ?? []) {
      this.roots.set(`${kind} ${alias}`, this.roots.get(`${kind} ${alias}`) ?? root);
    }
    const start = (on: string | undefined) =>
      on === undefined ? root : this.typeOf(name, on, model.aliases);
    for (const row of model.types ?? [])
      this.addType(start(row.on), row.path, this.typeOf(name, row.name, model.aliases));
    for (const row of model.sinks ?? [])
      this.eachCall(start(row.on), row.path, (node, port) =>
        node.sinks.push({ port, kind: row.kind, host: row.host ? tokensOf(row.host) : undefined }),
      );
    for (const row of model.sources ?? []) {
      this.eachCall(start(row.on), row.path, (node, port) =>
        node.sources.push({ port, dataType: row.dataType }),
      );
    }
    for (const row of model.channels ?? []) {
      this.eachCall(start(row.on), row.path, (node, port) => node.channels.push({ port, name: row.name }));
    }
    for (const row of model.sanitizers ?? []) {
      const { data, protects, pseudonym } = row;
      const key = `${data?.join() ?? "*"}>${protects?.join() ?? "*"}${pseudonym ? "~" : ""}`;
      const safety: Safety = { key, rows: [{ data, protects, pseudonym }] };
      this.eachCall(start(row.on), row.path, (node) => node.sanitizers.push(safety), true);
    }
    for (const row of model.propagators ?? []) {
      const at = propagatorAt(row);
      this.eachNode(start(row.on), tokensOf(row.path), (node) => node.propagators.push(at));
    }
    for (const row of model.states ?? [])
      this.eachNode(start(row.on), tokensOf(row.path), (node) => node.states.push(row.as));
    for (const row of model.places ?? []) {
      const at: PlaceAt = {
        row,
        region: row.region ? tokensOf(row.region) : undefined,
        host: row.host ? tokensOf(row.host) : undefined,
      };
      this.typeOf(name, row.type, model.aliases).places.push(at);
    }
    for (const row of model.receivers ?? []) {
      for (const each of row.names) this.receivers.set(each, this.typeOf(name, row.type, model.aliases));
    }
  }

  private rootOf(kind: string, name: string): ApiNode {
    const key = `${kind} ${name}`;
    let root = this.roots.get(key);
    if (!root) {
      root = this.node(name, name);
      this.roots.set(key, root);
    }
    return root;
  }

  private typeOf(library: string, name: string, aliases: readonly string[] | undefined): ApiNode {
    const key = `${library}\0${name}`;
    let node = this.types.get(key);
    if (!node) {
      node = this.node(library, library.startsWith("@@") ? name : `${library} ${name}`);
      this.types.set(key, node);
    }
    for (const alias of aliases ?? [])
      if (!this.types.has(`${alias}\0${name}`)) this.types.set(`${alias}\0${name}`, node);
    return node;
  }

  private addType(from: ApiNode, path: string, type: ApiNode): void {
    const tokens = tokensOf(path);
    const cut = tokens.findIndex((token) => token.word === "Argument");
    if (cut < 0) {
      this.eachNode(from, tokens, (node) => node.types.push(type));
      return;
    }
    this.eachNode(from, tokens.slice(0, cut), (node) =>
      node.callbackTypes.push({ port: tokens.slice(cut), type }),
    );
  }

  /** Splits a path at the call: the callee's nodes, and the port. `resultOnly` rows name a result: their last word is cut off. */
  private eachCall(
    from: ApiNode,
    path: string,
    use: (node: ApiNode, port: Port) => void,
    resultOnly = false,
  ): void {
    const tokens = tokensOf(path);
    let cut = tokens.findIndex(
      (token) => token.word === "Argument" || token.word === "Receiver" || token.word === "TaggedTemplate",
    );
    if (cut < 0) {
      const last = tokens.at(-1)?.word;
      cut = last === "ReturnValue" || last === "Instance" ? tokens.length - 1 : tokens.length;
    }
    this.eachNode(from, tokens.slice(0, cut), (node) => use(node, resultOnly ? [] : tokens.slice(cut)));
  }

  private eachNode(from: ApiNode, tokens: Port, use: (node: ApiNode) => void): void {
    let nodes = [from];
    for (const token of tokens) nodes = nodes.flatMap((node) => this.step(node, token));
    for (const node of nodes) use(node);
  }

  private step(node: ApiNode, token: PathToken): ApiNode[] {
    switch (token.word) {
      case "Member":
        return token.names.map((name) => {
          const next = node.members.get(name) ?? this.node(node.library, nameAfter(node, name));
          node.members.set(name, next);
          return next;
        });
      case "AnyMember":
        node.anyMember ??= this.node(node.library, nameAfter(node, "*"));
        return [node.anyMember];
      case "ReturnValue":
        node.returned ??= this.node(node.library, node.name);
        return [node.returned];
      case "Instance":
        node.instance ??= this.node(node.library, node.name);
        return [node.instance];
      case "ArrayElement":
        node.element ??= this.node(node.library, node.name);
        return [node.element];
      default:
        return [node];
    }
  }

  private node(library: string, name: string): ApiNode {
    return {
      id: this.count++,
      name,
      library,
      members: new Map(),
      anyMember: undefined,
      returned: undefined,
      instance: undefined,
      element: undefined,
      types: [],
      sinks: [],
      sources: [],
      sanitizers: [],
      propagators: [],
      states: [],
      places: [],
      channels: [],
      callbackTypes: [],
    };
  }
}

function propagatorAt(row: PropagatorRow): PropagatorAt {
  const port = (path: string | undefined) => (path === undefined ? undefined : tokensOf(path));
  return {
    from: tokensOf(row.from),
    to: tokensOf(row.to),
    picks: port(row.picks),
    omits: port(row.omits),
    at: port(row.at),
    under: port(row.under),
  };
}

function nameAfter(node: ApiNode, member: string): string {
  return node.name === "" ? member : `${node.name}.${member}`;
}

/** Paths were checked when the catalog was loaded; a bad one is empty here. */
function tokensOf(path: string): Port {
  const parsed = parsePath(path);
  return parsed.ok ? parsed.tokens.filter((token) => token.word !== "Awaited") : [];
}

export function packageOf(library: string): string {
  const parts = library.split("/");
  return library.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? library);
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

function isElement(key: string): boolean {
  return key === "*" || key === "[]" || (key >= "0" && key < ":");
}
