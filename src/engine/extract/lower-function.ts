import { AST_NODE_TYPES as T } from "@typescript-eslint/types";
import { decoratorFacts } from "./constant-tree.ts";
import { startOf } from "./doc-tags.ts";
import { expectedParam, expectedResult, expectType, mayHoldFunctions } from "./expected-types.ts";
import type { FunctionFacts, ParamFacts, ValueId } from "./facts.ts";
import { FunctionBuilder } from "./function-builder.ts";
import { acceptedBy } from "./guards.ts";
import { isField, lowerClass } from "./lower-class.ts";
import { lowerExpression } from "./lower-expression.ts";
import { bindPattern, lowerKey, lowerStore, notePair } from "./lower-pattern.ts";
import { lowerStatements } from "./lower-statements.ts";
import type { FileLowering, FunctionJob, Lowering } from "./lowering.ts";
import { onlyCalled } from "./only-called.ts";
import { onlyNamed } from "./only-named.ts";
import { pruneValues } from "./prune.ts";
import { type ClassNode, paramsOf, spanOf } from "./syntax.ts";
import { memberName, paramName, paramType, predicateOf, toTypeRef, typeParamNames } from "./type-refs.ts";
import type { Node } from "./variables.ts";

/** Lowers one function, or the module body (a job without a node and a class). */
export function lowerFunction(file: FileLowering, job: FunctionJob, body: readonly Node[]): FunctionFacts {
  const builder = new FunctionBuilder(job.scope, job.span.start);
  const params: ValueId[] = [];
  const exits: Exit[] = [];
  const lowering: Lowering = {
    builder,
    file,
    jumps: [],
    expression: (node, name) => lowerExpression(lowering, node, name),
    result: (node) => lowerResult(lowering, job, node),
    statements: (nodes) => lowerStatements(lowering, nodes),
    lowerClass: (node, name) => lowerClass(lowering, node, name),
    exit: () => exits.push(exitOf(builder, job, params)),
  };
  lowerParams(lowering, job, params);
  if (job.fieldsOf) lowerFields(lowering, job, job.fieldsOf);
  if (job.node && job.node.body.type !== T.BlockStatement) {
    builder.returns.push(lowering.result(job.node.body));
    builder.accepted = acceptedBy(lowering, job.node.body, params[0]);
  } else {
    const statements = job.node?.body.type === T.BlockStatement ? job.node.body.body : body;
    lowerStatements(lowering, statements);
    const [only] = statements;
    if (job.node && statements.length === 1 && only?.type === T.ReturnStatement && only.argument)
      builder.accepted = acceptedBy(lowering, only.argument, params[0]);
  }
  if (!builder.environment.dead) lowering.exit();
  return functionFacts(file, job, builder, joinExits(builder, job, params, exits));
}

function lowerResult(c: Lowering, { node }: FunctionJob, result: Node): ValueId {
  if (node && mayHoldFunctions(result)) {
    const own = node.returnType && toTypeRef(node.returnType, c.file.tagsAt);
    const expected = c.file.expected.get(node);
    const type = own ?? (expected && expectedResult(expected));
    if (type) expectType(c.file.expected, result, type);
  }
  return c.expression(result);
}

/** The newest versions of `this` and of each parameter where the function ends. */
interface Exit {
  readonly self?: ValueId;
  readonly params: readonly ValueId[];
}

function exitOf(builder: FunctionBuilder, job: FunctionJob, params: readonly ValueId[]): Exit {
  const self = job.scope.arrow ? undefined : builder.environment.get(job.scope.self);
  return {
    ...(self !== undefined && { self: builder.newest(self) }),
    params: params.map((param) => builder.environment.newest(param)),
  };
}

export interface Final {
  readonly self?: ValueId;
  readonly params: readonly (ValueId | null)[];
}

function joinExits(
  builder: FunctionBuilder,
  job: FunctionJob,
  params: readonly ValueId[],
  exits: readonly Exit[],
): Final {
  const joined = params.map((param, index) => {
    const versions = exits.flatMap((exit) => exit.params[index] ?? []);
    if (versions.every((version) => version === param)) return null;
    return builder.values.join(versions, job.span);
  });
  const selves = exits.flatMap((exit) => exit.self ?? []);
  const unchanged = selves.every((self) => builder.values.draft(self).op === "this");
  return { ...(!unchanged && { self: builder.values.join(selves, job.span) }), params: joined };
}

