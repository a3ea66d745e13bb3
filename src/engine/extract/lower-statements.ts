import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import { caseCondition, conditionsOf, under } from "./conditions.ts";
import { startOf } from "./doc-tags.ts";
import type { State } from "./environment.ts";
import { expectType, mayHoldFunctions } from "./expected-types.ts";
import type { Condition } from "./facts.ts";
import { applyAssertion, applyGuard, pinTo } from "./guards.ts";
import { lowerClass } from "./lower-class.ts";
import { lowerClosure } from "./lower-closure.ts";
import { jumpTarget, lowerFor, lowerForEach, lowerWhile } from "./lower-loops.ts";
import { closeForks } from "./lower-operators.ts";
import { bindPattern } from "./lower-pattern.ts";
import { lowerEnum, lowerNamespace, lowerTypeDeclaration } from "./lower-typescript.ts";
import type { Lowering } from "./lowering.ts";
import { lowerModuleSyntax } from "./module-syntax.ts";
import { isFunctionNode, spanOf, unwrap } from "./syntax.ts";
import { saysSomething, toTypeRef } from "./type-refs.ts";
import type { Node } from "./variables.ts";

/** Lowers statements in order, the function declarations among them first. What follows a `return` is not reached. */
export function lowerStatements(c: Lowering, nodes: readonly Node[]): void {
  const start = nodes[0]?.range[0] ?? 0;
  for (const node of nodes) hoist(c, node, start);
  under(c, [], () => {
    for (const node of nodes) if (!c.builder.environment.dead) lowerStatement(c, node, []);
  });
}

/** Function declarations exist from the start of their block on. */
function hoist(c: Lowering, node: Node, start: number): void {
  const exported = node.type === T.ExportNamedDeclaration || node.type === T.ExportDefaultDeclaration;
  const declaration = exported ? node.declaration : node;
  if (declaration?.type !== T.FunctionDeclaration) return;
  const variable = declaration.id && c.file.names.variableOf.get(declaration.id);
  const tags = c.file.tagsAt(startOf(declaration));
  const closure = lowerClosure(c, declaration, { name: "default", tags, from: start });
  const target = variable ?? c.file.defaultExport;
  c.builder.assign(target, closure, spanOf(declaration));
}

function lowerStatement(c: Lowering, node: Node, labels: readonly string[]): void {
  switch (node.type) {
    case T.ExpressionStatement:
      c.expression(node.expression);
      applyAssertion(c, node.expression);
      return;
    case T.BlockStatement:
      if (labels.length > 0) lowerLabeled(c, node, labels);
      else lowerStatements(c, node.body);
      return;
    case T.IfStatement:
      if (labels.length > 0) lowerLabeled(c, node, labels);
      else lowerIf(c, node);
      return;
    case T.SwitchStatement:
      lowerSwitch(c, node, labels);
      return;
    case T.WhileStatement:
    case T.DoWhileStatement:
      lowerWhile(c, node, labels);
      return;
    case T.ForStatement:
      lowerFor(c, node, labels);
      return;
    case T.ForInStatement:
    case T.ForOfStatement:
      lowerForEach(c, node, labels);
      return;
    case T.LabeledStatement:
      lowerStatement(c, node.body, [...labels, node.label.name]);
      return;
    case T.TryStatement:
      if (labels.length > 0) lowerLabeled(c, node, labels);
      else lowerTry(c, node);
      return;
    case T.WithStatement:
      c.expression(node.object);
      lowerStatements(c, [node.body]);
      return;
    default:
      lowerDeclaration(c, node);
      return;
  }
}

/** Declarations; others end a path. */
function lowerDeclaration(c: Lowering, node: Node): void {
  switch (node.type) {
    case T.VariableDeclaration:
      lowerVariables(c, node);
      return;
    case T.ClassDeclaration:
      lowerClass(c, node, node.id?.name ?? "default");
      return;
    case T.TSEnumDeclaration:
      lowerEnum(c, node);
      return;
    case T.TSModuleDeclaration:
      lowerNamespace(c, node);
      return;
    case T.TSInterfaceDeclaration:
    case T.TSTypeAliasDeclaration:
      lowerTypeDeclaration(c, node);
      return;
    default:
      lowerEnding(c, node);
      return;
  }
}

