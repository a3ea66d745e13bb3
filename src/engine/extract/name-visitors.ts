import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import { declareName } from "./declare-names.ts";
import type { NameWalk } from "./name-walk.ts";
import { pureMethods } from "./pure-methods.ts";
import {
  type ClassNode,
  chainRootOf,
  type FunctionNode,
  isPlainExpression,
  rootOf,
  staticMemberName,
  unwrap,
} from "./syntax.ts";
import { createFunctionScope, createVariable, type Node, type Scope } from "./variables.ts";

export type NameVisitor = (walk: NameWalk, node: Node, scope: Scope) => void;

type Visitors = {
  [K in `${T}`]?: (walk: NameWalk, node: Extract<TSESTree.Node, { type: K }>, scope: Scope) => void;
};

const visitors: Visitors = {
  Identifier: (walk, node, scope) => walk.refer(node, scope),
  ThisExpression: (walk, node, scope) => walk.referToSelf(node, scope),
  Super: (walk, node, scope) => walk.referToSelf(node, scope),
  MetaProperty: () => {},
  BreakStatement: () => {},
  ContinueStatement: () => {},
  LabeledStatement: (walk, node, scope) => walk.later(node.body, scope),
  MemberExpression(walk, node, scope) {
    if (
      node.object.type === T.Identifier &&
      node.object.name === "module" &&
      staticMemberName(node) === "exports"
    ) {
      walk.moduleExports.push(node);
    }
    walk.later(node.object, scope);
    if (node.computed) walk.later(node.property, scope);
  },
  Property(walk, node, scope) {
    if (node.computed) walk.later(node.key, scope);
    walk.later(node.value, scope);
  },
  VariableDeclaration: visitVariables,
  FunctionDeclaration(walk, node, scope) {
    if (node.id) {
      declareName(walk.variableOf, node.id, "function", scope);
      walk.assignments.push({ node: node.id, at: scope.top === scope ? -1 : node.range[0], scope });
    }
    visitFunction(walk, node, scope);
  },
  FunctionExpression(walk, node, scope) {
    if (!node.id) return visitFunction(walk, node, scope);
    const named = walk.openBlock(scope);
    declareName(walk.variableOf, node.id, "function", named);
    walk.assignments.push({ node: node.id, at: node.range[1], scope: named });
    visitFunction(walk, node, named);
  },
  ArrowFunctionExpression: visitFunction,
  ClassDeclaration: visitClass,
  ClassExpression: visitClass,
  BlockStatement: (walk, node, scope) => walk.children(node, walk.openBlock(scope)),
  TSModuleBlock: (walk, node, scope) => walk.children(node, walk.openBlock(scope)),
  StaticBlock: (walk, node, scope) => walk.children(node, walk.openBlock(scope)),
  ForStatement: (walk, node, scope) => walk.children(node, walk.openBlock(scope)),
  ForInStatement: visitForEach,
  ForOfStatement: visitForEach,
  SwitchStatement(walk, node, scope) {
    walk.later(node.discriminant, scope);
    const inner = walk.openBlock(scope);
    for (const item of node.cases) walk.later(item, inner);
  },
  CatchClause(walk, node, scope) {
    const inner = walk.openBlock(scope);
    if (node.param) walk.declare(node.param, "let", inner, node.param.range[1]);
    walk.later(node.body, inner);
  },
  AssignmentExpression(walk, node, scope) {
    if (node.left.type === T.MemberExpression) walk.mutate(rootOf(node.left), scope, node.range[1]);
    else markPatternMembers(walk, node.left, scope, node.range[1]);
    walk.assign(node.left, scope, node.range[1]);
    walk.derive(node.left, node.right, scope);
    walk.later(node.right, scope);
  },
  UpdateExpression(walk, node, scope) {
    if (node.argument.type === T.MemberExpression) walk.mutate(rootOf(node.argument), scope, node.range[1]);
    walk.assign(node.argument, scope, node.range[1]);
  },
  UnaryExpression(walk, node, scope) {
    if (node.operator === "delete") walk.mutate(rootOf(node.argument), scope, node.range[1]);
    walk.later(node.argument, scope);
  },
  CallExpression(walk, node, scope) {
    const callee = unwrap(node.callee);
    const method = callee.type === T.MemberExpression ? staticMemberName(callee) : undefined;
    if (method === undefined || !pureMethods.has(method)) markCall(walk, node, scope);
    walk.children(node, scope);
  },
  NewExpression(walk, node, scope) {
    markCall(walk, node, scope);
    walk.children(node, scope);
  },
  ImportDeclaration(walk, node, scope) {
    for (const specifier of node.specifiers) {
      const imported =
        specifier.type === T.ImportDefaultSpecifier
          ? "default"
          : specifier.type === T.ImportNamespaceSpecifier
            ? "*"
            : specifier.imported.type === T.Identifier
              ? specifier.imported.name
              : specifier.imported.value;
      declareImport(walk, specifier.local, node.source.value, imported, scope);
    }
  },
  ExportNamedDeclaration(walk, node, scope) {
    walk.later(node.declaration, scope);
  },
  ExportAllDeclaration: () => {},
  ImportAttribute: () => {},
  TSEnumDeclaration(walk, node, scope) {
    if (node.declare) return;
    walk.declare(node.id, "var", scope, node.range[1]);
    for (const member of node.body.members) walk.later(member.initializer, scope);
  },
  TSModuleDeclaration(walk, node, scope) {
    if (node.declare || node.kind === "global" || !node.body) return;
    let id: Node = node.id;
    while (id.type === T.TSQualifiedName) id = id.left;
    if (id.type !== T.Identifier) return;
    walk.declare(id, "var", scope, node.range[1]);
    walk.later(node.body, scope);
  },
  TSImportEqualsDeclaration(walk, node, scope) {
    if (node.importKind === "type") return;
    const { moduleReference } = node;
    if (moduleReference.type === T.TSExternalModuleReference) {
      const source = moduleReference.expression;
      if (source.type === T.Literal && typeof source.value === "string") {
        declareImport(walk, node.id, source.value, "*", scope);
      }
      return;
    }
    walk.declare(node.id, "const", scope, node.range[1]);
    let root: Node = moduleReference;
    while (root.type === T.TSQualifiedName) root = root.left;
    walk.later(root, scope);
  },
  JSXOpeningElement(walk, node, scope) {
    let name: Node = node.name;
    while (name.type === T.JSXMemberExpression) name = name.object;
    if (name.type === T.JSXIdentifier) {
      if (name !== node.name || /^[^a-z]/.test(name.name)) {
        if (name.name === "this") walk.referToSelf(name, scope);
        else walk.refer(name, scope);
      }
    }
    for (const attribute of node.attributes) walk.later(attribute, scope);
  },
  JSXClosingElement: () => {},
  JSXAttribute: (walk, node, scope) => walk.later(node.value, scope),
};

