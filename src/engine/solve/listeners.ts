import { globalScope } from "../base/global-object.ts";
import { textOf } from "./builtin-call.ts";
import { cellKey, setAfter } from "./evaluation.ts";
import { empty, type Shape, store } from "./shape.ts";
import { addToSlot, listenerSlot } from "./slots.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** For events whose name is not constant. */
export const anyEvent = "*";

export function eventOf(name: Shape | undefined): string {
  return textOf(name) ?? anyEvent;
}

/** Objects of the platform, such as `document`: they are the same for the whole program. */
export function globalsOf(self: Shape): string[] {
  return [...self.atoms.values()].flatMap(({ atom }) => (atom.kind === "global" ? [atom.path] : []));
}

/** The emitter at a port of a call (an argument, or -1 for the receiver), with one listener more. */
export function addListener(
  evaluation: Evaluation,
  site: CallSite,
  port: number,
  event: string,
  listener: Shape,
): Shape {
  const emitter = (port === -1 ? site.self : site.args[port]) ?? empty;
  const slot = listenerSlot(event);
  for (const path of globalsOf(emitter))
    evaluation.solver.writeCell(
      evaluation,
      globalScope,
      cellKey(globalScope, 0, path),
      store(empty, slot, listener),
    );
  const listening = addToSlot(emitter, slot, listener);
  if (site.id >= 0) setAfter(evaluation, site.id, port, listening);
  return listening;
}
