import type { FileId } from "../base/location.ts";
import type { ClassFacts, ClassMember, FileFacts } from "../extract/index.ts";
import type { ClassNode, FoundMember, TypeScope } from "./program.ts";

export interface ClassTable {
  node(file: FileId, index: number): ClassNode;
  /** The class that a name, as written in a file, stands for. */
  named(file: FileId, name: string): ClassNode | undefined;
  readonly all: readonly ClassNode[];
}

/** Every class of the workspace, with its superclass found by name through imports. */
export function createClassTable(files: ReadonlyMap<FileId, FileFacts>, scope: TypeScope): ClassTable {
  const all: ClassNode[] = [];
  const first = new Map<FileId, number>();
  const byName = new Map<string, ClassNode>();
  for (const [file, facts] of files) {
    first.set(file, all.length);
    for (const each of facts.classes) {
      const node = createNode(all.length, file, each);
      all.push(node);
      if (each.name && !byName.has(`${file}\0${each.name}`)) byName.set(`${file}\0${each.name}`, node);
    }
  }

  function named(file: FileId, name: string): ClassNode | undefined {
    const own = byName.get(`${file}\0${name}`);
    if (own) return own;
    const target = scope(file, name);
    return target.kind === "cell" ? byName.get(`${target.file}\0${target.name}`) : undefined;
  }

  /** Functions may declare classes of the same name: the last one before a class is the one that it extends. */
  function nearest(file: FileId, name: string, { index }: ClassFacts): ClassNode | undefined {
    const classes = files.get(file)?.classes ?? [];
    for (let at = index - 1; at >= 0; at--)
      if (classes[at]?.name === name) return all[(first.get(file) ?? 0) + at];
    return undefined;
  }

  function createNode(id: number, file: FileId, facts: FileFacts["classes"][number]): ClassNode {
    let parent: ClassNode | undefined | null = null;
    const inherited = (test: (member: ClassMember) => boolean): FoundMember | undefined => {
      const seen = new Set<ClassNode>();
      for (let at: ClassNode | undefined = node; at && !seen.has(at); at = at.superclass()) {
        seen.add(at);
        const member = at.facts.members.find(test);
        if (member) return { owner: at, member };
      }
      return undefined;
    };
    const node: ClassNode = {
      id,
      file,
      facts,
      superclass() {
        if (parent === null) {
          const name = facts.superclass?.kind === "name" ? facts.superclass.name : undefined;
          parent = name === undefined ? undefined : (nearest(file, name, facts) ?? named(file, name));
          if (parent === node) parent = undefined;
        }
        return parent;
      },
      accessor(name, kind, isStatic) {
        return inherited((each) => each.name === name && each.kind === kind && each.static === isStatic);
      },
      member(name, isStatic) {
        return inherited((each) => each.name === name && each.static === isStatic && each.kind !== "setter");
      },
    };
    return node;
  }

  return { node: (file, index) => all[(first.get(file) ?? 0) + index] as ClassNode, named, all };
}
