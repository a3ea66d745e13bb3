import { accessorKey } from "../base/accessor-key.ts";
import type { ClassMember, Value } from "../extract/index.ts";
import type { ClassNode } from "../link/index.ts";
import { classAtom, instanceAtom } from "./atom.ts";
import { record } from "./builtin-call.ts";
import { constant } from "./evaluate-literal.ts";
import { shapeAt, siteOf } from "./evaluation.ts";
import type { Site } from "./flow.ts";
import { empty, hasAtom, isFunction, join, load, ofAtom, type Shape, store } from "./shape.ts";
import type { Evaluation, Solver } from "./solver.ts";

/** What decorators are told of the member: the object or class that it is a member of, and its name. */
interface Told {
  readonly member: string;
  readonly target: Shape;
  readonly name: Shape;
  readonly kind: Shape;
  readonly site: Site;
}

/** Where a descriptor has the function of a member. */
const slots = { method: "value", getter: "get", setter: "set" } as const;

type Slot = (typeof slots)[keyof typeof slots];

/** The functions of a member that is decorated: one, or a getter and a setter. */
interface Part {
  readonly slot: Slot;
  readonly id: number;
  readonly plain: Shape;
}

/** Runs a member's decorators, the nearest first. What they put into a function's place is called instead of it. */
export function decorateMember(
  evaluation: Evaluation,
  value: Extract<Value, { op: "decorated" }>,
  id: number,
): void {
  const { solver, node } = evaluation;
  const cls = solver.program.classNode(node.file, value.class);
  const members = cls.facts.members.filter(
    (each) => each.name === value.member && each.static === value.static,
  );
  const [first] = members;
  if (!first) return;
  const site = siteOf(evaluation, id);
  const told = {
    member: value.member,
    target: ofAtom(value.static ? classAtom(cls.id) : instanceAtom(cls.id, false)),
    name: constant(value.member, site),
    kind: constant(first.kind, site),
    site,
  };
  const parts = members.flatMap((each) => partOf(evaluation, cls, each));
  let current = record(Object.fromEntries(parts.map(({ slot, plain }) => [slot, plain])));
  for (const each of [...value.decorators].reverse()) {
    const decorator = shapeAt(evaluation, each);
    if (!isFunction(decorator)) continue;
    if (parts.length > 0) current = decorated(evaluation, decorator, current, told);
    else decorateField(evaluation, decorator, cls, told);
  }
  for (const { slot, id: member, plain } of parts) {
    const placed = load(current, slot);
    if (placed !== plain)
      solver.writeCell(evaluation, node.file, `m:${node.file}:${memberCell(member)}`, placed);
  }
}

function partOf({ solver }: Evaluation, { file }: ClassNode, member: ClassMember): Part[] {
  if (member.kind === "field" || member.function === undefined) return [];
  const id = solver.program.functionId(file, member.function);
  return [{ slot: slots[member.kind], id, plain: ofAtom({ kind: "function", key: `f ${id}`, id }) }];
}

/** Decorators of old change the descriptor that they get, or return another; new ones return the function. */
function decorated(evaluation: Evaluation, decorator: Shape, descriptor: Shape, told: Told): Shape {
  const takesDescriptor = hasAtom(decorator, (atom) => {
    const facts = atom.kind === "function" ? evaluation.solver.program.functions[atom.id]?.facts : undefined;
    return facts !== undefined && (facts.params.length > 2 || facts.params.some(({ rest }) => rest));
  });
  let next = descriptor;
  if (takesDescriptor) {
    const { result, left } = run(evaluation, decorator, [told.target, told.name, descriptor], 2, told.site);
    for (const [slot, plain] of descriptor.fields ?? []) {
      const found = [load(result, slot), load(left ?? descriptor, slot)].find(isFunction);
      next = store(next, slot, found ?? plain);
    }
    return next;
  }
  for (const [slot, plain] of descriptor.fields ?? []) {
    const { result } = run(evaluation, decorator, [plain, contextOf(told)], 0, told.site);
    if (isFunction(result)) next = store(next, slot, result);
  }
  return next;
}

