import type { SyntaxTree } from "../parse/index.ts";
import type { Walked } from "./name-walk.ts";
import type { FunctionScope, Names, Scope, Variable } from "./variables.ts";
import { walkNames } from "./walk-names.ts";

/** Finds what every name of a file stands for, and what happens to each variable, in one pass over its tree. */
export function resolveNames(tree: SyntaxTree): Names {
  const walked = walkNames(tree);
  for (const { node, name, scope } of walked.references) {
    const variable = lookUp(name, scope);
    if (!variable) continue;
    if (variable.ambient) walked.ambientOf.set(node, variable.ambient);
    else {
      walked.variableOf.set(node, variable);
      noteCapture(variable, scope.function);
    }
  }
  for (const { node, variable, scope } of walked.selves) {
    walked.variableOf.set(node, variable);
    noteCapture(variable, scope.function);
  }
  noteExportsObject(walked);
  noteChanges(walked);
  nameCells(walked.functions);
  return walked;
}

function lookUp(name: string, scope: Scope): Variable | undefined {
  for (let inner: Scope | undefined = scope; inner; inner = inner.parent) {
    const variable = inner.names.get(name);
    if (variable) return variable;
    if (name === "arguments" && inner.function !== inner.parent?.function && !inner.function.arrow) {
      return inner.parent ? inner.function.arguments : undefined;
    }
  }
  return undefined;
}

function noteCapture(variable: Variable, user: FunctionScope): void {
  if (variable.imported || !variable.owner.parent) return;
  for (let inner: FunctionScope | undefined = user; inner && inner !== variable.owner; inner = inner.parent) {
    inner.captures.add(variable);
  }
}

/** `module.exports` and `exports` are one variable of the module body, where the file declares neither name. */
function noteExportsObject(walked: Walked): void {
  for (const { node, name } of walked.references) {
    if (name === "exports" && !walked.variableOf.has(node)) walked.variableOf.set(node, walked.exports);
  }
  for (const member of walked.moduleExports) {
    if (!walked.variableOf.has(member.object)) walked.variableOf.set(member, walked.exports);
  }
}

function noteChanges(walked: Walked): void {
  for (const { node, at, scope } of walked.assignments) {
    const variable = walked.variableOf.get(node);
    if (!variable) continue;
    variable.assignments.push(at);
    variable.assigners.add(scope.function);
    if (scope.function !== variable.owner) variable.assignedInside = true;
  }
  const wholesOf = findWholes(walked);
  for (const { node, at, scope, byCall } of walked.mutations) {
    const changed = walked.variableOf.get(node);
    if (!changed || (byCall && changed.plain)) continue;
    const reached = new Set([changed]);
    for (const variable of reached) {
      variable.mutations.push(at);
      if (scope.function !== variable.owner) variable.mutatedInside = true;
      for (const whole of wholesOf.get(variable) ?? []) reached.add(whole);
    }
  }
}

/** By variable: those that it was given a part of. */
function findWholes(walked: Walked): Map<Variable, Set<Variable>> {
  const wholes = new Map<Variable, Set<Variable>>();
  for (const { of, id } of walked.parts) {
    const part = walked.variableOf.get(id);
    const whole = walked.variableOf.get(of);
    if (!part || !whole || whole.imported) continue;
    const known = wholes.get(part);
    if (known) known.add(whole);
    else wholes.set(part, new Set([whole]));
  }
  return wholes;
}

/** The names of a function's outermost scope come first, so that exports keep the name that they are declared with. */
function nameCells(functions: readonly { scope: FunctionScope; top: Scope }[]): void {
  for (const { scope, top } of functions) {
    const outermost = new Set(top.names.values());
    const used = new Map<string, number>();
    for (const variable of outermost) used.set(variable.name, 1);
    for (const variable of scope.variables) {
      if (outermost.has(variable)) continue;
      const count = (used.get(variable.name) ?? 0) + 1;
      used.set(variable.name, count);
      if (count > 1) variable.cellName = `${variable.name}#${count}`;
    }
  }
}
