import type { JsonPath, Mistake } from "./mistake.ts";
import type { SchemaCheck, SchemaName } from "./schema-check.ts";

/** What a check leaves of a value. */
export interface ValidRest {
  /** The value without its broken rows; nothing when it cannot be used at all. */
  readonly value: unknown;
  readonly mistakes: readonly Mistake[];
  /** Where something in `value` stood in the whole value: dropped rows shift the ones after them. */
  readonly originalPath: (path: JsonPath) => JsonPath;
}

/**
 * Checks a value against a schema and gives back what is left of it when every broken row is dropped, with the mistakes.
 * Gives no value when nothing can be kept. The value itself is not changed.
 *
 * A row goes as a whole: a transfer whose `from` is wrong must not become a transfer from everywhere.
 */
export function dropInvalidRows(check: SchemaCheck, schema: SchemaName, value: unknown): ValidRest {
  const mistakes = check(schema, value);
  const originalPath = pathsBefore(mistakes.map((mistake) => unitOf(value, mistake.path)));
  if (mistakes.length === 0) return { value, mistakes, originalPath };
  let kept = value;
  // Dropping a value may leave its parent without a required key, so look again; each round removes something.
  for (let round = mistakes; round.length > 0; round = check(schema, kept)) {
    const rest = dropRows(kept, round);
    if (rest === undefined) return { value: undefined, mistakes, originalPath };
    kept = rest;
  }
  return { value: kept, mistakes, originalPath };
}

/** Gives, for a path into what is left, the path at which the same thing stood before the units were removed. */
function pathsBefore(removed: readonly JsonPath[]): (path: JsonPath) => JsonPath {
  return (path) => {
    const before: (string | number)[] = [];
    for (const part of path) {
      before.push(typeof part === "number" ? indexBefore(before, part, removed) : part);
    }
    return before;
  };
}

function indexBefore(list: JsonPath, index: number, removed: readonly JsonPath[]): number {
  const gone = distinct(removed)
    .filter((unit) => unit.length === list.length + 1 && list.every((part, at) => unit[at] === part))
    .map((unit) => Number(unit[list.length]))
    .sort((a, b) => a - b);
  return gone.reduce((at, hole) => (hole <= at ? at + 1 : at), index);
}

/** A copy of the value without the rows that the mistakes stand in; nothing when a mistake concerns the whole value. */
export function dropRows(value: unknown, mistakes: readonly Mistake[]): unknown {
  const copy = structuredClone(value);
  const units = mistakes.map((mistake) => unitOf(copy, mistake.path));
  if (units.some((unit) => unit.length === 0)) return undefined;
  // Later list items first, so that the indexes of earlier ones still hold.
  for (const unit of distinct(units).sort(compareLaterFirst)) removeAt(copy, unit);
  return copy;
}

/** What to remove for a mistake at `path`: the innermost row (an object in a list), else the list item, else the value. */
function unitOf(root: unknown, path: JsonPath): JsonPath {
  let row: JsonPath | undefined;
  let item: JsonPath | undefined;
  let at: unknown = root;
  path.forEach((part, index) => {
    at = (at as Record<string | number, unknown> | undefined)?.[part];
    if (typeof part !== "number") return;
    const here = path.slice(0, index + 1);
    if (typeof at === "object" && at !== null) row = here;
    else item ??= here;
  });
  return row ?? item ?? path;
}

function removeAt(root: unknown, path: JsonPath): void {
  const last = path[path.length - 1] as string | number;
  let parent: unknown = root;
  for (const part of path.slice(0, -1))
    parent = (parent as Record<string | number, unknown> | undefined)?.[part];
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (typeof parent === "object" && parent !== null) delete (parent as Record<string, unknown>)[last];
}

function distinct(paths: readonly JsonPath[]): JsonPath[] {
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
}

function compareLaterFirst(a: JsonPath, b: JsonPath): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [left, right] = [a[i], b[i]];
    if (left === right) continue;
    if (typeof left === "number" && typeof right === "number") return right - left;
    return String(left) < String(right) ? 1 : -1;
  }
  return b.length - a.length;
}
