import type { ClassMember, TypeRef } from "../extract/index.ts";
import type { ClassNode, FunctionNode, LocatedType, Program } from "../link/index.ts";
import { instanceAtom, openAtom } from "./atom.ts";
import { withoutPorts } from "./constant-atom.ts";
import { constructClass } from "./evaluate-call.ts";
import { startEvaluation } from "./evaluation.ts";
import { injectedInto } from "./injection.ts";
import { libraryMember, libraryStatic } from "./library-parents.ts";
import { createLineage } from "./lineage.ts";
import { empty, join, joinAll, mapAtoms, ofAtom, type Shape, slotPrefix } from "./shape.ts";
import type { Solver } from "./solver.ts";
import type { Summary } from "./summary.ts";
import { declaredAtom, shapeOfType } from "./type-shape.ts";

interface Cells {
  read(file: string, name: string): Shape;
  write(key: string, value: Shape): void;
}

/** What an instance of a class has under a name, when the object at hand does not say it itself. */
export function createClassFields(
  program: Program,
  cells: Cells,
  written: Set<string>,
  solver: () => Solver,
) {
  const defaults = new Map<number, { readonly summary: Summary; readonly shape: Shape }>();
  const busy = new Set<number>();
  const nodes = new Map<number, ClassNode>();
  for (const [file, facts] of program.files) {
    for (const each of facts.classes) {
      const node = program.classNode(file, each.index);
      nodes.set(node.id, node);
    }
  }
  const classOf = (id: number) => nodes.get(id) as ClassNode;
  const lineage = createLineage(cells, classOf);

  function instanceField(id: number, key: string, exact: boolean): Shape {
    const node = classOf(id);
    const found = lineage.memberOf(node, key, false);
    if (!found || isAbstract(found.member)) return implementationField(node, key);
    const { owner, member } = found;
    const target =
      member.function === undefined ? undefined : program.functionId(owner.file, member.function);
    if (member.kind === "method" && target !== undefined) {
      const overriding = exact
        ? []
        : program.implementations({ kind: "class", node }).flatMap((each) => ownMethod(each, key));
      return joinAll([target, ...overriding].slice(0, 8).map(functionShape));
    }
    if (member.kind === "method") return abstractMethod(owner, member);
    if (member.kind === "getter" && target !== undefined) return getterShape(target);
    const declared = owner === node ? declaredField(owner, member) : inheritedField(node, owner, member);
    const made = defaultInstance(owner).fields?.get(key);
    const injected = injectedInto(solver(), owner.file, member);
    const shape = joinAll([declared, injected, made ?? empty]);
    return shape === empty ? ofAtom(openAtom) : shape;
  }

  function declaredField({ file }: ClassNode, { name, type, span }: ClassMember): Shape {
    if (!type) return empty;
    const context = { owner: name, site: { file, ...span }, unless: undefined, depth: 0 };
    return shapeOfType(solver(), { file, type }, context);
  }

  /** `repository: Repository<T>` of `Base<T>` is one of patients in what extends `Base<Patient>`. */
  function inheritedField({ file, facts }: ClassNode, owner: ClassNode, member: ClassMember): Shape {
    const bound =
      member.type && owner.facts.typeParams.length > 0
        ? program.memberType(file, { kind: "name", name: facts.name, args: [] }, member.name)
        : undefined;
    if (!bound) return declaredField(owner, member);
    const site = { file: owner.file, ...member.span };
    return shapeOfType(solver(), bound, { owner: member.name, site, unless: undefined, depth: 0 });
  }

  /** Whatever extends the class may be called. */
  function abstractMethod({ file, facts }: ClassNode, { name, type }: ClassMember): Shape {
    const owner: LocatedType = { file, type: { kind: "name", name: facts.name, args: [] } };
    const method: TypeRef = { kind: "function", params: [], returns: type ?? { kind: "other" } };
    return ofAtom(declaredAtom({ file, type: method }, { type: owner, member: name }));
  }

  /** A method that only subclasses have. */
  function implementationField(node: ClassNode, key: string): Shape {
    const made = defaultInstance(node).fields?.get(key);
    if (made) return made;
    const inherited = libraryMember(solver(), node, key);
    if (inherited !== empty) return inherited;
    const found = program.implementations({ kind: "class", node }).flatMap((each) => ownMethod(each, key));
    return found.length > 0 ? joinAll(found.slice(0, 8).map(functionShape)) : ofAtom(openAtom);
  }

  function ownMethod(node: ClassNode, key: string): number[] {
    const member = node.facts.members.find(
      (each) => each.name === key && each.kind === "method" && !each.static,
    );
    return member?.function === undefined ? [] : [program.functionId(node.file, member.function)];
  }

  function functionShape(id: number): Shape {
    return solver().decoratedMember(id) ?? ofAtom({ kind: "function", key: `f ${id}`, id });
  }

  function getterShape(target: number): Shape {
    const { returns } = solver().readSummary(target);
    return join(withoutSymbols(returns), ofAtom(openAtom));
  }

  /** What the constructor makes of `this` when nothing is known of its arguments but their types. */
  function defaultInstance(node: ClassNode): Shape {
    const constructorId = program.functionId(node.file, node.facts.constructorFunction);
    if (busy.has(node.id)) return empty;
    busy.add(node.id);
    const summary = solver().readSummary(constructorId);
    let known = defaults.get(node.id);
    if (known?.summary !== summary) {
      known = { summary, shape: construct(node, constructorId) };
      defaults.set(node.id, known);
    }
    busy.delete(node.id);
    return known.shape;
  }

  function construct(node: ClassNode, constructorId: number): Shape {
    const target = program.functions[constructorId] as FunctionNode;
    const open = ofAtom(openAtom);
    return constructClass(
      startEvaluation(solver(), target),
      {
        id: -1,
        call: { file: node.file, ...node.facts.span },
        callee: empty,
        self: undefined,
        args: target.facts.params.map(() => open),
        argSites: [],
        name: node.facts.name,
        root: "new",
      },
      node.id,
    );
  }

  function staticField(id: number, key: string): Shape {
    const found = lineage.memberOf(classOf(id), key, true);
    if (!found) {
      const inherited = libraryStatic(solver(), classOf(id), key);
      return inherited === empty ? ofAtom(openAtom) : inherited;
    }
    const { owner, member } = found;
    if (member.kind === "method" && member.function !== undefined)
      return functionShape(program.functionId(owner.file, member.function));
    const declared = declaredField(owner, member);
    const held = owner.facts.name ? cells.read(owner.file, owner.facts.name).fields?.get(key) : undefined;
    return join(held ?? empty, declared === empty ? ofAtom(openAtom) : declared);
  }

  /** What methods of a class and of its parents were seen to put into a field of their object, all objects in one. */
  function sharedField(id: number, key: string): Shape {
    let result = empty;
    for (const at of lineage.line(classOf(id)))
      if (written.has(`${at.id} ${key}`)) result = join(result, cells.read(at.file, sharedName(at.id, key)));
    return result;
  }

  /** Only what the method has by itself: what a caller passes in goes to the caller's object. */
  function shareField(id: number, key: string, value: Shape): void {
    const own = withoutSymbols(value);
    if (!isWorthSharing(own)) return;
    written.add(`${id} ${key}`);
    cells.write(`m:${classOf(id).file}:${sharedName(id, key)}`, own);
  }

  function selfOf(node: FunctionNode): Shape {
    if (node.facts.class === undefined) return ofAtom(openAtom);
    const { id } = program.classNode(node.file, node.facts.class);
    return join(ofAtom(instanceAtom(id, false)), ofAtom(openAtom));
  }

  return {
    classOf,
    lineage,
    instanceField,
    staticField,
    selfOf,
    sharedField,
    shareField,
  };
}

function isAbstract(member: ClassMember): boolean {
  return member.kind === "method" && member.function === undefined;
}

function sharedName(id: number, key: string): string {
  return `@class ${id} ${key}`;
}

function isWorthSharing(shape: Shape): boolean {
  for (const { atom } of shape.atoms.values()) {
    if (atom.kind === "source" && !atom.unless) return true;
    if (atom.kind === "function" || atom.kind === "settle") return true;
  }
  for (const [key, field] of shape.fields ?? [])
    if ((!key.startsWith("@@") || key.startsWith(slotPrefix)) && isWorthSharing(field)) return true;
  return false;
}

function withoutSymbols(shape: Shape): Shape {
  return mapAtoms(shape, (atom) => {
    if (atom.kind === "sym") return undefined;
    return atom.kind === "constant" || atom.kind === "setting" ? withoutPorts(atom) : atom;
  });
}
