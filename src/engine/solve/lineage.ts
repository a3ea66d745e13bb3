import type { ClassNode, FoundMember } from "../link/index.ts";
import { classAtom } from "./atom.ts";
import { empty, joinAll, ofAtom, type Shape, withFields } from "./shape.ts";

interface Cells {
  read(file: string, name: string): Shape;
  write(key: string, value: Shape): void;
}

/** A class of which more was learned than this was made by code that is not understood: all of it at once would be too much. */
const mostParents = 4;

/** Where a class that was made of another (`class extends Base`) keeps what it extends, for who knows what that is. */
const parentField = "@@extends";

/**
 * What classes inherit from. A class that is named after `extends` is known from the text; what a mixin gives
 * (`extends Timestamped(Entity)`) once the call is evaluated. All that one mixin was ever applied to is joined.
 */
export function createLineage(cells: Cells, classOf: (id: number) => ClassNode) {
  function parentsOf(node: ClassNode): readonly ClassNode[] {
    const named = node.superclass();
    const { superclass, mixed } = node.facts;
    if (!mixed && (named || !superclass)) return named ? [named] : [];
    const learned = classesIn(cells.read(node.file, cellName(node)), classOf);
    if (learned.length > mostParents) return [];
    return learned.length > 0 || !named ? learned : [named];
  }

  /** The class and all that it inherits from, the nearest first. */
  function line(node: ClassNode): readonly ClassNode[] {
    const found = [node];
    for (const each of found)
      for (const parent of parentsOf(each)) if (!found.includes(parent)) found.push(parent);
    return found;
  }

  function find(node: ClassNode, own: (each: ClassNode) => FoundMember | undefined): FoundMember | undefined {
    for (const each of line(node)) {
      const found = own(each);
      if (found?.owner === each) return found;
    }
    return undefined;
  }

  /** Learns what the classes of a value extend. */
  function learnParents(shape: Shape): void {
    const parents = shape.fields?.get(parentField);
    if (!parents) return;
    learnParents(parents);
    const known = joinAll(classesIn(parents, classOf).map(({ id }) => ofAtom(classAtom(id))));
    if (known === empty) return;
    for (const { file, id } of classesIn(shape, classOf)) cells.write(`m:${file}:${cellName({ id })}`, known);
  }

  return {
    parentsOf,
    line,
    memberOf: (node: ClassNode, name: string, isStatic: boolean) =>
      find(node, (each) => each.member(name, isStatic)),
    accessorOf: (node: ClassNode, name: string, kind: "getter" | "setter", isStatic: boolean) =>
      find(node, (each) => each.accessor(name, kind, isStatic)),
    learnParents,
  };
}

export type Lineage = ReturnType<typeof createLineage>;

/** A class with what it extends. */
export function extending(cls: Shape, parent: Shape): Shape {
  return withFields(cls, new Map([...(cls.fields ?? []), [parentField, parent]]));
}

function classesIn(shape: Shape, classOf: (id: number) => ClassNode): ClassNode[] {
  return [...shape.atoms.values()].flatMap(({ atom }) => (atom.kind === "class" ? [classOf(atom.id)] : []));
}

function cellName({ id }: { readonly id: number }): string {
  return `@extends ${id}`;
}
