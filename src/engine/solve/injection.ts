import type { DecoratorFacts, TypeRef, Value } from "../extract/index.ts";
import { instanceAtom, openAtom } from "./atom.ts";
import { empty, join, joinAll, ofAtom, type Shape } from "./shape.ts";
import type { CallSite, Evaluation, Solver } from "./solver.ts";

/** Decorators that say by which token a parameter or field is injected: `@Inject(NOTES)`, `@inject("notes")`. */
const injecting = /(?:^|\.)(?:lazy|multi)?inject(?:contribution|repository)?$/i;

/** Functions that get a service by its token: `container.get(NOTES)`, `inject(Notes)`, `moduleRef.resolve(Notes)`. */
const getters = /^(?:get|getAsync|getOrThrow|resolve|resolveAsync|resolveOptional|inject|useService)$/;

/** What a parameter or field of a class is injected with: under the token of its decorator, or else of its type. */
export function injectedInto(
  solver: Solver,
  file: string,
  { decorators, type }: { readonly decorators: readonly DecoratorFacts[]; readonly type?: TypeRef },
): Shape {
  const { tokens } = solver.program;
  const decorator = decorators.find(({ name }) => injecting.test(name));
  const [argument] = decorator?.args ?? [];
  if (typeof argument === "string") return provided(solver, tokens.ofText(argument));
  if (argument && typeof argument === "object" && "name" in argument)
    return provided(solver, tokens.ofName(file, argument.name));
  if (type?.kind !== "name") return empty;
  return provided(solver, tokens.ofName(type.scope ?? file, type.name));
}

function provided(solver: Solver, token: string | undefined): Shape {
  return token === undefined ? empty : solver.provided(token);
}

/** `container.get(NOTES)`: what is bound to the token; a class that is bound to nothing stands for itself. */
export function injectedCall(
  evaluation: Evaluation,
  call: Extract<Value, { op: "call" }>,
  { args }: CallSite,
): Shape {
  const { solver, node, values } = evaluation;
  const [first] = call.args;
  const callee = values[call.callee];
  const name = callee?.op === "load" ? callee.key : callee?.op === "import" ? callee.imported : "";
  if (!first || first.spread || !getters.test(name)) return empty;
  const bound = provided(solver, solver.program.tokens.ofValue(node.file, node.facts, first.value));
  const made = [...(args[0]?.atoms.values() ?? [])].flatMap(({ atom }) =>
    atom.kind === "class" ? [instanceOf(atom.id, false)] : [],
  );
  return join(bound, joinAll(made));
}

/** `container.cradle.notes` of Awilix. */
export function fromCradle(evaluation: Evaluation, load: Extract<Value, { op: "load" }>): Shape {
  const object = evaluation.values[load.object];
  const isCradle = object?.op === "load" && object.key === "cradle";
  return isCradle ? evaluation.solver.provided(evaluation.solver.program.tokens.ofText(load.key)) : empty;
}

function instanceOf(id: number, exact: boolean): Shape {
  return ofAtom(instanceAtom(id, exact));
}

/** Tells the containers what the function at hand binds, once its values are known. */
export function writeBindings(evaluation: Evaluation): void {
  const { solver, node, shapes } = evaluation;
  for (const { token, how, value } of solver.program.bindings.of(node.id).bindings) {
    const shape = shapes[value] ?? empty;
    if (how === "class") solver.provide(token, instancesOf(shape));
    else solver.provide(token, how === "value" ? shape : madeBy(evaluation, shape, value));
  }
}

function instancesOf(shape: Shape): Shape {
  return joinAll(
    [...shape.atoms.values()].flatMap(({ atom }) =>
      atom.kind === "class" ? [instanceOf(atom.id, true)] : [],
    ),
  );
}

function madeBy(evaluation: Evaluation, factory: Shape, value: number): Shape {
  const { span } = evaluation.values[value] ?? { span: { start: 0, end: 0 } };
  const site: CallSite = {
    id: -1,
    call: { file: evaluation.node.file, ...span },
    callee: factory,
    self: undefined,
    args: [],
    argSites: [],
    name: "",
    root: `@${value}`,
  };
  return evaluation.solver.calls.callBack(evaluation, site, factory, [ofAtom(openAtom)], 0);
}
