import { type PathToken, parsePath } from "../base/access-path.ts";
import type { Catalog, Model, PropagatorRow, SanitizerRow } from "../base/catalog.ts";
import type { Location } from "../base/location.ts";
import {
  type ApiNode,
  createNode,
  type EventPlace,
  keysOf,
  type Port,
  type PropagatorAt,
} from "./api-node.ts";
import { createPendingModels, type PendingModels } from "./pending-models.ts";
import type { Safety } from "./safety.ts";
import { splitWords } from "./split-words.ts";

/** The models, compiled: their nodes, and the ways to find them. */
export interface ApiGraph {
  /** The root node of a library (exact name first, then the package without its subpath). */
  library(name: string): ApiNode | undefined;
  global(name: string): ApiNode | undefined;
  /** The type of a library by its exported name. */
  type(library: string, name: string): ApiNode | undefined;
  /** A type that nothing declares: a model that no variable reaches speaks of it. */
  ambient(name: string): ApiNode | undefined;
  /** The type that a receiver's name suggests, when nothing better is known. */
  receiver(name: string): ApiNode | undefined;
  /** Members of such types that are personal data. */
  readonly receiverKeys: ReadonlySet<string>;
  /** Models of files of the workspace. */
  readonly modules: readonly ModuleModel[];
  /** Properties that are sinks of what is assigned to them, of whatever object. */
  readonly assignedKeys: ReadonlySet<string>;
  /** Whether any model speaks of what decorators stand before. */
  readonly decorates: boolean;
  /** The rows that users wrote, to tell those that match nothing. */
  readonly ownRows: readonly OwnRow[];
  /** Packages of which a call tells where their own client stands. */
  readonly setByCall: ReadonlySet<string>;
}

export interface ModuleModel {
  readonly model: Model;
  /** A file, or a glob. */
  readonly files: string;
  readonly root: ApiNode;
}

export interface OwnRow {
  readonly at: Location;
  readonly model: Model;
  readonly path: string;
  /** Where the row hangs; it matches when one of them is seen. */
  readonly nodes: ApiNode[];
  /** Where its path starts. */
  readonly start: ApiNode;
}

export function compileModels(catalog: Catalog, own: readonly Model[]): ApiGraph {
  const models = catalog.libraries.map((model, index) => ({ model, index }));
  const build = new GraphBuilder(createPendingModels(models.filter(({ model }) => !isForAll(model))));
  for (const { model, index } of models) if (isForAll(model)) build.add(model, index, false);
  for (const [index, model] of own.entries()) build.add(model, models.length + index, true);
  return build.graph();
}

/** Models that hold where nothing names a library: of globals, of receivers' names, of what any object is given. */
function isForAll(model: Model): boolean {
  if (model.library === undefined || model.library.startsWith("#") || model.receivers) return true;
  return [...(model.sinks ?? []), ...(model.sources ?? [])].some(({ path }) =>
    /\b(Assigned|DecoratedMember)\b/.test(path),
  );
}

/** Nodes of one model at most: their numbers must not depend on which models were asked for before. */
const nodesOfModel = 1 << 16;

/** Words at which a path leaves the interface of a library, and speaks of one call or of one declaration. */
const portWords: ReadonlySet<PathToken["word"]> = new Set([
  "Argument",
  "Receiver",
  "Parameter",
  "Assigned",
  "DecoratedMember",
  "DecoratedParameter",
  "Thrown",
  "Rejected",
]);

interface WrittenRow {
  readonly on?: string;
  readonly path: string;
  readonly writtenAt?: Location;
}

class GraphBuilder {
  private readonly roots = new Map<string, ApiNode>();
  private readonly types = new Map<string, ApiNode>();
  private readonly ambient = new Map<string, ApiNode>();
  private readonly receivers = new Map<string, ApiNode>();
  private readonly modules: ModuleModel[] = [];
  private readonly assignedKeys = new Set<string>();
  private readonly ownRows: OwnRow[] = [];
  private readonly setByCall = new Set<string>();
  private readonly pending: PendingModels;
  private decorates = false;
  private count = 0;

  constructor(pending: PendingModels) {
    this.pending = pending;
  }

  graph(): ApiGraph {
    const { roots, types, ambient, receivers, modules, assignedKeys, decorates, ownRows, setByCall } = this;
    return {
      library: (name) => {
        this.addPending(name);
        return roots.get(`library ${name}`) ?? roots.get(`library ${packageOf(name)}`);
      },
      global: (name) => roots.get(`global ${name}`),
      type: (library, name) => {
        this.addPending(library);
        return types.get(`${library}\0${name}`) ?? types.get(`${packageOf(library)}\0${name}`);
      },
      ambient: (name) => ambient.get(name),
      receiver: (name) => receivers.get(splitWords(name).join(" ")),
      receiverKeys: new Set([...receivers.values()].flatMap((type) => [...tellingKeys(type)])),
      modules,
      assignedKeys,
      decorates,
      ownRows,
      setByCall,
    };
  }

