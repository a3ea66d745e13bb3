import { addStep, sourceAtom } from "./atom.ts";
import type { SourceSite } from "./flow.ts";
import type { Port } from "./port.ts";
import { ofAtom, type Shape } from "./shape.ts";

/** Personal data, at the place where it comes from. */
export function sourceOf(source: SourceSite, record: boolean, unless: Port | undefined): Shape {
  return ofAtom(
    sourceAtom(source, record, unless),
    addStep(undefined, { kind: "source", site: source.site, name: source.expression }),
  );
}
