import { lowest } from "../base/kinds.ts";
import type { ValueId } from "../extract/index.ts";
import type { FunctionNode } from "../link/index.ts";
import type { Held } from "./atom.ts";
import { shapeAt } from "./evaluation.ts";
import type { Site, SourceSite } from "./flow.ts";
import type { Port } from "./port.ts";
import type { Shape } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** How far literals are followed. */
const deepest = 6;

/**
 * Whether the text of a call shows that data of another sort is passed than the callee takes it for by a name: an e-mail
 * address as `fullName`. That data is found where it is passed. `value` is all that the caller has at the port.
 */
export function isOtherData(
  evaluation: Evaluation,
  { args, written }: CallSite,
  callee: FunctionNode,
  { root, path }: Port,
  value: Shape,
  guess: SourceSite,
): boolean {
  if (!isIn(callee, guess.site)) return false;
  const isOther = (held: Held) => isOtherSource(evaluation, held, guess);
  if (!/^p\d/.test(root) || written?.args !== args || !someHeld(value, isOther)) return false;
  const item = written.items[Number(root.slice(1))];
  const values = item && writtenParts(evaluation, item.value, path, 0);
  return values?.every((id) => isRead(evaluation, id) && someHeld(shapeAt(evaluation, id), isOther)) === true;
}

/** What a function that the callee calls took for something by its name may have been computed of what is passed here. */
function isIn({ file, facts: { span } }: FunctionNode, site: Site): boolean {
  return site.file === file && site.start >= span.start && site.end <= span.end;
}

function someHeld({ atoms }: Shape, test: (held: Held) => boolean): boolean {
  for (const held of atoms.values()) if (test(held)) return true;
  return false;
}

function isOtherSource({ solver }: Evaluation, { atom, trail }: Held, guess: SourceSite): boolean {
  if (atom.kind !== "source" || atom.record || atom.safe || trail?.guess) return false;
  const { dataType, confidence } = atom.source;
  const isAsSure = lowest(confidence, guess.confidence) === guess.confidence;
  return isAsSure && dataType !== guess.dataType && !solver.classifier.isQuiet(dataType);
}

/** What is read by a name, not computed. */
function isRead({ values }: Evaluation, id: ValueId): boolean {
  const op = values[id]?.op;
  return op === "load" || op === "param" || op === "cell";
}

/** The values that stand at a path in what is written; undefined: not only these. */
function writtenParts(
  evaluation: Evaluation,
  given: ValueId,
  path: readonly string[],
  depth: number,
): readonly ValueId[] | undefined {
  const id = evaluation.unchanged[given] ?? given;
  const value = evaluation.values[id];
  const [key, ...rest] = path;
  if (!value || depth > deepest) return undefined;
  if (value.op === "typed") return writtenParts(evaluation, value.value, path, depth + 1);
  if (value.op === "phi") {
    const parts = value.inputs.map((input) => writtenParts(evaluation, input, path, depth + 2));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  if (key === undefined) return [id];
  if (value.op !== "object") return undefined;
  const entry = value.entries.findLast((each) => !("key" in each) || each.key === key);
  return entry && "key" in entry ? writtenParts(evaluation, entry.value, rest, depth + 1) : undefined;
}
