import type { Value } from "../extract/index.ts";
import { classAtom, instanceAtom } from "./atom.ts";
import { record } from "./builtin-call.ts";
import { constant } from "./evaluate-literal.ts";
import { shapeAt, siteOf } from "./evaluation.ts";
import type { Site } from "./flow.ts";
import { hasAtom, isFunction, load, ofAtom, type Shape } from "./shape.ts";
import type { Evaluation, Solver } from "./solver.ts";

type Decorated = Extract<Value, { op: "decorated" }>;

/** What decorators are told of the method: the object or class that it is a member of, and its name. */
interface Method {
  readonly target: Shape;
  readonly name: Shape;
  readonly site: Site;
}

/** Runs a method's decorators, the nearest first. What they put into its place is called instead of it. */
export function decorateMethod(evaluation: Evaluation, value: Decorated, id: number): void {
  const { solver, node } = evaluation;
  const cls = solver.program.classNode(node.file, value.class);
  const member = cls.facts.members.find((each) => each.function === value.function);
  if (!member) return;
  const method = solver.program.functionId(node.file, value.function);
  const site = siteOf(evaluation, id);
  const told = {
    target: ofAtom(member.static ? classAtom(cls.id) : instanceAtom(cls.id, false)),
    name: constant(member.name, site),
    site,
  };
  const plain = ofAtom({ kind: "function", key: `f ${method}`, id: method });
  let current = plain;
  for (const each of [...value.decorators].reverse()) {
    const decorator = shapeAt(evaluation, each);
    if (isFunction(decorator)) current = decorated(evaluation, decorator, current, told);
  }
  if (current !== plain)
    solver.writeCell(evaluation, node.file, `m:${node.file}:${decoratedCell(method)}`, current);
}

function decorated(evaluation: Evaluation, decorator: Shape, method: Shape, told: Method): Shape {
  const takesDescriptor = hasAtom(decorator, (atom) => {
    const facts = atom.kind === "function" ? evaluation.solver.program.functions[atom.id]?.facts : undefined;
    return facts !== undefined && (facts.params.length > 2 || facts.params.some(({ rest }) => rest));
  });
  const descriptor = record({ value: method });
  const args = takesDescriptor
    ? [told.target, told.name, descriptor]
    : [method, record({ kind: constant("method", told.site), name: told.name })];
  const id = evaluation.nextApart--;
  const result = evaluation.solver.calls.callShape(evaluation, {
    id,
    call: told.site,
    callee: decorator,
    self: undefined,
    args,
    argSites: [],
    name: "decorator",
    root: `${told.site.start}~decorator`,
  });
  const changed = evaluation.after.get(id)?.get(2) ?? descriptor;
  evaluation.after.delete(id);
  const returned = takesDescriptor ? load(result, "value") : result;
  if (isFunction(returned)) return returned;
  const left = load(changed, "value");
  return isFunction(left) ? left : method;
}

/** What a method's decorators have put into its place. */
export function createDecoratedMethods(
  { program }: Pick<Solver, "program">,
  read: (file: string, name: string) => Shape,
): (method: number) => Shape | undefined {
  const methods = new Set<number>();
  for (const [file, { classes }] of program.files)
    for (const { members } of classes)
      for (const each of members)
        if (each.decorators.length > 0 && each.function !== undefined)
          methods.add(program.functionId(file, each.function));
  return (method) => {
    const node = methods.has(method) ? program.functions[method] : undefined;
    const replaced = node && read(node.file, decoratedCell(method));
    return replaced && isFunction(replaced) ? replaced : undefined;
  };
}

function decoratedCell(method: number): string {
  return `@decorated ${method}`;
}
