import { writtenItems } from "./array-shape.ts";
import { openAtom } from "./atom.ts";
import { empty, flatten, inText, joinAll, load, ofAtom, type Shape, store } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** What a built-in method does, and returns. */
export type Method = (call: BuiltinCall) => Shape;

export type Methods = Readonly<Record<string, Method>>;

export interface BuiltinCall {
  readonly evaluation: Evaluation;
  readonly site: CallSite;
  readonly self: Shape;
  readonly args: readonly Shape[];
  /** Whether the receiver is a text; undefined when neither its type nor its shape nor its name tells. */
  readonly isText: () => boolean;
  /** Calls the argument at an index as a callback. */
  readonly back: (index: number, ...params: Shape[]) => Shape;
  /** The same, for what the callback leaves its first parameter as; undefined when it does not change it. */
  readonly changed: (index: number, ...params: Shape[]) => Shape | undefined;
  readonly mutate: (self: Shape) => void;
  /** Says that the method gives or takes an entry of its receiver; without a key, some entry. */
  readonly entry: (key?: string) => void;
}

export const element = (self: Shape): Shape => load(self, "*");
export const list = (of: Shape): Shape => store(empty, "*", of);
export const open = (): Shape => ofAtom(openAtom);
export const clean: Method = () => empty;
export const self: Method = (call) => call.self;
export const foldedSelf: Method = (call) => inText(call.self);
export const folded: Method = (call) => joinAll([inText(call.self), ...call.args.map(flatten)]);
export const elements: Method = (call) => list(element(call.self));

/** For the effect of the first, the value of the second. */
export const after = (_effect: Shape, result: Shape): Shape => result;

/** Calls back with the elements, and answers with nothing of them. */
export const answer: Method = (call) => after(call.back(0, element(call.self), open(), call.self), empty);

export function record(fields: Readonly<Record<string, Shape>>): Shape {
  return { atoms: empty.atoms, fields: new Map(Object.entries(fields)) };
}

export function each(names: readonly string[], method: Method): Methods {
  return Object.fromEntries(names.map((name) => [name, method]));
}

/** The text that a value is known to be. */
export function textOf(shape: Shape | undefined): string | undefined {
  const texts = textsOf(shape);
  return texts?.length === 1 ? texts[0] : undefined;
}

/** The texts that a value is known to be one of. */
export function textsOf(shape: Shape | undefined): string[] | undefined {
  if (!shape || shape.atoms.size === 0) return undefined;
  const texts: string[] = [];
  for (const { atom } of shape.atoms.values()) {
    if (atom.kind !== "constant") return undefined;
    texts.push(atom.value);
  }
  return texts;
}

export function numberOf(shape: Shape | undefined): number | undefined {
  const text = textOf(shape);
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

/** Whether the tree is that of a list: one that is written out, or one with elements. */
export function isList(shape: Shape): boolean {
  return shape.fields?.has("*") === true || shape.fields?.has("0") === true;
}

/** The item at an index, counted from the end when it is negative. */
export function itemAt(shape: Shape, index: number | undefined): Shape {
  const items = writtenItems(shape);
  if (!items || index === undefined) return element(shape);
  return items[index < 0 ? items.length + index : index] ?? empty;
}

export function builtinType(shape: Shape): string | undefined {
  for (const { atom } of shape.atoms.values()) if (atom.kind === "builtin") return atom.type;
  return undefined;
}
