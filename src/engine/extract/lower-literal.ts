import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import { accessorKey } from "../base/accessor-key.ts";
import type { Span } from "../base/location.ts";
import type { ObjectEntry, ValueId } from "./facts.ts";
import { lowerItems } from "./lower-call.ts";
import { lowerClosure } from "./lower-closure.ts";
import { joinParts } from "./lower-operators.ts";
import { lowerKey } from "./lower-pattern.ts";
import type { Lowering } from "./lowering.ts";
import { isFunctionNode, spanOf } from "./syntax.ts";

export function lowerLiteral(c: Lowering, node: TSESTree.Literal): ValueId {
  const span = spanOf(node);
  const { value } = node;
  if ("regex" in node)
    return c.builder.emit({ op: "pattern", source: node.regex.pattern, flags: node.regex.flags, span });
  if ("bigint" in node || typeof value === "bigint" || value instanceof RegExp) {
    return c.builder.opaque(span);
  }
  // Infinity is no JSON.
  if (typeof value === "number" && !Number.isFinite(value)) return c.builder.number(span);
  return c.builder.emit({ op: "const", value, span });
}

export function lowerTemplate(c: Lowering, node: TSESTree.TemplateLiteral): ValueId {
  const parts: ValueId[] = [];
  const spans: Span[] = [];
  node.quasis.forEach((quasi, index) => {
    const text = quasi.value.cooked ?? quasi.value.raw;
    if (text !== "" || node.expressions.length === 0) {
      parts.push(c.builder.emit({ op: "const", value: text, span: spanOf(quasi) }));
      spans.push(spanOf(quasi));
    }
    const expression = node.expressions[index];
    if (!expression) return;
    parts.push(c.expression(expression));
    spans.push(spanOf(expression));
  });
  const [only] = parts;
  const constant = only === undefined ? undefined : c.builder.values.constant(only);
  // `${x}` is text even where x is not.
  if (parts.length === 1 && constant === undefined)
    return c.builder.emit({ op: "concat", parts, partSpans: spans, span: spanOf(node) });
  return joinParts(c, parts, spanOf(node), spans);
}

export function lowerArray(c: Lowering, node: TSESTree.ArrayExpression): ValueId {
  const span = spanOf(node);
  const items = node.elements.flatMap((element) =>
    element ? lowerItems(c, [element]) : [{ value: c.builder.opaque(span), spread: false }],
  );
  return c.builder.emit({ op: "array", items, span });
}

export function lowerObject(c: Lowering, node: TSESTree.ObjectExpression): ValueId {
  const entries: ObjectEntry[] = [];
  for (const property of node.properties) {
    if (property.type === T.SpreadElement) {
      entries.push({ spread: c.expression(property.argument), span: spanOf(property) });
    } else lowerProperty(c, property, entries);
  }
  return c.builder.emit({ op: "object", entries, span: spanOf(node) });
}

function lowerProperty(c: Lowering, property: TSESTree.Property, entries: ObjectEntry[]): void {
  const key = lowerKey(c, property.key, property.computed);
  const name = "constant" in key ? key.constant : undefined;
  const value = lowerPropertyValue(c, property, name);
  const span = spanOf(property.value);
  if (property.kind === "init" && "dynamic" in key) entries.push({ dynamicKey: key.dynamic, value });
  if (name === undefined) return;
  const written = property.kind === "init" ? name : accessorKey(property.kind, name);
  entries.push({ key: written, value, keySpan: key.span, span });
}

function lowerPropertyValue(c: Lowering, property: TSESTree.Property, name: string | undefined): ValueId {
  const { value } = property;
  if (!isFunctionNode(value) || value.type === T.ArrowFunctionExpression) return c.expression(value, name);
  const kind = { get: "getter", set: "setter", init: property.method ? "method" : undefined } as const;
  return lowerClosure(c, value, {
    name,
    tags: c.file.tagsAt(property.range[0]),
    kind: kind[property.kind],
  });
}