/** Statements that end a path; others are a module's. */
function lowerEnding(c: Lowering, node: Node): void {
  const { builder } = c;
  switch (node.type) {
    case T.ReturnStatement:
      if (node.argument) builder.returns.push(c.result(node.argument));
      c.exit();
      builder.environment.dead = true;
      return;
    case T.ThrowStatement: {
      const thrown = c.expression(node.argument);
      const handler = builder.tries.at(-1);
      if (handler) handler.thrown.push(thrown);
      else {
        builder.throws.push({ value: thrown, ...builder.reached() });
        c.exit();
      }
      builder.environment.dead = true;
      return;
    }
    case T.BreakStatement:
    case T.ContinueStatement:
      lowerJump(c, node);
      return;
    default:
      lowerModuleSyntax(c, node);
      return;
  }
}

function lowerJump(c: Lowering, node: TSESTree.BreakStatement | TSESTree.ContinueStatement): void {
  const label = node.label?.name;
  const continues = node.type === T.ContinueStatement;
  const target = c.jumps.findLast((jump) => {
    if (continues && !jump.loop) return false;
    return label === undefined ? jump.breakable : jump.labels.includes(label);
  });
  const { environment } = c.builder;
  if (target) (continues ? target.continues : target.breaks).push(environment.since(target.mark));
  environment.dead = true;
}

function lowerVariables(c: Lowering, node: TSESTree.VariableDeclaration): void {
  if (node.declare) return;
  const first = node.declarations[0];
  for (const declarator of node.declarations) {
    const { id, init } = declarator;
    const tags = c.file.tagsAt(declarator === first ? startOf(node) : declarator.range[0]);
    const isFunction = init !== null && isFunctionNode(unwrap(init));
    const type = id.typeAnnotation && toTypeRef(id.typeAnnotation, c.file.tagsAt);
    const declared = type && saysSomething(type) ? type : undefined;
    const variable = id.type === T.Identifier ? c.file.names.variableOf.get(id) : undefined;
    const span = spanOf(declarator);
    if (!init) {
      if (variable && declared) c.builder.declareType(variable, declared);
      if (variable && node.kind !== "var") c.builder.assign(variable, c.builder.opaque(span), span);
      continue;
    }
    if (declared && mayHoldFunctions(init)) expectType(c.file.expected, init, declared);
    let value =
      isFunction && tags.length > 0 && isFunctionNode(init)
        ? lowerClosure(c, init, { name: variable?.name, tags })
        : c.expression(init, variable?.name);
    if (declared || (tags.length > 0 && !isFunction)) {
      value = c.builder.typed(value, declared ?? { kind: "other" }, spanOf(init), tags);
      if (variable && declared && node.kind !== "const") c.builder.declareType(variable, declared);
    }
    bindPattern(c, id, value, span);
    if (variable && node.kind === "const") c.builder.answers.set(variable, init);
  }
}

/** `if` and all of its `else if`s, in a loop. What a branch that ends the path leaves over holds for what follows. */
function lowerIf(c: Lowering, node: TSESTree.IfStatement): void {
  const { environment, conditions } = c.builder;
  const beside: (State | undefined)[] = [];
  let left: readonly Condition[] = [];
  const start = conditions.length;
  let rest: Node | null = node;
  while (rest?.type === T.IfStatement) {
    const { test, consequent }: TSESTree.IfStatement = rest;
    c.expression(test);
    const [holds, fails] = [conditionsOf(c, test, true), conditionsOf(c, test, false)];
    beside.push(
      c.builder.path(() => {
        applyGuard(c, test, true);
        under(c, holds, () => lowerStatements(c, [consequent]));
      }),
    );
    environment.fork();
    applyGuard(c, test, false);
    conditions.push(...fails);
    if (beside.every((state) => state === undefined)) left = [...left, ...fails];
    else if (beside.length === 1) left = holds;
    rest = rest.alternate;
  }
  if (rest) lowerStatements(c, [rest]);
  const ended = beside[0] === undefined || (beside.length === 1 && environment.dead);
  conditions.length = start;
  closeForks(c, beside, spanOf(node));
  if (ended) conditions.push(...left);
}

