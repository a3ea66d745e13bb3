import { globalScope, isGlobalObject } from "../base/global-object.ts";
import type { ValueId } from "../extract/index.ts";
import type { ImportTarget } from "../link/index.ts";
import { shapeAt } from "./evaluation.ts";
import { empty, hasAtom, type Shape, store } from "./shape.ts";
import type { Evaluation } from "./solver.ts";

/**
 * What a call or a store changed belongs to another module's variable, where the object was imported from there: written
 * back, for all who import it. (Variables of the function at hand have versions, and need none of this.)
 */
export function writeBack(evaluation: Evaluation, id: ValueId, changed: Shape): void {
  const { keys, root, joined } = pathOf(evaluation, id);
  if (isGlobal(shapeAt(evaluation, root))) writeGlobals(evaluation, keys, changed);
  const value = root === undefined || joined ? undefined : evaluation.values[root];
  const { file } = evaluation.node;
  if (value?.op === "import") {
    const target = evaluation.solver.program.importTarget(file, value.specifier, value.imported);
    writeTarget(evaluation, target, keys, changed);
  } else if (value?.op === "cell" && value.cell.owner === 0) {
    writeTarget(evaluation, { kind: "cell", file, name: value.cell.name }, keys, changed);
  }
}

function isGlobal(shape: Shape): boolean {
  return hasAtom(shape, (atom) => atom.kind === "global" && isGlobalObject(atom.path));
}

/** Properties of the global object under constant names. Which key a computed name stands for is not known. */
function writeGlobals(evaluation: Evaluation, [first, ...rest]: readonly string[], changed: Shape): void {
  if (first !== undefined)
    writeTarget(evaluation, { kind: "cell", file: globalScope, name: first }, rest, changed);
  else
    for (const [key, content] of changed.fields ?? [])
      if (key !== "*" && !key.startsWith("@@")) writeGlobals(evaluation, [key], content);
}

/** The changes that a call made to its receiver and arguments. */
export function writeBackCall(
  evaluation: Evaluation,
  call: ValueId,
  receiver: ValueId | undefined,
  args: readonly { readonly value: ValueId }[],
): void {
  for (const [port, changed] of evaluation.after.get(call) ?? []) {
    const id = port === -1 ? receiver : args[port]?.value;
    if (id !== undefined && id >= 0) writeBack(evaluation, id, changed);
  }
}

/** `joined`: the value may come from elsewhere too. */
function pathOf(evaluation: Evaluation, id: ValueId) {
  const keys: string[] = [];
  let at: ValueId = id;
  let joined = false;
  for (let steps = 0; steps < 20; steps++) {
    const value = evaluation.values[at];
    if (value?.op === "load") {
      keys.unshift(value.key);
      at = value.object;
    } else if (value?.op === "post") at = value.before;
    else if (value?.op === "typed") at = value.value;
    else if (value?.op === "store" || value?.op === "store-dynamic") at = value.object;
    else if (value?.op === "phi" && value.inputs[0] !== undefined) {
      at = value.inputs[0];
      joined = true;
    } else return { keys, root: at, joined };
  }
  return { keys, root: undefined, joined };
}

function writeTarget(
  evaluation: Evaluation,
  target: ImportTarget | undefined,
  keys: readonly string[],
  changed: Shape,
): void {
  const { solver } = evaluation;
  const [first, ...rest] = keys;
  if (target?.kind === "namespace" && first !== undefined) {
    writeTarget(evaluation, solver.program.exportTarget(target.file, first), rest, changed);
  } else if (target?.kind === "cell") {
    const value = keys.reduceRight((inner, key) => store(empty, key, inner), changed);
    solver.writeCell(evaluation, target.file, `m:${target.file}:${target.name}`, value);
  }
}
