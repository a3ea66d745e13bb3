import type { Span } from "../base/location.ts";
import type { Capture, DocTag, FunctionFacts, FunctionIndex, ValueId } from "./facts.ts";
import type { Lowering } from "./lowering.ts";
import { type FunctionNode, spanOf } from "./syntax.ts";
import { cellOf, type FunctionScope, type Variable } from "./variables.ts";

export interface ClosureOptions {
  readonly name?: string | undefined;
  readonly kind?: FunctionFacts["kind"] | undefined;
  readonly tags?: readonly DocTag[] | undefined;
  /** The offset from which on it exists, when that is before its text: declarations are hoisted. */
  readonly from?: number;
}

/** A function as a value. */
export function lowerClosure(c: Lowering, node: FunctionNode, options: ClosureOptions = {}): ValueId {
  const index = orderFunction(c, node, options);
  const scope = c.file.names.functionOf.get(node);
  const span = spanOf(node);
  const captures = scope ? capture(c, [scope], span, options.from) : [];
  return c.builder.emit({ op: "closure", function: index, captures, span });
}

/** Orders the lowering of a function that stands in the current one. */
export function orderFunction(
  c: Lowering,
  node: FunctionNode,
  options: ClosureOptions & { readonly class?: number },
): FunctionIndex {
  const scope = c.file.names.functionOf.get(node);
  if (!scope) return -1;
  const arrow = node.type === "ArrowFunctionExpression";
  return c.file.order({
    scope,
    name: node.id?.name ?? options.name ?? "",
    kind: options.kind ?? (arrow ? "arrow" : "function"),
    span: spanOf(node),
    node,
    ...(options.class !== undefined && { class: options.class }),
    ...(options.tags && options.tags.length > 0 && { tags: options.tags }),
  });
}

/** What some functions made here remember of this function and those around it. */
export function capture(
  c: Lowering,
  scopes: readonly FunctionScope[],
  span: Span,
  from: number = span.start,
): Capture[] {
  const variables = new Set<Variable>();
  for (const scope of scopes) for (const variable of scope.captures) variables.add(variable);
  return [...variables].flatMap((variable) => {
    const own = variable.owner === c.builder.scope;
    // A class's methods capture each other's class, never what is declared inside them.
    if (!own && !c.builder.scope.captures.has(variable)) return [];
    const cell = cellOf(variable);
    const value = own ? lastingValue(c, variable, from) : passedOn(c, variable, span);
    if (value !== undefined) return [{ cell, value }];
    if (own) c.builder.share(variable, span);
    return [{ cell }];
  });
}

function passedOn(c: Lowering, variable: Variable, span: Span): ValueId | undefined {
  if (variable.assignedInside || variable.mutatedInside) return undefined;
  return c.builder.read(variable, span);
}

/** The value of a variable when nothing changes it any more, neither here nor in a closure. */
function lastingValue(c: Lowering, variable: Variable, from: number): ValueId | undefined {
  const { environment, values } = c.builder;
  const held = environment.get(variable);
  if (held === undefined || variable.assignedInside) return undefined;
  const steady = values.isPlain(held) || variable.plain;
  if (variable.mutatedInside && !steady) return undefined;
  const changes = steady ? variable.assignments : [...variable.assignments, ...variable.mutations];
  if (changes.some((at) => at > from)) return undefined;
  // In a loop, what stands before the closure runs again after it, on the same variable if that is older than the loop.
  const loops = environment.openLoops().filter((loop) => variable.declaredAt < loop.start);
  if (changes.some((at) => loops.some((loop) => at >= loop.start && at <= loop.end))) return undefined;
  return c.builder.newest(held);
}