function lowerLabeled(c: Lowering, node: Node, labels: readonly string[]): void {
  const { environment } = c.builder;
  const target = jumpTarget(labels, environment.mark(), { loop: false, breakable: false });
  c.jumps.push(target);
  const ended = c.builder.path(() => under(c, [], () => lowerStatement(c, node, [])));
  c.jumps.pop();
  environment.join([ended, ...target.breaks.map((jump) => jump())], spanOf(node));
}

function lowerSwitch(c: Lowering, node: TSESTree.SwitchStatement, labels: readonly string[]): void {
  const { environment } = c.builder;
  const discriminant = c.expression(node.discriminant);
  const target = jumpTarget(labels, environment.mark(), { loop: false, breakable: true });
  c.jumps.push(target);
  for (const { consequent } of node.cases)
    for (const statement of consequent) hoist(c, statement, node.range[0]);
  let through: State | undefined;
  let tests: (Node | null)[] = [];
  let labelled: (Node | null)[] = [];
  for (const { test, consequent } of node.cases) {
    tests = through || labelled.length > 0 ? [...tests, test] : [test];
    labelled.push(test);
    if (test) c.expression(test);
    // `case "a": case "b":` is one case.
    if (consequent.length === 0 && test !== node.cases.at(-1)?.test) continue;
    const taken = tests.filter((each) => each !== null);
    const values = labelled.filter((each) => each !== null);
    const entered = c.builder.path(() => {
      if (values.length === labelled.length) pinTo(c, node.discriminant, values);
    });
    labelled = [];
    environment.fork();
    environment.join([through, entered], spanOf(node));
    const others = taken.length === 0 ? node.cases.flatMap((each) => each.test ?? []) : [];
    const conditions =
      taken.length === tests.length
        ? caseCondition(c, discriminant, taken)
        : caseCondition(c, discriminant, others, true);
    under(c, conditions, () => {
      for (const statement of consequent) if (!environment.dead) lowerStatement(c, statement, []);
    });
    through = environment.endFork();
  }
  c.jumps.pop();
  const missed = node.cases.some((item) => item.test === null) ? undefined : new Map();
  environment.join([...target.breaks.map((jump) => jump()), through, missed], spanOf(node));
}

function lowerTry(c: Lowering, node: TSESTree.TryStatement): void {
  const { builder } = c;
  const { environment } = builder;
  const span = spanOf(node);
  const { handler, finalizer } = node;
  environment.watch();
  if (handler) builder.tries.push({ calls: [], thrown: [] });
  let ended = builder.path(() => lowerStatements(c, [node.block]));
  const throwing = handler ? builder.tries.pop() : undefined;
  let failed: State | undefined = environment.endWatch(span);
  if (handler && throwing) {
    environment.watch();
    const caughtAt = failed;
    const handled = builder.path(() => {
      environment.join([caughtAt], span);
      const at = spanOf(handler.param ?? handler);
      const caught = builder.emit({ op: "caught", ...throwing, span: at });
      if (handler.param) bindPattern(c, handler.param, caught, at);
      lowerStatements(c, [handler.body]);
    });
    const again = environment.endWatch(span);
    const before = ended;
    ended = before && handled ? joined(c, [before, handled], span) : (before ?? handled);
    failed = joined(c, [caughtAt, again], span);
  }
  if (finalizer) lowerFinally(c, finalizer, ended, failed);
  else environment.join([ended], span);
}

/** Two states as one, relative to the current point. */
function joined(
  c: Lowering,
  states: readonly State[],
  span: { start: number; end: number },
): State | undefined {
  return c.builder.path(() => c.builder.environment.join(states, span));
}

/** A `finally` block runs after all that came before; what follows it, only after what ended well. */
function lowerFinally(
  c: Lowering,
  finalizer: TSESTree.BlockStatement,
  ended: State | undefined,
  failed: State | undefined,
): void {
  const { environment } = c.builder;
  const span = spanOf(finalizer);
  let done: State | undefined;
  const all = c.builder.path(() => {
    environment.join([ended, failed], span);
    done = c.builder.path(() => lowerStatements(c, [finalizer]));
    if (!done) environment.dead = true;
  });
  if (!ended || !all || !done) environment.dead = true;
  else environment.join([new Map([...ended, ...done])], span);
}
