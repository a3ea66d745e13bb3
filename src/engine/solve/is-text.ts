import type { TypeRef, Value, ValueId } from "../extract/index.ts";
import { textMethods } from "./builtin-texts.ts";
import { isListName } from "./list-names.ts";
import type { Shape } from "./shape.ts";
import type { Evaluation } from "./solver.ts";
import type { MethodCall } from "./summary.ts";

const deepest = 6;

/** Methods that both texts and arrays have. */
const shared = new Set(["slice", "concat", "valueOf", "toString", "split", "match", "matchAll"]);

/** Whether a receiver is a text and no list: by its declared type, by how it was made, or else by its name. */
export function isTextValue(evaluation: Evaluation, called: MethodCall): boolean {
  const known = called.receiver === undefined ? undefined : textByValue(evaluation, called.receiver, 0);
  return known ?? !isListName(called.receiverName);
}

/** `name[0]`: one character of a text. Personal data is a text, unless it has the name of a list. */
export function isCharacter(evaluation: Evaluation, text: ValueId, shape: Shape, key: string): boolean {
  if (!/^\d+$/.test(key) || shape.fields) return false;
  const known = textByValue(evaluation, text, 0);
  if (known !== undefined) return known;
  // What a call returns may be a list, whatever went into it.
  if (evaluation.values[text]?.op === "call") return false;
  for (const { atom } of shape.atoms.values()) {
    const isOne = atom.kind === "source" && !atom.record && !isListName(atom.source.expression);
    if (!isOne && atom.kind !== "open") return false;
  }
  return true;
}

function textByValue(evaluation: Evaluation, id: ValueId, depth: number): boolean | undefined {
  const value = evaluation.values[id];
  if (!value || depth > deepest) return undefined;
  switch (value.op) {
    case "concat":
      return true;
    case "const":
      return typeof value.value === "string";
    case "array":
      return false;
    case "param":
      return textByType(evaluation.node.facts.params[value.index]?.type);
    case "typed":
      return textByType(value.type) ?? textByValue(evaluation, value.value, depth + 1);
    case "await":
      return textByValue(evaluation, value.value, depth + 1);
    case "phi": {
      const kinds = new Set(value.inputs.map((input) => textByValue(evaluation, input, depth + 1)));
      return kinds.size === 1 ? [...kinds][0] : undefined;
    }
    case "load":
      return isPart(evaluation, value) ? true : undefined;
    case "call": {
      const callee = evaluation.values[value.callee];
      if (callee?.op !== "load") return undefined;
      if (callee.key === "toString" || callee.key === "join") return true;
      return Object.hasOwn(textMethods, callee.key) && !shared.has(callee.key) ? true : undefined;
    }
    default:
      return undefined;
  }
}

/** `text.split(",")[0]` */
function isPart(evaluation: Evaluation, value: Extract<Value, { op: "load" }>): boolean {
  const list = evaluation.values[value.object];
  const callee = list?.op === "call" ? evaluation.values[list.callee] : undefined;
  return /^\d+$/.test(value.key) && callee?.op === "load" && callee.key === "split";
}

function textByType(type: TypeRef | undefined): boolean | undefined {
  if (!type) return undefined;
  if (type.kind === "keyword")
    return type.name === "string" ? true : type.name === "any" || type.name === "unknown" ? undefined : false;
  if (type.kind === "array" || type.kind === "tuple") return false;
  if (type.kind === "union") {
    const kinds = new Set(type.of.filter((each) => !isNothing(each)).map(textByType));
    return kinds.size === 1 ? [...kinds][0] : undefined;
  }
  return undefined;
}

function isNothing(type: TypeRef): boolean {
  return (
    (type.kind === "keyword" && (type.name === "undefined" || type.name === "null")) ||
    (type.kind === "literal" && type.value === null)
  );
}
