import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import type { Span } from "../base/location.ts";
import type { Item, ObjectEntry, ValueId } from "./facts.ts";
import type { Lowering } from "./lowering.ts";
import { spanOf } from "./syntax.ts";
import type { Node } from "./variables.ts";

export function lowerJsxElement(c: Lowering, node: TSESTree.JSXElement): ValueId {
  const { name, attributes } = node.openingElement;
  const component = lowerComponent(c, name);
  const entries: ObjectEntry[] = [];
  for (const attribute of attributes) {
    if (attribute.type === T.JSXSpreadAttribute) {
      entries.push({ spread: c.expression(attribute.argument), span: spanOf(attribute.argument) });
      continue;
    }
    const key = tagName(attribute.name);
    const value = lowerAttribute(c, attribute, key);
    entries.push({ key, value, keySpan: spanOf(attribute.name), span: writtenSpan(attribute) });
  }
  return emitElement(c, node, tagName(name), component, entries);
}

export function lowerJsxFragment(c: Lowering, node: TSESTree.JSXFragment): ValueId {
  return emitElement(c, node, "", undefined, []);
}

function emitElement(
  c: Lowering,
  node: TSESTree.JSXElement | TSESTree.JSXFragment,
  tag: string,
  component: ValueId | undefined,
  entries: ObjectEntry[],
): ValueId {
  const span = spanOf(node);
  const items = node.children.flatMap((child) => lowerChild(c, child));
  const [only] = items;
  if (only) {
    const value =
      items.length === 1 && !only.spread ? only.value : c.builder.emit({ op: "array", items, span });
    const keySpan = spanOf(node.children[0] ?? node);
    entries.push({ key: "children", value, keySpan, ...(items.length === 1 && { span: only.span }) });
  }
  const props = c.builder.emit({ op: "object", entries, span });
  return c.builder.emit({ op: "jsx", tag, ...(component !== undefined && { component }), props, span });
}

/** Where the value of an attribute is written. */
function writtenSpan({ value, name }: TSESTree.JSXAttribute): Span {
  if (!value) return spanOf(name);
  return spanOf(value.type === T.JSXExpressionContainer ? value.expression : value);
}

function lowerChild(c: Lowering, child: TSESTree.JSXChild): (Item & { span: Span })[] {
  if (child.type === T.JSXText) {
    const text = child.value.trim();
    if (text === "") return [];
    const span = spanOf(child);
    return [{ value: c.builder.emit({ op: "const", value: text, span }), spread: false, span }];
  }
  if (child.type === T.JSXSpreadChild)
    return [{ value: c.expression(child.expression), spread: true, span: spanOf(child.expression) }];
  if (child.type !== T.JSXExpressionContainer)
    return [{ value: c.expression(child), spread: false, span: spanOf(child) }];
  if (child.expression.type === T.JSXEmptyExpression) return [];
  return [{ value: c.expression(child.expression), spread: false, span: spanOf(child.expression) }];
}

function lowerAttribute(c: Lowering, attribute: TSESTree.JSXAttribute, key: string): ValueId {
  const { value } = attribute;
  if (!value) return c.builder.emit({ op: "const", value: true, span: spanOf(attribute) });
  if (value.type !== T.JSXExpressionContainer) return c.expression(value, key);
  if (value.expression.type === T.JSXEmptyExpression) return c.builder.opaque(spanOf(value));
  return c.expression(value.expression, key);
}

/** Lower-case tags are the browser's own; others are values. */
function lowerComponent(c: Lowering, name: TSESTree.JSXTagNameExpression): ValueId | undefined {
  if (name.type === T.JSXNamespacedName) return undefined;
  if (name.type === T.JSXIdentifier) {
    if (/^[a-z]/.test(name.name)) return undefined;
    return lowerJsxName(c, name);
  }
  const object =
    name.object.type === T.JSXMemberExpression
      ? lowerComponent(c, name.object)
      : lowerJsxName(c, name.object);
  if (object === undefined) return undefined;
  return c.builder.load(object, name.property.name, spanOf(name.property), spanOf(name));
}

function lowerJsxName(c: Lowering, name: Node): ValueId | undefined {
  if (name.type !== T.JSXIdentifier) return undefined;
  const variable = c.file.names.variableOf.get(name);
  if (variable) return c.builder.read(variable, spanOf(name));
  return c.builder.emit({ op: "global", variable: name.name, span: spanOf(name) });
}

function tagName(name: Node): string {
  if (name.type === T.JSXIdentifier) return name.name;
  if (name.type === T.JSXNamespacedName) return `${name.namespace.name}:${name.name.name}`;
  return name.type === T.JSXMemberExpression ? `${tagName(name.object)}.${tagName(name.property)}` : "";
}
