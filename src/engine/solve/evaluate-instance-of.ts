import type { Value, ValueId } from "../extract/index.ts";
import type { ClassNode, Program } from "../link/index.ts";
import type { Atom } from "./atom.ts";
import { nameOf, shapeAt, siteOf } from "./evaluation.ts";
import { narrowToType } from "./narrow-to-type.ts";
import { type Held, joinAll, type Shape, withFields } from "./shape.ts";
import type { Evaluation, Solver } from "./solver.ts";
import { keep } from "./unchanged.ts";

type InstanceOf = Extract<Value, { op: "instance-of" }>;

/** A value that is, or is not, an object of one of the workspace's classes: what it may be besides falls away. */
export function evaluateInstanceOf(evaluation: Evaluation, value: InstanceOf, id: ValueId): Shape {
  const { solver } = evaluation;
  const shape = shapeAt(evaluation, value.value);
  const classes: ClassNode[] = [];
  for (const { atom } of shapeAt(evaluation, value.class).atoms.values())
    if (atom.kind === "class") classes.push(solver.classOf(atom.id));
  const [only] = classes;
  if (!only) return keep(evaluation, id, value.value);
  if (!value.holds)
    return withoutClasses(solver, shape, (each) => !classes.some((cls) => extendsClass(each, cls)));
  const left = withoutClasses(solver, shape, (each) =>
    classes.some((cls) => extendsClass(each, cls) || extendsClass(cls, each)),
  );
  const context = { owner: value.name ?? nameOf(evaluation, value.value), site: siteOf(evaluation, id) };
  return joinAll(
    classes.map(({ file, facts }) =>
      narrowToType(solver, left, { file, type: { kind: "name", name: facts.name, args: [] } }, context),
    ),
  );
}

/** The value without the objects of other classes, and without the fields that only those have. */
function withoutClasses(solver: Solver, shape: Shape, isKept: (cls: ClassNode) => boolean): Shape {
  const kept: ClassNode[] = [];
  const atoms = new Map<string, Held>();
  for (const [key, held] of shape.atoms) {
    const cls = classOfAtom(solver, held.atom);
    if (cls && !isKept(cls)) continue;
    if (cls) kept.push(cls);
    atoms.set(key, held);
  }
  if (atoms.size === shape.atoms.size) return shape;
  const fields = [...(shape.fields ?? [])].filter(([key]) =>
    kept.some((cls) => hasField(solver.program, cls, key)),
  );
  return withFields({ atoms, fields: undefined }, new Map(fields));
}

function classOfAtom({ classOf, program }: Solver, atom: Atom): ClassNode | undefined {
  if (atom.kind === "instance") return classOf(atom.id);
  if (atom.kind !== "type" || atom.type.type.kind !== "name") return undefined;
  const target = program.typeTarget(atom.type.file, atom.type.type);
  return target.kind === "class" ? target.node : undefined;
}

function extendsClass(cls: ClassNode, other: ClassNode): boolean {
  return chainOf(cls).includes(other);
}

function chainOf(cls: ClassNode): ClassNode[] {
  const chain: ClassNode[] = [];
  for (let at: ClassNode | undefined = cls; at && !chain.includes(at); at = at.superclass()) chain.push(at);
  return chain;
}

/** Declared, or set by the constructor. */
function hasField(program: Program, cls: ClassNode, key: string): boolean {
  if (key.startsWith("@@") || cls.member(key, false)) return true;
  return chainOf(cls).some(({ file, facts }) => {
    const made = program.functions[program.functionId(file, facts.constructorFunction)];
    return made?.facts.values.some((value) => value.op === "store" && value.key === key);
  });
}
