import { accessorKey } from "../base/accessor-key.ts";
import type { Fallback, ObjectEntry, Value, ValueId } from "../extract/index.ts";
import type { FunctionNode } from "../link/index.ts";
import { cellKey } from "./evaluation.ts";
import { type Port, samePort } from "./port.ts";
import { isMissing, type Known, missing, type StandIn, someObject } from "./port-condition.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** What the text shows that a value may be: something known, or what callers pass. */
export type Written =
  | { readonly known: Known }
  | { readonly port: Port; readonly otherwise: readonly StandIn[] };

/** All that a value may be, as the text shows; undefined: anything. */
export type AllWritten = readonly Written[] | undefined;

type Path = readonly string[];

/** How far values are followed, and how many a value may be, at most. */
const deepest = 12;
const mostWritten = 6;
const longestPath = 4;

/** What stands at a path in a value of the function at hand. */
export function writtenAt(evaluation: Evaluation, id: ValueId, path: Path = [], depth = 0): AllWritten {
  const value = evaluation.values[evaluation.unchanged[id] ?? id];
  if (!value || depth > deepest || path.length > longestPath) return undefined;
  const at = (other: ValueId, rest: Path = path) => writtenAt(evaluation, other, rest, depth + 1);
  const [key, ...rest] = path;
  const joined = (inputs: readonly ValueId[]) =>
    inputs.map((input) => writtenAt(evaluation, input, path, depth + 3));
  switch (value.op) {
    case "param":
      return evaluation.node.facts.params[value.index]?.rest
        ? undefined
        : [fromPort(`p${value.index}`, path)];
    case "cell":
      return value.cell.owner === 0 || value.cell.owner === evaluation.node.facts.index
        ? undefined
        : [fromPort(cellKey(evaluation.node.file, value.cell.owner, value.cell.name), path)];
    case "load":
      return at(value.object, [value.key, ...path]);
    case "typed":
    case "narrowed":
    case "judged":
    case "listed":
    case "instance-of":
      return at(value.value);
    case "phi":
      return value.fallback ? withFallback(joined(value.inputs), value.fallback) : any(joined(value.inputs));
    case "object":
      return key === undefined ? [{ known: someObject }] : entryAt(value.entries, key, rest, at);
    case "store":
      if (key === undefined) return [{ known: someObject }];
      return key === value.key ? at(value.value, rest) : at(value.object);
    case "delete":
      return key === value.key ? [{ known: missing }] : at(value.object);
    case "rest":
      return key !== undefined && value.without.includes(key) ? [{ known: missing }] : at(value.object);
    default:
      return leafAt(value, key);
  }
}

function leafAt(value: Value, key: string | undefined): AllWritten {
  switch (value.op) {
    case "const":
      if (key === undefined) return [{ known: { constant: value.value } }];
      return typeof value.value === "string" ? undefined : [{ known: missing }];
    case "opaque":
      return value.missing ? [{ known: missing }] : undefined;
    case "array":
    case "closure":
    case "class":
    case "new":
    case "pattern":
      return key === undefined ? [{ known: someObject }] : undefined;
    default:
      return undefined;
  }
}

function fromPort(root: string, path: Path): Written {
  return { port: { root, path }, otherwise: [] };
}

/** One of several values. */
function any(values: readonly AllWritten[]): AllWritten {
  const all: Written[] = [];
  for (const each of values) {
    if (!each) return undefined;
    for (const one of each) if (!all.some((other) => isSame(one, other))) all.push(one);
    if (all.length > mostWritten) return undefined;
  }
  return all;
}

function isSame(one: Written, other: Written): boolean {
  if ("known" in one || "known" in other) return false;
  return samePort(one.port, other.port) && one.otherwise.length + other.otherwise.length === 0;
}

/** Each stands in for those before it that are missing. */
function withFallback(values: readonly AllWritten[], how: Fallback): AllWritten {
  return values.reduceRight((others, each) => (each && others ? inPlaceOf(each, others, how) : undefined));
}

/** What some values are, where others stand in for those that are missing. */
function inPlaceOf(first: readonly Written[], others: readonly Written[], how: Fallback): AllWritten {
  const standIns = others.flatMap((each) => ("known" in each ? { how, value: each.known } : []));
  const all: Written[] = [];
  for (const each of first) {
    if ("known" in each) all.push(...(isMissing(each.known, how) ? others : [each]));
    // One of two values that only callers know.
    else if (standIns.length < others.length) return undefined;
    else all.push({ ...each, otherwise: [...each.otherwise, ...standIns] });
  }
  return all;
}

/** The member of an object that is written: what comes later overrides what comes earlier. */
function entryAt(
  entries: readonly ObjectEntry[],
  key: string,
  rest: Path,
  at: (id: ValueId, path: Path) => AllWritten,
): AllWritten {
  const spreads: AllWritten[] = [];
  let found: AllWritten = [{ known: missing }];
  for (const entry of entries.toReversed()) {
    if ("spread" in entry) spreads.push(at(entry.spread, [key, ...rest]));
    else if ("dynamicKey" in entry || entry.key === accessorKey("get", key)) return undefined;
    else if (entry.key === key) {
      found = at(entry.value, rest);
      break;
    }
  }
  return spreads.length === 0 ? found : withFallback([...spreads, found], "default");
}

/** What a call passes at an in-port of its callee, as the text of the caller shows. */
export function passedAt(
  evaluation: Evaluation,
  site: CallSite,
  callee: FunctionNode,
  port: Port,
): AllWritten {
  if (port.root.startsWith("c:")) return capturedAt(evaluation, callee, port);
  const { written } = site;
  if (!port.root.startsWith("p") || written?.args !== site.args) return undefined;
  const index = Number(port.root.slice(1));
  if (callee.facts.params[index]?.rest) return undefined;
  const item = written.items[index];
  return item ? writtenAt(evaluation, item.value, port.path) : [{ known: missing }];
}

/** What a closure of the function at hand has captured, where that changes no more. */
function capturedAt(evaluation: Evaluation, { file, facts }: FunctionNode, { root, path }: Port): AllWritten {
  const { node, values } = evaluation;
  if (file !== node.file || facts.parent !== node.facts.index) return undefined;
  const held: ValueId[] = [];
  for (const value of values) {
    if (value.op !== "closure" || value.function !== facts.index) continue;
    const captured = value.captures.find(({ cell }) => cellKey(file, cell.owner, cell.name) === root);
    if (captured?.value === undefined) return undefined;
    held.push(captured.value);
  }
  return held.length > 0 ? any(held.map((id) => writtenAt(evaluation, id, path))) : undefined;
}
