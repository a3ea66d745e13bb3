import type { Constant } from "../extract/index.ts";
import type { Port } from "./port.ts";
import type { Shape } from "./shape.ts";

/** Whether a value may be one of some constants; a port: only the caller knows. */
export function judge(shape: Shape, among: readonly Constant[]): Port | "maybe" | "never" {
  let port: Port | undefined;
  let constants = 0;
  for (const { atom } of shape.atoms.values()) {
    if (atom.kind === "constant") {
      if (atom.holes || atom.unless || atom.fallback) return "maybe";
      if (among.some((each) => String(each) === atom.value)) return "maybe";
      constants++;
    } else if (atom.kind === "sym") {
      if (atom.deep || port) return "maybe";
      port = atom;
    }
  }
  if (constants > 0) return constants === shape.atoms.size && !shape.fields ? "never" : "maybe";
  return port ?? "maybe";
}