  private addPending(library: string): void {
    for (const name of [library, packageOf(library)])
      for (const { model, index } of this.pending.take(name)) this.add(model, index, false);
  }

  add(model: Model, index: number, own: boolean): void {
    if (own && model.library !== undefined)
      for (const library of [model.library, ...(model.aliases ?? [])]) this.addPending(library);
    this.count = index * nodesOfModel;
    const name = model.library ?? model.global ?? model.module ?? "";
    const root = this.rootOf(model, name, own);
    const typeOf = (type: string) => this.typeOf(name, type, model.aliases, own);
    const each = (row: WrittenRow, use: (node: ApiNode, port: Port) => void, path = row.path) => {
      const start = row.on === undefined ? root : typeOf(row.on);
      const nodes: ApiNode[] = [];
      this.eachPort(start, path, (node, port) => {
        use(node, port);
        nodes.push(node);
      });
      if (row.writtenAt) this.ownRows.push({ at: row.writtenAt, model, path: row.path, nodes, start });
    };
    for (const row of model.types ?? []) {
      const type = typeOf(row.name);
      each(row, (node, port) => this.addType(node, port, type, row.parameters));
    }
    for (const { index, member, ...row } of model.typeArguments ?? [])
      typeOf(row.on).typeArguments.push({ keys: keysOf(tokensOf(row.path)), index, member });
    for (const row of model.sinks ?? []) {
      const host = row.host ? [row.host].flat().map(tokensOf) : undefined;
      const region = row.region ? tokensOf(row.region) : undefined;
      const recipients = [row.recipients ?? []].flat().map(tokensOf);
      const as = row.as === undefined ? undefined : eventPlace(row.as);
      each(row, (node, port) => node.sinks.push({ port, kind: row.kind, host, region, recipients, as }));
    }
    for (const { dataType, whole = false, accessors = false, ...row } of model.sources ?? [])
      each(row, (node, port) => node.sources.push({ port, dataType, whole, accessors }));
    for (const { name: channel, ...row } of model.channels ?? [])
      each(row, (node, port) => node.channels.push({ port, name: channel }));
    for (const row of model.sanitizers ?? []) {
      const safety = safetyOf(row);
      each(row, (node, port) => node.sanitizers.push({ port, safety }));
    }
    for (const row of model.constants ?? []) each(row, (node) => node.constants.push(row.value));
    for (const row of model.guards ?? []) {
      const safety = safetyOf(row);
      each(row, (node, port) => node.guards.push({ port, when: row.when ?? true, safety }));
    }
    for (const { as, of: framework = name, parameters, ...row } of model.errors ?? [])
      each(row, (node, port) => node.errors.push({ port, as, framework, parameters }));
    for (const row of model.propagators ?? []) {
      const at = propagatorAt(row);
      const fails = at.to[0]?.word === "Thrown" || at.to[0]?.word === "Rejected";
      each(row, (node) => (fails ? node.failures : node.propagators).push(at), callOf(row.path));
    }
    for (const row of model.states ?? []) {
      if (row.as !== "fields") each(row, (node) => node.states.push(row.as), callOf(row.path));
      else
        each(row, (node) => {
          node.fields = `#fields ${name} ${row.on ?? ""}`;
        });
    }
    for (const { as, arity, ...row } of model.combinators ?? [])
      each(
        row,
        (node) => {
          node.combinator = { as, arity };
        },
        callOf(row.path),
      );
    for (const row of model.places ?? []) {
      const [region, host, client] = [row.region, row.host, row.client].map((path) =>
        path ? tokensOf(path) : undefined,
      );
      const place = { row, region, host, client };
      if (row.set === undefined) typeOf(row.type).places.push(place);
      else {
        each({ on: row.type, path: row.set }, (node) => node.setters.push(place));
        this.setByCall.add(name);
      }
    }
    for (const { type, list, of, shared = false } of model.redactions ?? [])
      typeOf(type).redactions.push({ list: tokensOf(list), of: tokensOf(of), shared });
    for (const { by, list, shared = false, ...row } of model.rewrites ?? []) {
      const at = { by: by ? tokensOf(by) : undefined, list: list ? tokensOf(list) : undefined, shared };
      const within = row.in?.split(".") ?? [];
      each(row, (node) => node.rewrites.push({ ...at, within }), callOf(row.path));
    }
    for (const row of model.receivers ?? [])
      for (const word of row.names) this.receivers.set(word, typeOf(row.type));
  }

  /** Files have a root per model: several globs may name the same file. */
  private rootOf(model: Model, name: string, own: boolean): ApiNode {
    if (model.module !== undefined) {
      const root = this.node(name, "", own);
      this.modules.push({ model, files: model.module, root });
      return root;
    }
    const kind = model.library === undefined ? "global" : "library";
    const key = `${kind} ${name}`;
    const root = this.roots.get(key) ?? this.node(name, name, own);
    this.roots.set(key, root);
    for (const alias of model.aliases ?? []) {
      if (!this.roots.has(`${kind} ${alias}`)) this.roots.set(`${kind} ${alias}`, root);
    }
    return root;
  }

