import picomatch from "picomatch/posix";
import type { FileId } from "../base/location.ts";
import type { ClassFacts, FileFacts, ValueId } from "../extract/index.ts";
import type { Program } from "../link/index.ts";
import type { ApiGraph } from "./api-graph.ts";
import type { ApiNode } from "./api-node.ts";

/** Models of the workspace's own declarations: what they say of its variables, classes, types and functions. */
export interface DeclaredModels {
  /** The nodes of a variable, class or type of a module, by its name in that file. */
  named(file: FileId, name: string): readonly ApiNode[];
  /** The nodes of what a class's (or an interface's) instances are. */
  instance(file: FileId, name: string): readonly ApiNode[];
  /** The nodes of a function, by its id in the program. */
  ofFunction(id: number): readonly ApiNode[];
  /** What the files of a model export, for hints. */
  exportsOf(files: string): readonly string[];
  /** Files that a model names, though nothing in the workspace has that name. */
  readonly missing: readonly string[];
}

const none: readonly ApiNode[] = [];

/**
 * Finds what models of modules speak of. A model names what a file *exports*: barrels and renamed exports are followed to
 * the declaration, and wherever that is used, in whatever file, the model holds.
 */
export function createDeclaredModels(program: Program, graph: ApiGraph): DeclaredModels {
  const names = new Map<string, ApiNode[]>();
  const functions = new Map<number, ApiNode[]>();
  const missing: string[] = [];
  for (const { files, root } of graph.modules) {
    const found = [...program.files.keys()].filter(matcherOf(files));
    if (found.length === 0) missing.push(files);
    for (const file of found) declareFile(file, root);
  }
  return {
    named: (file, name) => names.get(`${file}\0${name}`) ?? none,
    instance: (file, name) => (names.size === 0 ? none : instanceNodes(file, name)),
    ofFunction: (id) => functions.get(id) ?? none,
    exportsOf,
    missing,
  };

  function exportsOf(files: string): readonly string[] {
    const matches = matcherOf(files);
    const found = [...program.files].flatMap(([file, { exports }]) =>
      matches(file) ? exports.flatMap((each) => (each.kind === "star" ? [] : [each.exported])) : [],
    );
    return [...new Set(found)].sort();
  }

  function declareFile(file: FileId, root: ApiNode): void {
    const facts = program.files.get(file) as FileFacts;
    root.seen = true;
    // The exports object of a CommonJS file.
    if (facts.exports.length === 0) declare(file, "#exports", root);
    for (const [name, node] of root.members) declareExport(file, name, node);
    if (!root.anyMember) return;
    for (const each of facts.exports)
      if (each.kind !== "star" && !root.members.has(each.exported))
        declareExport(file, each.exported, root.anyMember);
  }

  function declareExport(file: FileId, name: string, node: ApiNode): void {
    const target = program.exportTarget(file, name);
    if (target?.kind === "cell") declare(target.file, target.name, node);
  }

  function declare(file: FileId, name: string, node: ApiNode): void {
    const key = `${file}\0${name}`;
    add(names, key, node);
    node.seen = true;
    const facts = program.files.get(file) as FileFacts;
    const declared = facts.classes.find((each) => each.name === name);
    if (declared) declareClass(file, declared, node);
    else declareValue(file, facts, cellValue(facts, name), node, 0);
  }

  function declareClass(file: FileId, { members }: ClassFacts, node: ApiNode): void {
    if (node.instance) node.instance.seen = true;
    for (const member of members) {
      const owner = member.static ? node : node.instance;
      const found = owner?.members.get(member.name) ?? owner?.anyMember;
      if (!found) continue;
      found.seen = true;
      if (member.function !== undefined) add(functions, program.functionId(file, member.function), found);
    }
  }

  /** What a module's variable is written as: a function, a class, or an object of these. */
  function declareValue(
    file: FileId,
    facts: FileFacts,
    id: ValueId | undefined,
    node: ApiNode,
    depth: number,
  ): void {
    const value = id === undefined ? undefined : facts.functions[0]?.values[id];
    if (!value || depth > 8) return;
    if (value.op === "closure") add(functions, program.functionId(file, value.function), node);
    else if (value.op === "class") declareClass(file, facts.classes[value.class] as ClassFacts, node);
    else if (value.op === "typed") declareValue(file, facts, value.value, node, depth + 1);
    else if (value.op === "cell")
      declareValue(file, facts, cellValue(facts, value.cell.name), node, depth + 1);
    else if (value.op === "store") {
      declareValue(file, facts, value.object, node, depth + 1);
      declareMember(value.key, value.value);
    } else if (value.op === "object") {
      for (const entry of value.entries) if ("key" in entry) declareMember(entry.key, entry.value);
    }

    function declareMember(key: string, member: ValueId): void {
      const found = node.members.get(key) ?? node.anyMember;
      if (!found) return;
      found.seen = true;
      declareValue(file, facts, member, found, depth + 1);
    }
  }

  function instanceNodes(file: FileId, name: string): readonly ApiNode[] {
    const found: ApiNode[] = [];
    let at: { readonly file: FileId; readonly name: string } | undefined = { file, name };
    for (let steps = 0; at && steps < 20; steps++) {
      for (const node of names.get(`${at.file}\0${at.name}`) ?? none)
        if (node.instance) found.push(node.instance);
      const target = program.typeTarget(at.file, { kind: "name", name: at.name, args: [] });
      const parent = target.kind === "class" ? target.node.superclass() : undefined;
      at = parent && { file: parent.file, name: parent.facts.name };
    }
    return found;
  }
}

function matcherOf(files: string): (file: FileId) => boolean {
  const plain = files.replace(/^\.\//, "");
  const matches = picomatch(plain, { dot: true });
  return (file) => file === plain || matches(file);
}

function cellValue(facts: FileFacts, name: string): ValueId | undefined {
  let written: ValueId | undefined;
  for (const value of facts.functions[0]?.values ?? [])
    if (value.op === "cell-write" && value.cell.owner === 0 && value.cell.name === name)
      written = value.value;
  return written;
}

function add<K>(map: Map<K, ApiNode[]>, key: K, node: ApiNode): void {
  const known = map.get(key);
  if (known) known.push(node);
  else map.set(key, [node]);
}
