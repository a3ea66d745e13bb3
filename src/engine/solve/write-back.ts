import type { ValueId } from "../extract/index.ts";
import type { ImportTarget } from "../link/index.ts";
import { empty, type Shape, store } from "./shape.ts";
import type { Evaluation } from "./solver.ts";

/**
 * What a call or a store changed belongs to another module's variable, where the object was imported from there: written
 * back, for all who import it. (Variables of the function at hand have versions, and need none of this.)
 */
export function writeBack(evaluation: Evaluation, id: ValueId, changed: Shape): void {
  const { keys, root } = pathOf(evaluation, id);
  const value = root === undefined ? undefined : evaluation.values[root];
  const { file } = evaluation.node;
  if (value?.op === "import") {
    const target = evaluation.solver.program.importTarget(file, value.specifier, value.imported);
    writeTarget(evaluation, target, keys, changed);
  } else if (value?.op === "cell" && value.cell.owner === 0) {
    writeTarget(evaluation, { kind: "cell", file, name: value.cell.name }, keys, changed);
  }
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

function pathOf(evaluation: Evaluation, id: ValueId): { keys: string[]; root: ValueId | undefined } {
  const keys: string[] = [];
  let at: ValueId = id;
  for (let steps = 0; steps < 20; steps++) {
    const value = evaluation.values[at];
    if (value?.op === "load") {
      keys.unshift(value.key);
      at = value.object;
    } else if (value?.op === "post") at = value.before;
    else if (value?.op === "typed") at = value.value;
    else if (value?.op === "store") at = value.object;
    else return { keys, root: at };
  }
  return { keys, root: undefined };
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
