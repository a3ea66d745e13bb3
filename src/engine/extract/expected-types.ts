import { AST_NODE_TYPES as T } from "@typescript-eslint/types";
import type { TypeRef } from "./facts.ts";
import { memberName } from "./type-refs.ts";
import type { Node } from "./variables.ts";

/** Notes for the functions in an expression what its declared type says of them; it is resolved when files are linked. */
export function expectType(expected: WeakMap<Node, TypeRef>, node: Node, type: TypeRef): void {
  switch (node.type) {
    case T.ArrowFunctionExpression:
    case T.FunctionExpression:
      expected.set(node, type);
      return;
    case T.ObjectExpression:
      for (const property of node.properties) {
        if (property.type !== T.Property) continue;
        const name = memberName(property.key, property.computed);
        if (name !== undefined) expectType(expected, property.value, partOf(type, name));
      }
      return;
    case T.ArrayExpression:
      for (const element of node.elements)
        if (element)
          expectType(expected, element, {
            kind: "indexed",
            object: type,
            key: { kind: "keyword", name: "number" },
          });
      return;
    case T.ConditionalExpression:
      expectType(expected, node.consequent, type);
      expectType(expected, node.alternate, type);
      return;
    default:
      return;
  }
}

/** Whether `expectType` would find anything to note. */
export function mayHoldFunctions({ type }: Node): boolean {
  return (
    type === T.ArrowFunctionExpression ||
    type === T.FunctionExpression ||
    type === T.ObjectExpression ||
    type === T.ArrayExpression ||
    type === T.ConditionalExpression
  );
}

/** What a function of an expected type is passed. */
export function expectedParam(type: TypeRef, index: number): TypeRef {
  return {
    kind: "indexed",
    object: { kind: "name", name: "Parameters", args: [type] },
    key: { kind: "literal", value: index },
  };
}

export function expectedResult(type: TypeRef): TypeRef {
  return { kind: "name", name: "ReturnType", args: [type] };
}

function partOf(object: TypeRef, name: string): TypeRef {
  return { kind: "indexed", object, key: { kind: "literal", value: name } };
}
