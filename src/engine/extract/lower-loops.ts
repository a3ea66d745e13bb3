import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import type { Span } from "../base/location.ts";
import type { State } from "./environment.ts";
import type { ValueId } from "./facts.ts";
import { applyGuard } from "./guards.ts";
import { bindPattern } from "./lower-pattern.ts";
import type { JumpTarget, Lowering } from "./lowering.ts";
import { rootOf, spanOf } from "./syntax.ts";
import type { Node, Variable } from "./variables.ts";

interface LoopParts {
  readonly node: Node;
  readonly labels: readonly string[];
  readonly test?: TSESTree.Expression | null;
  readonly update?: TSESTree.Expression | null;
  readonly body: Node;
  /** The test comes after the body. */
  readonly bodyFirst?: boolean;
  /** Binds what each round gets. */
  readonly each?: () => void;
  /** Looks at what each round leaves, unless some of them do not come to their end. */
  readonly roundEnd?: () => void;
}

/** All loops: each round starts in a state that joins the one before the loop with the end of a round. */
function lowerLoop(c: Lowering, parts: LoopParts): void {
  const { environment } = c.builder;
  const span = spanOf(parts.node);
  environment.openLoop(
    span,
    c.builder.scope.variables.filter((variable) => isAssignedIn(variable, span)),
  );
  const target = jumpTarget(parts.labels, environment.mark(), { loop: true, breakable: true });
  const exits: (State | undefined)[] = [];
  environment.fork();
  if (parts.each) {
    exits.push(new Map());
    parts.each();
  } else if (!parts.bodyFirst) exits.push(lowerTest(c, parts.test, target));
  environment.fork();
  if (parts.test && !parts.bodyFirst) applyGuard(c, parts.test, true);
  c.jumps.push(target);
  c.statements([parts.body]);
  c.jumps.pop();
  // Where the round's end meets its `continue`s, relative to the point before the loop.
  const ended = environment.dead ? undefined : environment.since(target.mark)();
  environment.endFork();
  environment.endFork();
  environment.fork();
  environment.join([ended, ...target.continues.map((jump) => jump())], span);
  if (!environment.dead) {
    if (target.breaks.length === 0) parts.roundEnd?.();
    if (parts.update) c.expression(parts.update);
    if (parts.bodyFirst) exits.push(lowerTest(c, parts.test, target));
  }
  environment.closeLoop(environment.endFork(), [...exits, ...target.breaks.map((jump) => jump())]);
}

function isAssignedIn(variable: Variable, { start, end }: Span): boolean {
  return variable.assignments.some((at) => at >= start && at <= end);
}

/** Lowers a loop's test; gives the state in which it fails, unless it is plain that it never does. */
function lowerTest(
  c: Lowering,
  test: TSESTree.Expression | null | undefined,
  target: JumpTarget,
): State | undefined {
  if (!test || (test.type === T.Literal && test.value === true)) return undefined;
  c.expression(test);
  return c.builder.environment.since(target.mark)();
}

export function jumpTarget(
  labels: readonly string[],
  mark: object,
  kind: { readonly loop: boolean; readonly breakable: boolean },
): JumpTarget {
  return { labels, mark, ...kind, breaks: [], continues: [] };
}

export function lowerWhile(
  c: Lowering,
  node: TSESTree.WhileStatement | TSESTree.DoWhileStatement,
  labels: readonly string[],
): void {
  lowerLoop(c, {
    node,
    labels,
    test: node.test,
    body: node.body,
    bodyFirst: node.type === T.DoWhileStatement,
  });
}

export function lowerFor(c: Lowering, node: TSESTree.ForStatement, labels: readonly string[]): void {
  if (node.init?.type === T.VariableDeclaration) c.statements([node.init]);
  else if (node.init) c.expression(node.init);
  lowerLoop(c, { node, labels, test: node.test, update: node.update, body: node.body });
}

export function lowerForEach(
  c: Lowering,
  node: TSESTree.ForInStatement | TSESTree.ForOfStatement,
  labels: readonly string[],
): void {
  const iterable = c.expression(node.right);
  const { left } = node;
  const pattern: Node | undefined = left.type === T.VariableDeclaration ? left.declarations[0]?.id : left;
  const span = spanOf(left);
  let element: ValueId | undefined;
  let last: ValueId | undefined;
  const each = () => {
    element = roundValue(c, node, iterable);
    if (pattern) bindPattern(c, pattern, element, span);
  };
  const roundEnd = () => {
    last = element === undefined ? undefined : c.builder.environment.newest(element);
  };
  lowerLoop(c, { node, labels, body: node.body, each, roundEnd });
  if (last === undefined || last === element || node.type === T.ForInStatement) return;
  const root = rootOf(node.right);
  if (root && c.file.names.variableOf.has(root)) changeElements(c, iterable, last, spanOf(node.right));
}

/** Every round has left its element as `value`: all elements are that now. */
function changeElements(c: Lowering, list: ValueId, value: ValueId, span: Span): void {
  const { builder } = c;
  if (builder.environment.dead || builder.values.isFixed(list)) return;
  const object = builder.environment.newest(list);
  builder.change(object, builder.emit({ op: "elements", object, value, span }), span);
}

/** What a round gets: an element, or the name of a property. */
function roundValue(
  c: Lowering,
  node: TSESTree.ForInStatement | TSESTree.ForOfStatement,
  iterable: ValueId,
): ValueId {
  const span = spanOf(node.left);
  const newest = c.builder.newest(iterable);
  if (node.type === T.ForInStatement) return c.builder.emit({ op: "key", object: newest, span });
  return c.builder.emit({ op: "element", iterable: newest, span });
}