/** What to do at each kind of node; at the others, all children are visited in the same scope. */
export const nameVisitors = visitors as Readonly<Record<string, NameVisitor>>;

function declareImport(
  walk: NameWalk,
  id: TSESTree.Identifier,
  specifier: string,
  name: string,
  scope: Scope,
): void {
  const variable = createVariable(scope.function, id.name, "import", id.range[0], { specifier, name });
  scope.names.set(id.name, variable);
  walk.variableOf.set(id, variable);
}

function visitVariables(walk: NameWalk, node: TSESTree.VariableDeclaration, scope: Scope): void {
  if (node.declare) {
    for (const { id } of node.declarations) {
      if (id.type !== T.Identifier || !id.typeAnnotation) continue;
      declareName(new Map(), id, "const", scope).ambient = id.typeAnnotation;
    }
    return;
  }
  const kind = node.kind === "var" || node.kind === "let" ? node.kind : "const";
  for (const declarator of node.declarations) {
    const plain = declarator.init !== null && isPlainExpression(declarator.init);
    walk.declare(
      declarator.id,
      kind,
      scope,
      declarator.range[1],
      plain && declarator.id.type === T.Identifier,
    );
    walk.derive(declarator.id, declarator.init, scope);
    walk.later(declarator.init, scope);
  }
}

function visitForEach(
  walk: NameWalk,
  node: TSESTree.ForInStatement | TSESTree.ForOfStatement,
  scope: Scope,
): void {
  const inner = walk.openBlock(scope);
  if (node.left.type === T.VariableDeclaration) walk.later(node.left, inner);
  else {
    if (node.left.type === T.MemberExpression) walk.mutate(rootOf(node.left), inner, node.left.range[1]);
    walk.assign(node.left, inner, node.left.range[1]);
  }
  const [declared] = node.left.type === T.VariableDeclaration ? node.left.declarations : [];
  walk.derive(declared?.id ?? node.left, node.right, inner);
  walk.later(node.right, inner);
  walk.later(node.body, inner);
}