function lowerParams(c: Lowering, job: FunctionJob, params: ValueId[]): void {
  const nodes = paramsOf(job.node);
  nodes.forEach((param, index) => {
    params.push(c.builder.emit({ op: "param", index, span: spanOf(param) }));
  });
  notePair(c, nodes[0], nodes[1], true);
  nodes.forEach((param, index) => {
    const pattern = param.type === T.RestElement ? param.argument : param;
    bindPattern(c, pattern, params[index] as ValueId, spanOf(param));
  });
}

/** A constructor starts with the class's field initializers and its parameter properties. */
function lowerFields(c: Lowering, job: FunctionJob, node: ClassNode): void {
  const { builder } = c;
  const span = { start: job.span.start, end: job.span.start };
  if (!job.node && node.superClass) {
    const callee = builder.emit({ op: "super", span });
    const given = builder.read(job.scope.arguments, span);
    const self = builder.read(job.scope.self, span);
    const args = [{ value: given, spread: true }];
    const call = builder.emitThrowing({ op: "call", callee, receiver: self, args, span });
    builder.change(self, builder.emit({ op: "post", call, port: "this", before: self, span }), span);
  }
  for (const member of node.body.body) {
    if (!isField(member) || member.static || !member.value) continue;
    const name = memberName(member.key, member.computed);
    if (member.typeAnnotation && mayHoldFunctions(member.value))
      expectType(c.file.expected, member.value, toTypeRef(member.typeAnnotation, c.file.tagsAt));
    const value = c.expression(member.value, name);
    // A computed key runs where the class is made, not here; only constant ones name a field.
    if (name === undefined) continue;
    const key = lowerKey(c, member.key, false);
    lowerStore(c, builder.read(job.scope.self, span), key, value, spanOf(member));
  }
  for (const param of job.node?.params ?? []) {
    if (param.type !== T.TSParameterProperty) continue;
    const target = param.parameter.type === T.AssignmentPattern ? param.parameter.left : param.parameter;
    if (target.type !== T.Identifier) continue;
    const key = { constant: target.name, span: spanOf(target) };
    lowerStore(c, builder.read(job.scope.self, span), key, c.expression(target), spanOf(param));
  }
}

function functionFacts(
  file: FileLowering,
  job: FunctionJob,
  builder: FunctionBuilder,
  final: Final,
): FunctionFacts {
  const returnType = job.node?.returnType && toTypeRef(job.node.returnType, file.tagsAt);
  const predicate = predicateOf(job.node?.returnType, paramsOf(job.node), file.tagsAt);
  const { self, params, ...graph } = pruneValues(builder, final);
  const named = onlyNamed(graph);
  const called = onlyCalled(graph);
  return {
    index: job.scope.index,
    name: job.name,
    kind: job.kind,
    ...(job.scope.parent && { parent: job.scope.parent.index }),
    ...(job.class !== undefined && { class: job.class }),
    span: job.span,
    params: paramsOf(job.node).map((param, index) => paramFacts(file, param, job.node, index)),
    ...(returnType && { returnType }),
    ...(predicate && { predicate }),
    ...(job.node?.typeParameters && { typeParams: typeParamNames(job.node.typeParameters) }),
    async: job.node?.async ?? false,
    generator: job.node?.generator ?? false,
    ...graph,
    ...(named.length > 0 && { onlyNamed: named }),
    ...(called.length > 0 && { onlyCalled: called }),
    ...(self !== undefined && { finalThis: self }),
    ...(params.some((param) => param !== null) && { finalParams: params }),
    ...(job.tags && { tags: job.tags }),
  };
}

function paramFacts(file: FileLowering, param: Node, node: FunctionJob["node"], index: number): ParamFacts {
  const type = paramType(param, file.tagsAt);
  const expected = type || !node ? undefined : file.expected.get(node);
  const tags = file.tagsAt(startOf(param));
  const decorators = "decorators" in param ? param.decorators : undefined;
  return {
    name: paramName(param),
    ...(type && { type }),
    ...(expected && param.type !== T.RestElement && { expected: expectedParam(expected, index) }),
    rest: param.type === T.RestElement,
    decorators: decoratorFacts(decorators),
    span: spanOf(param),
    ...(tags.length > 0 && { tags }),
  };
}
