import type { FileId } from "../base/location.ts";
import type { Cell, FileFacts, FunctionFacts, ValueId } from "../extract/index.ts";
import type { OutsideUse } from "./outside-use.ts";
import type { ImportTarget, Program } from "./program.ts";

interface Parts extends Pick<Program, "files" | "functionId" | "importTarget" | "exportTarget"> {
  readonly outside: OutsideUse;
}

/**
 * The functions of which all calls can be seen: each stands in one variable, and whoever reads that variable, or imports it,
 * calls it. Nothing hands them on, and nothing outside may know them (as with `uncalled.ts`).
 */
export function findCalledByName(parts: Parts): ReadonlySet<number> {
  const uses = new Uses(parts);
  for (const [file, facts] of parts.files) uses.read(file, facts);
  return uses.calledByName();
}

class Uses {
  private readonly parts: Parts;
  /** By variable, the functions that it holds. */
  private readonly held = new Map<string, Set<number>>();
  private readonly handedOn = new Set<number>();
  /** Variables that are used in another way, or may be. */
  private readonly spoiled = new Set<string>();
  private readonly listed = new Set<FileId>();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  read(file: FileId, { functions, imports, exports }: FileFacts): void {
    const isScript = imports.length === 0 && exports.length === 0;
    for (const facts of functions) this.readFunction(file, facts, isScript);
    for (const each of exports) {
      const name = each.kind === "star" ? "*" : each.exported;
      if (this.parts.outside.ofExport(file, name)) this.spoilExport(file, each);
    }
  }

  private readFunction(file: FileId, { values, onlyCalled = [] }: FunctionFacts, isScript: boolean): void {
    const called = new Set<ValueId>(onlyCalled);
    for (const [id, value] of values.entries()) {
      if (value.op === "cell-write") {
        const made = values[value.value];
        if (made?.op !== "closure" || isScript) this.spoiled.add(cellKey(file, value.cell));
        else this.hold(file, value.cell, made.function);
      } else if (value.op === "closure") {
        if (!called.has(id)) this.handedOn.add(this.parts.functionId(file, value.function));
        for (const { cell, value: held } of value.captures) {
          const made = held === undefined ? undefined : values[held];
          if (made?.op === "closure") this.hold(file, cell, made.function);
        }
      } else if (value.op === "cell" && !called.has(id)) this.spoiled.add(cellKey(file, value.cell));
      else if (value.op === "import") {
        const target = this.parts.importTarget(file, value.specifier, value.imported);
        if (target.kind === "namespace" || !called.has(id)) this.spoil(target);
      }
    }
  }

  private hold(file: FileId, cell: Cell, index: number): void {
    const key = cellKey(file, cell);
    const id = this.parts.functionId(file, index);
    const held = this.held.get(key);
    if (held) held.add(id);
    else this.held.set(key, new Set([id]));
  }

  private spoil(target: ImportTarget): void {
    if (target.kind === "cell") this.spoiled.add(cellKey(target.file, { owner: 0, name: target.name }));
    if (target.kind !== "namespace" || this.listed.has(target.file)) return;
    this.listed.add(target.file);
    for (const each of this.parts.files.get(target.file)?.exports ?? []) this.spoilExport(target.file, each);
  }

  private spoilExport(file: FileId, each: FileFacts["exports"][number]): void {
    const target =
      each.kind === "star"
        ? this.parts.importTarget(file, each.specifier, "*")
        : this.parts.exportTarget(file, each.exported);
    if (target) this.spoil(target);
  }

  calledByName(): ReadonlySet<number> {
    const found = new Set<number>();
    for (const [key, ids] of this.held) {
      if (this.spoiled.has(key) || ids.size > 1) for (const id of ids) this.handedOn.add(id);
      else for (const id of ids) found.add(id);
    }
    for (const id of this.handedOn) found.delete(id);
    return found;
  }
}

function cellKey(file: FileId, { owner, name }: Cell): string {
  return `${file}\0${owner}\0${name}`;
}