function visitFunction(walk: NameWalk, node: FunctionNode, scope: Scope): void {
  const arrow = node.type === T.ArrowFunctionExpression;
  const inner = createFunctionScope(scope.function, arrow, node.range[0]);
  walk.functionOf.set(node, inner);
  enterFunction(walk, node, walk.openFunction(inner, scope), scope);
}

function enterFunction(walk: NameWalk, node: FunctionNode, inner: Scope, outer: Scope): void {
  for (const param of node.params) {
    for (const decorator of param.decorators ?? []) walk.later(decorator, outer);
    walk.declare(param, "param", inner, node.range[0]);
  }
  if (node.body.type === T.BlockStatement)
    for (const statement of node.body.body) walk.later(statement, inner);
  else walk.later(node.body, inner);
}

function visitClass(walk: NameWalk, node: ClassNode, outer: Scope): void {
  for (const decorator of node.decorators) walk.later(decorator, outer);
  const scope = node.type === T.ClassExpression ? walk.openBlock(outer) : outer;
  if (node.id) {
    declareName(walk.variableOf, node.id, "class", scope);
    walk.assignments.push({ node: node.id, at: node.range[1], scope });
  }
  walk.later(node.superClass, scope);
  const self = node.id
    ? walk.variableOf.get(node.id)
    : createVariable(scope.function, "this", "class", node.range[0]);
  if (self) walk.classVariableOf.set(node, self);
  const made = createFunctionScope(scope.function, false, node.range[0]);
  walk.constructorOf.set(node, made);
  const fields = walk.openFunction(made, scope);
  const statics = walk.openBlock(scope, self);
  for (const member of node.body.body) visitMember(walk, member, { scope, fields, statics });
}

interface ClassScopes {
  readonly scope: Scope;
  readonly fields: Scope;
  readonly statics: Scope;
}

function visitMember(
  walk: NameWalk,
  member: TSESTree.ClassElement,
  { scope, fields, statics }: ClassScopes,
): void {
  if (member.type === T.StaticBlock) walk.later(member, statics);
  if (member.type === T.StaticBlock || member.type === T.TSIndexSignature) return;
  for (const decorator of member.decorators ?? []) walk.later(decorator, scope);
  if (member.computed) walk.later(member.key, scope);
  if (member.type === T.PropertyDefinition || member.type === T.AccessorProperty) {
    walk.later(member.value, member.static ? statics : fields);
  } else if (member.type === T.MethodDefinition && member.value.type === T.FunctionExpression) {
    if (member.kind === "constructor") visitConstructor(walk, member.value, scope, fields);
    else visitFunction(walk, member.value, scope);
  }
}

/** The fields' initializers do not see the constructor's parameters: they have a scope of their own beside it. */
function visitConstructor(walk: NameWalk, node: FunctionNode, scope: Scope, fields: Scope): void {
  const inner: { -readonly [K in keyof Scope]: Scope[K] } = {
    ...walk.openBlock(scope, fields.self),
    function: fields.function,
  };
  inner.top = inner;
  walk.functionOf.set(node, fields.function);
  enterFunction(walk, node, inner, scope);
}

/** Notes that a call may change its receiver and arguments. */
function markCall(
  walk: NameWalk,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  scope: Scope,
): void {
  const callee = unwrap(node.callee);
  if (node.type === T.CallExpression && (callee.type === T.MemberExpression || callee.type === T.Super)) {
    walk.mutate(callee.type === T.Super ? callee : chainRootOf(callee.object), scope, node.range[1], true);
  }
  for (const argument of node.arguments) {
    walk.mutate(
      rootOf(argument.type === T.SpreadElement ? argument.argument : argument),
      scope,
      node.range[1],
      true,
    );
  }
}

/** `[o.a, { b: p.c }] = xs` stores through `o` and `p`. */
function markPatternMembers(walk: NameWalk, pattern: Node, scope: Scope, at: number): void {
  if (pattern.type === T.MemberExpression) walk.mutate(rootOf(pattern), scope, at);
  else if (pattern.type === T.AssignmentPattern) markPatternMembers(walk, pattern.left, scope, at);
  else if (pattern.type === T.RestElement) markPatternMembers(walk, pattern.argument, scope, at);
  else if (pattern.type === T.ArrayPattern) {
    for (const element of pattern.elements) if (element) markPatternMembers(walk, element, scope, at);
  } else if (pattern.type === T.ObjectPattern) {
    for (const property of pattern.properties) {
      markPatternMembers(
        walk,
        property.type === T.RestElement ? property.argument : property.value,
        scope,
        at,
      );
    }
  }
}
