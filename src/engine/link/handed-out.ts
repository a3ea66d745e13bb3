import type { FileId } from "../base/location.ts";
import type { FunctionFacts, TypeRef, Value, ValueId } from "../extract/index.ts";
import type { ClassNode, FunctionNode, ImportTarget, Program, TypeTarget } from "./program.ts";

type Parts = Pick<Program, "files" | "classNode" | "importTarget" | "typeTarget">;

/** Classes whose methods may be called by what is not seen: an object of them is given to a library, or is made by one. */
export interface HandedOut {
  /** As what the class is declared. */
  byKind(node: ClassNode): boolean;
  /** By what one value of a function does. */
  by(node: FunctionNode, value: Value): readonly ClassNode[];
  classNamed(file: FileId, name: string): ClassNode | undefined;
}

export function createHandedOut(parts: Parts): HandedOut {
  const reader = new HandedOutReader(parts);
  return {
    byKind: (node) => reader.byKind(node),
    by: (node, value) => reader.by(node, value),
    classNamed: (file, name) => reader.classNamed(file, name),
  };
}

const none: readonly ClassNode[] = [];

/** Decorators that only tell a container to make objects of the class, for others of the workspace. */
const services = /^(?:injectable|autoInjectable|service|singleton|scoped)$/i;

class HandedOutReader {
  private readonly parts: Parts;
  /** What module variables hold, where that is an object of a class. */
  private readonly instances = new Map<string, ClassNode>();

  constructor(parts: Parts) {
    this.parts = parts;
    for (const [file, { functions }] of parts.files) {
      const body = functions[0];
      for (const value of body?.values ?? []) {
        if (value.op !== "cell-write" || !body) continue;
        const made = this.instanceOf(file, body, value.value);
        if (made) this.instances.set(`${file}\0${value.cell.name}`, made);
      }
    }
  }

  byKind(node: ClassNode): boolean {
    const { file, facts } = node;
    if (facts.mixed || facts.decorators.some(({ name }) => !services.test(name))) return true;
    if (facts.superclass && !node.superclass()) return true;
    return facts.implements.some((type) => this.isForeign(file, type, 0));
  }

  private isForeign(file: FileId, type: TypeRef, depth: number): boolean {
    if (type.kind !== "name" || depth > 6) return false;
    const target: TypeTarget = this.parts.typeTarget(file, type);
    if (target.kind !== "declaration") return target.kind !== "class";
    return target.declaration.extends.some((each) => this.isForeign(target.file, each, depth + 1));
  }

  /** `register(new Handlers())` of a library; `this[method]()`, `handlers[method]()`. */
  by({ file, facts }: FunctionNode, value: Value): readonly ClassNode[] {
    if (value.op === "load-dynamic") {
      const made = this.instanceOf(file, facts, value.object) ?? this.selfOf(file, facts, value.object);
      return made ? [made] : none;
    }
    if ((value.op !== "call" && value.op !== "new") || this.isOurs(file, facts, value.callee)) return none;
    return value.args.flatMap((item) => this.instanceOf(file, facts, item.value) ?? none);
  }

  /** A call of something that is written in the workspace, by its name. */
  private isOurs(file: FileId, facts: FunctionFacts, callee: ValueId): boolean {
    const value = facts.values[callee];
    if (value?.op === "import")
      return this.parts.importTarget(file, value.specifier, value.imported).kind === "cell";
    return value?.op === "cell" || value?.op === "closure" || value?.op === "class";
  }

  private instanceOf(file: FileId, facts: FunctionFacts, id: ValueId): ClassNode | undefined {
    const value = facts.values[id];
    if (value?.op === "new") {
      const callee = facts.values[value.callee];
      if (callee?.op === "class") return this.parts.classNode(file, callee.class);
      const target = this.variableOf(file, callee);
      return target && this.classNamed(target.file, target.name);
    }
    const target = this.variableOf(file, value);
    return target && this.instances.get(`${target.file}\0${target.name}`);
  }

  private variableOf(
    file: FileId,
    value: Value | undefined,
  ): Extract<ImportTarget, { kind: "cell" }> | undefined {
    if (value?.op === "cell" && value.cell.owner === 0) return { kind: "cell", file, name: value.cell.name };
    if (value?.op !== "import") return undefined;
    const target = this.parts.importTarget(file, value.specifier, value.imported);
    return target.kind === "cell" ? target : undefined;
  }

  /** The class around a `this`, also that of the function around an arrow function. */
  private selfOf(file: FileId, facts: FunctionFacts, id: ValueId): ClassNode | undefined {
    const value = facts.values[id];
    if (value?.op !== "this" && !(value?.op === "cell" && value.cell.name === "this")) return undefined;
    const functions = this.parts.files.get(file)?.functions;
    for (let at: FunctionFacts | undefined = facts; at; at = functions?.[at.parent ?? -1])
      if (at.class !== undefined) return this.parts.classNode(file, at.class);
    return undefined;
  }

  classNamed(file: FileId, name: string): ClassNode | undefined {
    const found = this.parts.files.get(file)?.classes.find((each) => each.name === name);
    return found && this.parts.classNode(file, found.index);
  }
}