/** A decorator of a field may define accessors in its place. */
function decorateField(evaluation: Evaluation, decorator: Shape, cls: ClassNode, told: Told): void {
  const { target, name, site } = told;
  const key = join(name, contextOf(told));
  const { left } = run(evaluation, decorator, [target, key], 0, site);
  // The decorator does not know the name that it is given.
  const defined = (does: "get" | "set") => left?.fields?.get(accessorKey(does, "*")) ?? empty;
  let accessors = empty;
  for (const does of ["get", "set"] as const)
    if (isFunction(defined(does)))
      accessors = store(accessors, accessorKey(does, told.member), defined(does));
  if (accessors === empty) return;
  const { node, solver } = evaluation;
  solver.writeCell(evaluation, node.file, `m:${node.file}:${accessorsCell(cls.id)}`, accessors);
}

/** The class that its decorators return, or the one that they changed. */
export function decorateClass(
  evaluation: Evaluation,
  value: Extract<Value, { op: "decorated-class" }>,
  id: number,
): Shape {
  let current = shapeAt(evaluation, value.value);
  const site = siteOf(evaluation, id);
  const { facts } = evaluation.solver.program.classNode(evaluation.node.file, value.class);
  const name = constant(facts.name, site);
  for (const each of [...value.decorators].reverse()) {
    const decorator = shapeAt(evaluation, each);
    if (!isFunction(decorator)) continue;
    const context = record({ kind: constant("class", site), name });
    const { result, left } = run(evaluation, decorator, [current, context], 0, site);
    const isClass = hasAtom(result, ({ kind }) => kind === "class" || kind === "function");
    current = isClass ? result : (left ?? current);
  }
  return current;
}

function contextOf({ kind, name }: Told): Shape {
  return record({ kind, name });
}

/** What a decorator returns, and what it left the argument at `port` as. */
function run(evaluation: Evaluation, decorator: Shape, args: readonly Shape[], port: number, site: Site) {
  const id = evaluation.nextApart--;
  const result = evaluation.solver.calls.callShape(evaluation, {
    id,
    call: site,
    callee: decorator,
    self: undefined,
    args,
    argSites: [],
    name: "decorator",
    root: `${site.start}~decorator`,
  });
  const left = evaluation.after.get(id)?.get(port);
  evaluation.after.delete(id);
  return { result, left };
}

/** What decorators have put into the place of methods and accessors, and what they have defined in the place of fields. */
export function createDecoratedMembers(
  { program }: Pick<Solver, "program">,
  read: (file: string, name: string) => Shape,
): Pick<Solver, "decoratedMember" | "decoratedAccessor"> {
  const functions = new Set<number>();
  const classes = new Map<number, string>();
  for (const [file, facts] of program.files)
    for (const cls of facts.classes) {
      const names = new Set(
        cls.members.filter(({ decorators }) => decorators.length > 0).map(({ name }) => name),
      );
      for (const each of cls.members) {
        if (!names.has(each.name)) continue;
        if (each.function !== undefined) functions.add(program.functionId(file, each.function));
        else classes.set(program.classNode(file, cls.index).id, file);
      }
    }
  return {
    decoratedMember(id) {
      const node = functions.has(id) ? program.functions[id] : undefined;
      const replaced = node && read(node.file, memberCell(id));
      return replaced && isFunction(replaced) ? replaced : undefined;
    },
    decoratedAccessor(id, does, key) {
      const file = classes.get(id);
      return file === undefined
        ? undefined
        : read(file, accessorsCell(id)).fields?.get(accessorKey(does, key));
    },
  };
}

function memberCell(id: number): string {
  return `@decorated ${id}`;
}

function accessorsCell(id: number): string {
  return `@decorated class ${id}`;
}
