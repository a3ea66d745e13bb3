import type { ImportTarget, Program } from "../link/index.ts";
import type { ApiGraph } from "./api-graph.ts";
import { type ApiNode, memberNodes, withTypes } from "./api-node.ts";
import { instanceAtom, openAtom } from "./atom.ts";
import { withoutPorts } from "./constant-atom.ts";
import type { DeclaredModels } from "./declared-models.ts";
import { empty, type Held, join, joinAll, load, ofAtom, type Shape, sameShape } from "./shape.ts";
import { apiShape } from "./type-shape.ts";

interface Host {
  evaluateModule(file: string): void;
  /** The function at work: it is solved again when a variable that it read changes. */
  reader(): number | undefined;
  changed(reader: number): void;
  readonly cells: Map<string, Shape>;
}

/** The variables of all modules: what all who write them wrote, joined. */
export function createModuleCells(program: Program, graph: ApiGraph, declared: DeclaredModels, host: Host) {
  const { cells } = host;
  const readers = new Map<string, Set<number>>();

  function read(file: string, name: string): Shape {
    if (program.files.has(file)) host.evaluateModule(file);
    const content = readKey(`m:${file}:${name}`);
    const nodes = declared.named(file, name);
    return nodes.length === 0 ? content : nodes.reduce((shape, node) => withModel(shape, node, 0), content);
  }

  function readKey(key: string): Shape {
    const reader = host.reader();
    if (reader !== undefined) {
      const known = readers.get(key);
      if (known) known.add(reader);
      else readers.set(key, new Set([reader]));
    }
    return cells.get(key) ?? empty;
  }

  function write(key: string, value: Shape): void {
    const before = cells.get(key);
    const after = join(before ?? empty, withoutSymbols(value));
    if (before && sameShape(before, after)) return;
    cells.set(key, after);
    for (const reader of readers.get(key) ?? []) host.changed(reader);
  }

  function exported(file: string, name: string): Shape {
    const target = program.exportTarget(file, name);
    if (target) return targetShape(target);
    return load(read(file, "#exports"), name);
  }

  function imported(from: string, specifier: string, name: string): Shape {
    const target = program.importTarget(from, specifier, name);
    const shape = targetShape(target);
    if (target.kind === "library") return shape;
    // A package of the workspace may have a model under its own name, such as an official channel.
    const root = graph.library(specifier);
    return root && name !== "*" && name !== "default"
      ? join(shape, joinAll(memberNodes(root, name).map((node) => apiShape(node, false))))
      : shape;
  }

  function targetShape(target: ImportTarget): Shape {
    switch (target.kind) {
      case "cell":
        return read(target.file, target.name);
      case "namespace":
        return join(
          ofAtom({ kind: "namespace", key: `n ${target.file}`, file: target.file }),
          read(target.file, "#exports"),
        );
      case "export-member":
        return exportMember(read(target.file, "#exports"), target.key);
      case "constants":
        return empty;
      case "library":
        return libraryShape(target.library, target.member);
      default:
        return ofAtom(openAtom);
    }
  }

  function libraryShape(library: string, member: string): Shape {
    const root = graph.library(library);
    const nodes = root ? rootMembers(root, library, member) : [];
    if (nodes.length > 0) return joinAll(nodes.map((node) => apiShape(node, false)));
    return ofAtom({ kind: "library", key: `l ${library} ${member}`, library, path: member });
  }

  return { read, readKey, write, exported, imported };
}

/** The default of a CommonJS module is all that it exports, unless it was compiled from a module that has one. */
function exportMember(exported: Shape, key: string): Shape {
  return key === "default" && !exported.fields?.has(key) ? exported : load(exported, key);
}

function rootMembers(root: ApiNode, library: string, member: string): readonly ApiNode[] {
  if (member !== "*" && member !== "default")
    return withTypes(root).flatMap((node) => memberNodes(node, member));
  // `lodash/pick` is the member of that name.
  const named = root.library === library ? undefined : root.members.get(library.split("/").at(-1) ?? "");
  const own = root.members.get("default");
  return named ? [named] : own ? [root, own] : [root];
}

/** A value with what models of the user's own code say of it, and of the fields that it is known to have. */
function withModel(shape: Shape, node: ApiNode, depth: number): Shape {
  const modelled = join(shape, apiShape(node, false));
  if (!shape.fields || depth > 3) return modelled;
  const fields = new Map(modelled.fields);
  for (const [key, value] of shape.fields) {
    const member = key.startsWith("@@") ? undefined : (node.members.get(key) ?? node.anyMember);
    if (member) fields.set(key, withModel(value, member, depth + 1));
  }
  return { atoms: modelled.atoms, fields };
}

/** A module's variable has no caller: what a function's caller would know goes through its summary instead. */
function withoutSymbols(shape: Shape): Shape {
  const atoms = new Map<string, Held>();
  let symbolic = false;
  for (const [key, held] of shape.atoms) {
    const { atom } = held;
    if (atom.kind === "sym") symbolic = true;
    else if (atom.kind === "constant" || atom.kind === "setting") {
      const closed = withoutPorts(atom);
      atoms.set(closed.key, { ...held, atom: closed });
    } else if (atom.kind === "instance" && atom.exact && !atom.shared) {
      const shared = instanceAtom(atom.id, true, true);
      atoms.set(shared.key, { ...held, atom: shared });
    } else if ((atom.kind !== "source" && atom.kind !== "type") || !atom.unless) atoms.set(key, held);
  }
  if (symbolic) atoms.set(openAtom.key, { atom: openAtom, trail: undefined });
  if (!shape.fields) return { atoms, fields: undefined };
  return { atoms, fields: new Map([...shape.fields].map(([key, value]) => [key, withoutSymbols(value)])) };
}
