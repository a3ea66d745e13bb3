import type { LimitName } from "../base/limits.ts";
import type { FunctionNode } from "../link/index.ts";
import type { Site, SourceSite } from "./flow.ts";
import type { Safety } from "./safety.ts";
import type { Shape } from "./shape.ts";
import type { Summary } from "./summary.ts";

/** A function's summary in plain terms, for people: what goes in where, and what comes of it. */
export interface FunctionOutline {
  readonly node: FunctionNode;
  readonly passes: readonly Passage[];
  readonly sinks: readonly {
    readonly from: string;
    readonly kind: string;
    readonly name: string;
    readonly site: Site;
  }[];
  readonly sources: readonly { readonly source: SourceSite; readonly to: string }[];
  /** Calls that only its callers can tell the callee of. */
  readonly deferred: readonly {
    readonly name: string;
    readonly site: Site;
    readonly passes: readonly string[];
  }[];
  /** Limits that cut its analysis short, and how often. */
  readonly limits: ReadonlyMap<LimitName, number>;
}

/** Data goes from an in-port to an out-port, both as paths in the function's own names: `user.email`. */
export interface Passage {
  readonly from: string;
  readonly to: string;
  /** For which data types and sink kinds it is safe then. */
  readonly safe: Safety | undefined;
}

export function outlineOf(
  node: FunctionNode,
  summary: Summary,
  limits: ReadonlyMap<LimitName, number>,
): FunctionOutline {
  const passes = new Map<string, Passage>();
  const sources = new Map<string, { source: SourceSite; to: string }>();
  const nameOf = (root: string) => portName(node, summary, root);
  const visit = (shape: Shape | undefined, to: string) =>
    eachAtom(shape, to, (atom, at) => {
      if (atom.kind === "sym") {
        const from = [nameOf(atom.root), ...atom.path].join(".");
        if (from !== at) passes.set(`${from}>${at}>${atom.safe?.key}`, { from, to: at, safe: atom.safe });
      } else if (atom.kind === "source") {
        const key = `${atom.source.dataType} ${atom.source.site.start} ${at}`;
        sources.set(key, { source: atom.source, to: at });
      }
    });
  visit(summary.returns, "result");
  for (const { shape } of summary.throws) visit(shape, "error");
  for (const [index, shape] of summary.params.entries()) visit(shape, nameOf(`p${index}`));
  visit(summary.self, "this");
  for (const [key, shape] of summary.cells) visit(shape, nameOf(key));
  const sinks = summary.hits.flatMap((hit) =>
    portsIn(hit.data, nameOf).map((from) => ({ from, kind: hit.kind, name: hit.name, site: hit.call })),
  );
  const deferred = summary.deferred.map((call) => ({
    name: call.name,
    site: call.call,
    passes: [...new Set(call.args.flatMap((arg) => portsIn(arg, nameOf)))],
  }));
  return { node, passes: [...passes.values()], sinks, sources: [...sources.values()], deferred, limits };
}

function portsIn(shape: Shape, nameOf: (root: string) => string): string[] {
  const ports = new Set<string>();
  eachAtom(shape, "", (atom) => {
    if (atom.kind === "sym") ports.add([nameOf(atom.root), ...atom.path].join("."));
  });
  return [...ports];
}

type AtomOf = Shape["atoms"] extends ReadonlyMap<string, { readonly atom: infer A }> ? A : never;

function eachAtom(shape: Shape | undefined, at: string, use: (atom: AtomOf, at: string) => void): void {
  for (const { atom } of shape?.atoms.values() ?? []) use(atom, at);
  for (const [key, value] of shape?.fields ?? [])
    if (!key.startsWith("@@")) eachAtom(value, at === "" ? key : `${at}.${key}`, use);
}

/** An in-port in the function's own names. */
function portName({ facts }: FunctionNode, { deferred }: Summary, root: string): string {
  if (/^p\d+$/.test(root)) {
    const index = Number(root.slice(1));
    return facts.params[index]?.name || `argument ${index + 1}`;
  }
  if (root.startsWith("c:") || root.startsWith("m:")) return root.split(":").at(-1) ?? root;
  if (!root.startsWith("r")) return root;
  return `${deferred.find((call) => call.root === root)?.name ?? "a call"}()`;
}
