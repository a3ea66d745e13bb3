import type { FileId } from "./base/location.ts";
import type { FileFacts } from "./extract/index.ts";

type Files = ReadonlyMap<FileId, FileFacts>;

/** More at once are no edit by hand: a branch was changed, or a tool ran. */
const most = 8;

/**
 * The files whose facts are others than before. Undefined when there are none or too many, or when functions or classes
 * were added, removed or renamed: then all those after them have new numbers.
 */
export function changedFiles(before: Files, now: Files): ReadonlySet<FileId> | undefined {
  if (before.size !== now.size) return undefined;
  const changed = new Set<FileId>();
  for (const [file, facts] of now) {
    const old = before.get(file);
    if (old === facts) continue;
    if (!old || changed.size === most || !isAlike(old, facts)) return undefined;
    changed.add(file);
  }
  return changed.size > 0 ? changed : undefined;
}

function isAlike(one: FileFacts, other: FileFacts): boolean {
  return (
    one.functions.length === other.functions.length &&
    one.classes.length === other.classes.length &&
    one.functions.every(({ name, kind, parent }, index) => {
      const twin = other.functions[index];
      return twin?.name === name && twin.kind === kind && twin.parent === parent;
    }) &&
    one.classes.every(({ name }, index) => other.classes[index]?.name === name)
  );
}
