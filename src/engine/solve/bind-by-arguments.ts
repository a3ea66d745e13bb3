import type { TypeRef } from "../extract/index.ts";
import type { LocatedType, Program } from "../link/index.ts";
import { load, type Shape } from "./shape.ts";

/** Types whose value stands for that of their argument, and those that hold it as their elements. */
const wrappers = new Set(["Promise", "PromiseLike", "Awaited", "Partial", "Readonly", "NonNullable"]);
const lists = new Set(["Array", "ReadonlyArray", "Set", "ReadonlySet", "Iterable", "AsyncIterable"]);

/** A function's type with its parameters bound by the declared types of what is passed: `first<T>(items: T[]): T`. */
export function bindByArguments(
  program: Program,
  type: TypeRef,
  typeParams: readonly string[],
  params: readonly TypeRef[],
  args: readonly Shape[],
): TypeRef {
  let bound = type;
  for (const name of typeParams) {
    const given = firstOf(params, (param, index) => {
      const arg = args[index];
      return arg && typeAt(param, name, arg);
    });
    if (given) bound = program.bindType(bound, [name], [given.type], given.file);
  }
  return bound;
}

/** The declared type of the part of an argument that stands where the parameter's type has a name. */
function typeAt(param: TypeRef, name: string, arg: Shape): LocatedType | undefined {
  switch (param.kind) {
    case "name": {
      if (param.name === name) return declaredType(arg);
      const [first] = param.args;
      if (!first) return undefined;
      if (wrappers.has(param.name)) return typeAt(first, name, arg);
      return lists.has(param.name) ? typeAt(first, name, load(arg, "*")) : undefined;
    }
    case "array":
      return typeAt(param.of, name, load(arg, "*"));
    case "union":
    case "intersection":
      return firstOf(param.of, (each) => typeAt(each, name, arg));
    case "object":
      return firstOf(param.members, (each) => typeAt(each.type, name, load(arg, each.name)));
    default:
      return undefined;
  }
}

function declaredType(shape: Shape): LocatedType | undefined {
  for (const { atom } of shape.atoms.values()) if (atom.kind === "type") return atom.type;
  return undefined;
}

function firstOf<T, R>(list: readonly T[], find: (each: T, index: number) => R | undefined): R | undefined {
  for (const [index, each] of list.entries()) {
    const found = find(each, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
