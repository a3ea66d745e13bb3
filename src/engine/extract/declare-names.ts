import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import { createVariable, type Node, type Scope, type Variable, type VariableKind } from "./variables.ts";

/** Takes the parts of patterns that are expressions: defaults and computed keys. */
export type Later = (node: Node | null | undefined, scope: Scope) => void;

/** The scope that a declaration of this kind puts its names into. */
function targetOf(scope: Scope, kind: VariableKind): Scope {
  return kind === "var" ? scope.top : scope;
}

/** Declares one name, or finds it when it is declared again (`var x; var x`). */
export function declareName(
  variableOf: Map<Node, Variable>,
  id: TSESTree.Identifier,
  kind: VariableKind,
  scope: Scope,
): Variable {
  const target = targetOf(scope, kind);
  let variable = target.names.get(id.name);
  if (!variable) {
    variable = createVariable(target.function, id.name, kind, id.range[0]);
    target.names.set(id.name, variable);
  }
  variableOf.set(id, variable);
  return variable;
}

/** Every identifier that a pattern binds, with the pattern's expressions handed on. */
export function identifiersOf(
  pattern: Node,
  scope: Scope,
  later: Later,
  found: (id: TSESTree.Identifier) => void,
): void {
  switch (pattern.type) {
    case T.Identifier:
      found(pattern);
      return;
    case T.ObjectPattern:
      for (const property of pattern.properties) {
        if (property.type === T.RestElement) identifiersOf(property.argument, scope, later, found);
        else {
          if (property.computed) later(property.key, scope);
          identifiersOf(property.value, scope, later, found);
        }
      }
      return;
    case T.ArrayPattern:
      for (const element of pattern.elements) if (element) identifiersOf(element, scope, later, found);
      return;
    case T.AssignmentPattern:
      later(pattern.right, scope);
      identifiersOf(pattern.left, scope, later, found);
      return;
    case T.RestElement:
      identifiersOf(pattern.argument, scope, later, found);
      return;
    case T.TSParameterProperty:
      identifiersOf(pattern.parameter, scope, later, found);
      return;
    default:
      // The target of an assignment may be any expression: `[o.a, (o as X).b] = xs`.
      later(pattern, scope);
  }
}