  private typeOf(library: string, name: string, aliases: readonly string[] = [], own = false): ApiNode {
    const key = `${library}\0${name}`;
    let node = this.types.get(key);
    if (!node) {
      node = this.node(
        library,
        /^(@@|#)|\*|\.[cm]?[jt]sx?$/.test(library) ? name : `${library} ${name}`,
        own,
      );
      this.types.set(key, node);
      if (library.startsWith("#")) this.ambient.set(name, node);
    }
    for (const alias of aliases)
      if (!this.types.has(`${alias}\0${name}`)) this.types.set(`${alias}\0${name}`, node);
    return node;
  }

  private addType(node: ApiNode, port: Port, type: ApiNode, parameters?: readonly number[]): void {
    const [first] = port;
    if (first?.word === "ReturnValue" || first?.word === "Instance")
      for (const made of this.step(node, first)) made.types.push(type);
    else if (first) node.typed.push({ port, type, parameters });
    else node.types.push(type);
  }

  /** Splits a path where it leaves the interface: the nodes before that, and the port. A call's result is a port too. */
  private eachPort(from: ApiNode, path: string, use: (node: ApiNode, port: Port) => void): void {
    const tokens = withArguments(tokensOf(path));
    let cut = tokens.findIndex(({ word }) => portWords.has(word));
    if (cut < 0) {
      const last = tokens.at(-1)?.word;
      cut = last === "ReturnValue" || last === "Instance" ? tokens.length - 1 : tokens.length;
    }
    let nodes = [from];
    for (const token of tokens.slice(0, cut)) nodes = nodes.flatMap((node) => this.step(node, token));
    const port = tokens.slice(cut);
    const before = tokens[cut - 1];
    if (port[0]?.word === "Assigned" && before?.word === "Member")
      for (const key of before.names) this.assignedKeys.add(key);
    if (port[0]?.word === "DecoratedMember") this.decorates = true;
    for (const node of nodes) use(node, port);
  }

  private step(node: ApiNode, token: PathToken): ApiNode[] {
    switch (token.word) {
      case "Member":
        return token.names.map((name) => {
          const next = node.members.get(name) ?? this.after(node, name);
          node.members.set(name, next);
          return next;
        });
      case "AnyMember":
        node.anyMember ??= this.after(node, "*");
        return [node.anyMember];
      case "ReturnValue":
        node.returned ??= this.like(node);
        return [node.returned];
      case "Instance":
        node.instance ??= this.like(node);
        return [node.instance];
      case "ArrayElement":
        node.element ??= this.like(node);
        return [node.element];
      case "TaggedTemplate":
        node.tagged ??= this.like(node);
        return [node.tagged];
      case "JsxProp":
        node.jsx ??= this.like(node);
        return [node.jsx];
      case "WithStringArgument":
        return [this.withText(node, token.index, token.value)];
      default:
        return [node];
    }
  }

  private withText(node: ApiNode, index: number, value: string): ApiNode {
    const known = node.withTexts.find((each) => each.index === index && each.value === value);
    if (known) return known.node;
    const made = this.like(node);
    node.withTexts.push({ index, value, node: made });
    return made;
  }

  private like(node: ApiNode): ApiNode {
    return this.node(node.library, node.name, node.own);
  }

  private after(node: ApiNode, member: string): ApiNode {
    return this.node(node.library, node.name === "" ? member : `${node.name}.${member}`, node.own);
  }

  private node(library: string, name: string, own: boolean): ApiNode {
    return createNode(this.count++, library, name, own);
  }
}

function* tellingKeys(type: ApiNode): Generator<string> {
  for (const [key, { sources }] of type.members) if (sources.some(({ port }) => port.length === 0)) yield key;
}

/** Rows of calls name what is called, also where that is what another call returned. */
function callOf(path: string): string {
  return path === "" ? "ReturnValue" : `${path}.ReturnValue`;
}

function eventPlace(written: string): EventPlace {
  const spreads = written.startsWith("...");
  return { keys: written.split(".").filter(Boolean), spreads };
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
    safety: row.protects && safetyOf(row),
    unless: port(row.unless),
  };
}

function safetyOf({ data, protects, pseudonym }: Omit<SanitizerRow, "path">): Safety {
  const key = `${data?.join() ?? "*"}>${protects?.join() ?? "*"}${pseudonym ? "~" : ""}`;
  return { key, rows: [{ data, protects, pseudonym }] };
}

/** A prop is a field of a component's only argument; the values in a template are the arguments of its tag. */
function withArguments(tokens: Port): Port {
  const first: PathToken = { word: "Argument", from: 0, to: 0 };
  const expanded = tokens.flatMap((token): PathToken[] =>
    token.word === "JsxProp" ? [token, first, { word: "Member", names: token.names }] : [token],
  );
  if (expanded.at(-1)?.word !== "TaggedTemplate") return expanded;
  return [...expanded, { word: "Argument", from: 0, to: Number.POSITIVE_INFINITY }];
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
