import type { FileId } from "../base/location.ts";
import type { FileFacts, FunctionFacts, ValueId } from "../extract/index.ts";
import type { ImportTarget, Token, Tokens, TypeScope } from "./program.ts";

interface Parts {
  readonly files: ReadonlyMap<FileId, FileFacts>;
  readonly scope: TypeScope;
  readonly importTarget: (from: FileId, specifier: string, imported: string) => ImportTarget;
}

const deepest = 6;
const ofText = (text: string): Token => `"${text}"`;

export function createTokens({ files, scope, importTarget }: Parts): Tokens {
  const variables = new Map<FileId, ReadonlyMap<ValueId, string>>();

  /** The module variables of a file, by the value that they hold. */
  function variablesOf(file: FileId): ReadonlyMap<ValueId, string> {
    let known = variables.get(file);
    if (!known) {
      const names = new Map<ValueId, string>();
      for (const value of files.get(file)?.functions[0]?.values ?? [])
        if (value.op === "cell-write" && value.cell.owner === 0) names.set(value.value, value.cell.name);
      known = names;
      variables.set(file, known);
    }
    return known;
  }

  function ofTarget(target: ImportTarget, path: readonly string[]): Token | undefined {
    if (target.kind === "library") return [`${target.library}#${target.member}`, ...path].join(".");
    if (target.kind === "namespace") {
      const [first, ...rest] = path;
      return first === undefined ? undefined : ofTarget(scope(target.file, first), rest);
    }
    if (target.kind !== "cell") return undefined;
    return constantOf(target.file, target.name, path) ?? [`${target.file}#${target.name}`, ...path].join(".");
  }

  /** A constant text, or a symbol of the global registry, is one token wherever it is written. */
  function constantOf(file: FileId, name: string, path: readonly string[]): Token | undefined {
    const module = files.get(file)?.functions[0];
    if (!module) return undefined;
    for (const [id, variable] of variablesOf(file)) {
      if (variable !== name) continue;
      const at = path.reduce<ValueId | undefined>((inner, key) => entryOf(module, inner, key), id);
      return at === undefined ? undefined : literal(module, at);
    }
    return undefined;
  }

  function ofName(file: FileId, name: string): Token | undefined {
    const [first = "", ...path] = name.split(".");
    return first === "" ? undefined : ofTarget(scope(file, first), path);
  }

  function ofValue(
    file: FileId,
    facts: FunctionFacts,
    id: ValueId,
    path: readonly string[] = [],
  ): Token | undefined {
    const value = facts.values[id];
    if (!value || path.length > deepest) return undefined;
    const known = path.length === 0 ? literal(facts, id) : undefined;
    if (known !== undefined) return known;
    switch (value.op) {
      case "import":
        return ofTarget(importTarget(file, value.specifier, value.imported), path);
      case "cell":
        return value.cell.owner === 0 ? ofTarget(scope(file, value.cell.name), path) : undefined;
      case "class": {
        const name = files.get(file)?.classes[value.class]?.name;
        return name && path.length === 0 ? `${file}#${name}` : undefined;
      }
      case "load":
        return ofValue(file, facts, value.object, [value.key, ...path]);
      case "typed":
        return ofValue(file, facts, value.value, path);
      case "store":
        return ofValue(file, facts, value.object, path);
      case "post":
        return ofValue(file, facts, value.before, path);
      default: {
        const variable = facts.index === 0 ? variablesOf(file).get(id) : undefined;
        return variable === undefined ? undefined : ofTarget({ kind: "cell", file, name: variable }, path);
      }
    }
  }

  return { ofName, ofValue: (file, facts, id) => ofValue(file, facts, id), ofText };
}

function entryOf(facts: FunctionFacts, id: ValueId | undefined, key: string): ValueId | undefined {
  let value = id === undefined ? undefined : facts.values[id];
  if (value?.op === "typed") value = facts.values[value.value];
  if (value?.op !== "object") return undefined;
  for (const entry of value.entries) if ("key" in entry && entry.key === key) return entry.value;
  return undefined;
}

function literal(facts: FunctionFacts, id: ValueId): Token | undefined {
  const value = facts.values[id];
  if (value?.op === "const" && typeof value.value === "string") return ofText(value.value);
  const [argument] = value?.op === "call" ? value.args : [];
  const callee = value?.op === "call" ? facts.values[value.callee] : undefined;
  if (!argument || callee?.op !== "load" || callee.key !== "for") return undefined;
  const owner = facts.values[callee.object];
  const name = facts.values[argument.value];
  if (owner?.op !== "global" || owner.variable !== "Symbol" || name?.op !== "const") return undefined;
  return `Symbol.for(${name.value})`;
}
