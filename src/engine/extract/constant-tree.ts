import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import type { ConstantTree, DecoratorFacts } from "./facts.ts";
import { unwrap } from "./syntax.ts";
import { memberName, qualifiedName } from "./type-refs.ts";
import type { Node } from "./variables.ts";

/** What the decorators of a declaration say, as far as it is constant. */
export function decoratorFacts(decorators: readonly TSESTree.Decorator[] | undefined): DecoratorFacts[] {
  return (decorators ?? []).map(({ expression }) => {
    const call = expression.type === T.CallExpression ? expression : undefined;
    return {
      name: qualifiedName(call ? call.callee : expression),
      args: call?.arguments.map((argument) => constantTree(argument) ?? null) ?? [],
    };
  });
}

function constantTree(expression: Node): ConstantTree | undefined {
  const node = unwrap(expression);
  switch (node.type) {
    case T.Literal:
      return typeof node.value === "bigint" || node.value instanceof RegExp ? undefined : node.value;
    case T.TemplateLiteral:
      return node.expressions.length === 0 ? node.quasis[0]?.value.cooked : undefined;
    case T.Identifier:
    case T.MemberExpression:
      return { name: qualifiedName(node) };
    case T.ArrowFunctionExpression:
      // `@Field(() => User)`: the function is only there to put the name off.
      return node.body.type === T.BlockStatement ? undefined : constantTree(node.body);
    case T.ArrayExpression:
      return { items: node.elements.map((element) => (element && constantTree(element)) ?? null) };
    case T.ObjectExpression:
      return { fields: constantFields(node) };
    default:
      return undefined;
  }
}

function constantFields(node: TSESTree.ObjectExpression): Record<string, ConstantTree> {
  const fields: Record<string, ConstantTree> = {};
  for (const property of node.properties) {
    if (property.type === T.SpreadElement) continue;
    const name = memberName(property.key, property.computed);
    const value = constantTree(property.value);
    if (name !== undefined && name !== "__proto__" && value !== undefined) fields[name] = value;
  }
  return fields;
}
