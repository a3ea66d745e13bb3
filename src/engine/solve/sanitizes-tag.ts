import type { FunctionNode } from "../link/index.ts";
import { makeSafe } from "./make-safe.ts";
import type { Shape } from "./shape.ts";

/** `@sanitizes contact` on a function: what it returns no longer holds that. Without a list: any personal data. */
export function sanitized(node: FunctionNode, result: Shape): Shape {
  const tag = node.facts.tags?.find((each) => each.name === "sanitizes");
  if (!tag) return result;
  const data = tag.text
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean);
  return makeSafe(result, {
    key: `@${tag.text}`,
    rows: [{ data: data.length > 0 ? data : undefined, protects: undefined }],
  });
}
