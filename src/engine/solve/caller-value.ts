import { limits } from "../base/limits.ts";
import type { Atom } from "./atom.ts";
import type { Port } from "./port.ts";
import type { Shape } from "./shape.ts";

/** Whether the caller's value is what the callee takes it for. */
export function agrees(value: Shape, guess: Extract<Atom, { kind: "source" | "type" }>): boolean {
  for (const { atom } of value.atoms.values()) {
    if (
      guess.kind === "source" &&
      atom.kind === "source" &&
      !atom.safe &&
      atom.source.dataType === guess.source.dataType
    )
      return true;
  }
  return false;
}

/** What a caller's value may be besides its own caller's. */
const saysNothing: ReadonlySet<Atom["kind"]> = new Set(["type", "source", "constant", "builtin"]);

/** Still a condition when the caller's value is its own caller's; no condition when it is open for good. */
export function callerCondition(value: Shape): Port | undefined {
  let condition: Port | undefined;
  for (const { atom } of value.atoms.values()) {
    if (atom.kind === "sym" && atom.path.length < limits.pathDepth)
      condition ??= { root: atom.root, path: atom.path };
    else if (!saysNothing.has(atom.kind)) return undefined;
  }
  return condition;
}
