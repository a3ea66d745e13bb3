import type { TypeRef } from "../extract/index.ts";
import type { LocatedType } from "../link/index.ts";
import type { Atom } from "./atom.ts";
import { bindByArguments } from "./bind-by-arguments.ts";
import { hasAtom, type Shape } from "./shape.ts";
import type { CallSite, Evaluation, Solver } from "./solver.ts";

/** How deep in an argument functions are looked for: `run({ on: { user: (user) => … } })`. */
const deepestCallback = 2;

/**
 * What a callee declares of its callbacks says what they are given: `onUser((user) => …)`, where it is declared as
 * `onUser(callback: (user: User) => void)`. Of use for parameters that have no type of their own.
 */
export function expectCallbacks(evaluation: Evaluation, site: CallSite): void {
  for (const [index, arg] of site.args.entries()) {
    if (!holdsFunction(arg, 0)) continue;
    for (const { atom } of site.callee.atoms.values()) {
      const type = declaredParam(evaluation, site, atom, index);
      if (type) expect(evaluation.solver, arg, type, 0);
    }
  }
}

function holdsFunction(shape: Shape, depth: number): boolean {
  if (hasAtom(shape, ({ kind }) => kind === "function")) return true;
  if (depth === deepestCallback) return false;
  for (const [key, field] of shape.fields ?? [])
    if (!key.startsWith("@@") && holdsFunction(field, depth + 1)) return true;
  return false;
}

function declaredParam(
  { solver: { program }, node }: Evaluation,
  site: CallSite,
  atom: Atom,
  index: number,
): LocatedType | undefined {
  const callee = atom.kind === "function" ? program.functions[atom.id] : undefined;
  const none: TypeRef = { kind: "other" };
  if (callee) {
    const params = callee.facts.params.map(({ type }) => type ?? none);
    return bound(callee.file, params, callee.facts.typeParams);
  }
  if (atom.kind !== "declared" || atom.type.type.kind !== "function") return undefined;
  return bound(atom.type.file, atom.type.type.params, atom.type.type.typeParams);

  function bound(file: string, params: readonly TypeRef[], typeParams: readonly string[] = []) {
    const type = params[index];
    if (!type || type.kind === "other") return undefined;
    const made = site.typeArgs
      ? program.bindType(type, typeParams, site.typeArgs, node.file)
      : bindByArguments(program, type, typeParams, params, site.args);
    return { file, type: made };
  }
}

function expect(solver: Solver, shape: Shape, { file, type }: LocatedType, depth: number): void {
  const { program, parameters } = solver;
  for (const { atom } of shape.atoms.values()) {
    const params = atom.kind === "function" ? program.functions[atom.id]?.facts.params : undefined;
    if (atom.kind !== "function" || !params) continue;
    for (const [index, param] of params.entries()) {
      if (param.type || param.expected || param.rest) continue;
      const told = program.expandType(file, paramOf(type, index));
      if (told) parameters.expect(atom.id, index, told);
    }
  }
  if (depth === deepestCallback) return;
  for (const [key, field] of shape.fields ?? []) {
    if (key.startsWith("@@") || !holdsFunction(field, depth + 1)) continue;
    const member = program.memberType(file, type, key);
    if (member) expect(solver, field, member, depth + 1);
  }
}

/** `Parameters<type>[index]` */
function paramOf(type: TypeRef, index: number): TypeRef {
  const object: TypeRef = { kind: "name", name: "Parameters", args: [type] };
  return { kind: "indexed", object, key: { kind: "literal", value: index } };
}
