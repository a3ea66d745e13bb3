import type { TSESTree } from "@typescript-eslint/types";
import { visitorKeys } from "@typescript-eslint/visitor-keys";
import type { SyntaxTree } from "../parse/index.ts";
import { declareName, identifiersOf, type Later } from "./declare-names.ts";
import { sourcesOf } from "./syntax.ts";
import {
  createFunctionScope,
  createVariable,
  type FunctionScope,
  type Names,
  type Node,
  type Scope,
  type Variable,
  type VariableKind,
} from "./variables.ts";

interface Change {
  readonly node: Node;
  readonly at: number;
  readonly scope: Scope;
}

/** All that one walk over a tree finds; names that are used are not resolved yet. */
export interface Walked extends Names {
  readonly variableOf: Map<Node, Variable>;
  readonly ambientOf: Map<Node, TSESTree.TSTypeAnnotation>;
  readonly functions: { readonly scope: FunctionScope; readonly top: Scope }[];
  readonly references: { readonly node: Node; readonly name: string; readonly scope: Scope }[];
  readonly selves: { readonly node: Node; readonly variable: Variable; readonly scope: Scope }[];
  readonly moduleExports: TSESTree.MemberExpression[];
  readonly assignments: Change[];
  readonly mutations: (Change & { readonly byCall: boolean })[];
  readonly parts: { readonly of: Node; readonly id: Node }[];
}

/** The expressions of a pattern are visited where it is declared. */
const ignore = () => {};

/** The state of one walk, and what the visitors of single nodes may do with it. */
export class NameWalk implements Walked {
  readonly module: FunctionScope;
  readonly moduleNames: ReadonlyMap<string, Variable>;
  readonly variableOf = new Map<Node, Variable>();
  readonly ambientOf = new Map<Node, TSESTree.TSTypeAnnotation>();
  readonly functionOf = new Map<Node, FunctionScope>();
  readonly constructorOf = new Map<Node, FunctionScope>();
  readonly classVariableOf = new Map<Node, Variable>();
  readonly functions: { scope: FunctionScope; top: Scope }[] = [];
  readonly references: { node: Node; name: string; scope: Scope }[] = [];
  readonly selves: { node: Node; variable: Variable; scope: Scope }[] = [];
  readonly moduleExports: TSESTree.MemberExpression[] = [];
  readonly assignments: Change[] = [];
  readonly mutations: (Change & { readonly byCall: boolean })[] = [];
  /** Variables that were given a part of another one, so that a change of theirs may be one of it. */
  readonly parts: { readonly of: Node; readonly id: Node }[] = [];
  readonly exports: Variable;
  readonly root: Scope;
  private found: { node: Node; scope: Scope }[] = [];

  constructor(tree: SyntaxTree) {
    this.module = createFunctionScope(undefined, false, tree.range[0]);
    this.root = this.openFunction(this.module, undefined);
    this.moduleNames = this.root.names;
    this.exports = createVariable(this.module, "#exports", "exports", 0);
  }

  /** What was put off to be visited since the last time that this was asked. */
  takeFound(): { node: Node; scope: Scope }[] {
    const found = this.found;
    this.found = [];
    return found;
  }

  /** Visits a node after the current one. */
  readonly later: Later = (node, scope) => {
    if (node) this.found.push({ node, scope });
  };

  children(node: Node, scope: Scope): void {
    for (const key of visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
      if (Array.isArray(child)) for (const item of child) this.later(item, scope);
      else this.later(child, scope);
    }
  }

  openFunction(inner: FunctionScope, parent: Scope | undefined): Scope {
    const scope: { -readonly [K in keyof Scope]: Scope[K] } = {
      parent,
      function: inner,
      top: undefined as unknown as Scope,
      names: new Map(),
      self: inner.self,
    };
    scope.top = scope;
    this.functions.push({ scope: inner, top: scope });
    return scope;
  }

  openBlock(parent: Scope, self: Variable = parent.self): Scope {
    return { parent, function: parent.function, top: parent.top, names: new Map(), self };
  }

  declare(pattern: Node, kind: VariableKind, scope: Scope, at: number, plain = false): void {
    identifiersOf(pattern, scope, this.later, (id) => {
      const variable = declareName(this.variableOf, id, kind, scope);
      if (plain && kind === "const") variable.plain = true;
      this.assignments.push({ node: id, at, scope });
    });
  }

  refer(node: TSESTree.Identifier | TSESTree.JSXIdentifier, scope: Scope): void {
    this.references.push({ node, name: node.name, scope });
  }

  referToSelf(node: Node, scope: Scope): void {
    this.selves.push({ node, variable: scope.self, scope });
  }

  assign(pattern: Node, scope: Scope, at: number): void {
    identifiersOf(pattern, scope, this.later, (id) => {
      this.refer(id, scope);
      this.assignments.push({ node: id, at, scope });
    });
  }

  /** A pattern's variables hold what an expression is, or parts of it. */
  derive(pattern: Node, expression: Node | null | undefined, scope: Scope): void {
    if (!expression) return;
    const sources = sourcesOf(expression);
    if (sources.length === 0) return;
    identifiersOf(pattern, scope, ignore, (id) => {
      for (const source of sources) this.parts.push({ of: source, id });
    });
  }

  mutate(root: Node | undefined, scope: Scope, at: number, byCall = false): void {
    if (root) this.mutations.push({ node: root, at, scope, byCall });
  }
}
