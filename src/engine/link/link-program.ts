import type { Model } from "../base/catalog.ts";
import type { FileId } from "../base/location.ts";
import type { ProjectFiles } from "../discover/index.ts";
import type { FileFacts } from "../extract/index.ts";
import { createBindings } from "./bindings.ts";
import { findCalledByName } from "./called-by-name.ts";
import { createClassTable } from "./class-table.ts";
import { createImplementers } from "./implementers.ts";
import { createOutsideUse, type OutsideUse } from "./outside-use.ts";
import type { FunctionNode, ImportTarget, Program } from "./program.ts";
import { createResolver } from "./resolve-module.ts";
import { createSchemaLanguages } from "./schema-language.ts";
import { createTokens } from "./tokens.ts";
import { createTypeTable } from "./type-table.ts";
import { findUncalled } from "./uncalled.ts";
import { createValueTypes } from "./value-types.ts";

/** Joins all files' facts. Files must come in a fixed order: function ids depend on it. `models` say how schemas are written. */
export function linkProgram(
  files: ReadonlyMap<FileId, FileFacts>,
  project: ProjectFiles,
  models: readonly Model[],
): Program {
  const functions: FunctionNode[] = [];
  const firstFunction = new Map<FileId, number>();
  for (const [file, facts] of files) {
    firstFunction.set(file, functions.length);
    for (const each of facts.functions) functions.push({ id: functions.length, file, facts: each });
  }
  const resolver = createResolver(project, new Set(files.keys()));
  const modules = createModuleTable(files, resolver);
  const classes = createClassTable(files, modules.typeScope);
  const scope = modules.typeScope;
  const { importTarget } = modules;
  const values = createValueTypes(files, modules, createSchemaLanguages(models));
  const types = createTypeTable({ files, scope, importTarget, classes, values });
  const implementers = createImplementers({ files, classes: classes.all, ...types });
  const tokens = createTokens({ files, scope, importTarget });
  const functionId = (file: FileId, index: number) => (firstFunction.get(file) ?? 0) + index;
  const program: Omit<Program, "uncalled" | "calledByName"> = {
    files,
    functions,
    functionId,
    classNode: classes.node,
    importTarget,
    exportTarget: modules.exportTarget,
    exportedNames: modules.exportedNames,
    typeTarget: types.targetOf,
    expandType: types.expand,
    bindType: types.bind,
    keysOf: types.keysOf,
    implementations: implementers.implementations,
    methodsOf: (of, key) =>
      implementers.methods(of, key).flatMap(({ file, index }) => functions[functionId(file, index)] ?? []),
    bindings: createBindings(files, tokens, functionId),
    tokens,
    memberType: types.memberType,
    membersOf: types.membersOf,
    parsedType: values.parsed,
    described: values.described,
  };
  // Each is asked for where something is found.
  let outside: OutsideUse | undefined;
  let uncalled: ReadonlySet<number> | undefined;
  let byName: ReadonlySet<number> | undefined;
  const outsideUse = () => {
    outside ??= createOutsideUse({ files, packages: project.packages, resolver });
    return outside;
  };
  return {
    ...program,
    uncalled(file, index) {
      uncalled ??= findUncalled({ ...program, scope, outside: outsideUse() });
      return uncalled.has(functionId(file, index));
    },
    calledByName(file, index) {
      byName ??= findCalledByName({ ...program, outside: outsideUse() });
      return byName.has(functionId(file, index));
    },
  };
}

const jsonModule = /\.json5?(?:\?.*)?$/;

type Resolver = ReturnType<typeof createResolver>;

function createModuleTable(files: ReadonlyMap<FileId, FileFacts>, resolver: Resolver) {
  const exportCache = new Map<string, ImportTarget | undefined>();
  const importsByLocal = new Map<FileId, Map<string, { specifier: string; imported: string }>>();

  function importTarget(from: FileId, specifier: string, imported: string): ImportTarget {
    if (jsonModule.test(specifier)) return { kind: "constants" };
    const resolved = resolver.resolve(from, specifier);
    if (resolved.kind === "unresolved") return { kind: "unresolved" };
    if (resolved.kind === "package") {
      const library = resolved.subpath ? `${resolved.name}/${resolved.subpath}` : resolved.name;
      return { kind: "library", library, member: imported };
    }
    if (imported === "*") return { kind: "namespace", file: resolved.file };
    const found = exportTarget(resolved.file, imported);
    if (found) return found;
    return isCommonJs(resolved.file)
      ? { kind: "export-member", file: resolved.file, key: imported }
      : { kind: "unresolved" };
  }

  function isCommonJs(file: FileId): boolean {
    return files.get(file)?.exports.length === 0;
  }

  function exportTarget(file: FileId, name: string): ImportTarget | undefined {
    const key = `${file}\0${name}`;
    if (exportCache.has(key)) return exportCache.get(key);
    exportCache.set(key, undefined); // a cycle of re-exports finds nothing, instead of looping
    const found = findExport(file, name);
    exportCache.set(key, found);
    return found;
  }

  function findExport(file: FileId, name: string): ImportTarget | undefined {
    const facts = files.get(file);
    if (!facts) return undefined;
    for (const each of facts.exports) {
      if (each.kind === "star" || each.exported !== name) continue;
      if (each.kind === "local") return localTarget(file, each.local);
      return importTarget(file, each.specifier, each.imported);
    }
    return name === "default" ? undefined : findStarred(file, facts, name);
  }

  /** What is exported by some `export *`. A library is only believed to have the name when no file of the workspace has. */
  function findStarred(file: FileId, facts: FileFacts, name: string): ImportTarget | undefined {
    let library: ImportTarget | undefined;
    for (const each of facts.exports) {
      if (each.kind !== "star") continue;
      const target = importTarget(file, each.specifier, name);
      if (target.kind === "library") library ??= target;
      else if (target.kind !== "unresolved") return target;
    }
    return library;
  }

  /** `import { a } from "m"; export { a }` exports what it imports. */
  function localTarget(file: FileId, local: string): ImportTarget {
    const imported = localImports(file).get(local);
    return imported
      ? importTarget(file, imported.specifier, imported.imported)
      : { kind: "cell", file, name: local };
  }

  function localImports(file: FileId) {
    let known = importsByLocal.get(file);
    if (!known) {
      known = new Map();
      for (const each of files.get(file)?.imports ?? []) {
        for (const binding of each.bindings) {
          known.set(binding.local, { specifier: each.specifier, imported: binding.imported });
        }
      }
      importsByLocal.set(file, known);
    }
    return known;
  }

  function exportedNames(file: FileId, seen = new Set<FileId>()): ReadonlySet<string> {
    const names = new Set<string>();
    if (seen.has(file)) return names;
    seen.add(file);
    for (const each of files.get(file)?.exports ?? []) {
      if (each.kind !== "star") names.add(each.exported);
      else {
        const starred = importTarget(file, each.specifier, "*");
        if (starred.kind === "namespace")
          for (const name of exportedNames(starred.file, seen)) names.add(name);
      }
    }
    return names;
  }

  return {
    importTarget,
    exportTarget,
    exportedNames: (file: FileId) => exportedNames(file),
    typeScope: localTarget,
  };
}
