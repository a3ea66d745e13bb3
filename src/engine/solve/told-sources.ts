import type { ApiNode, SourceAt } from "./api-node.ts";
import { openAtom } from "./atom.ts";
import { constantAtom } from "./constant-atom.ts";
import type { Site, SourceSite } from "./flow.ts";
import type { Port } from "./port.ts";
import { join, joinAll, ofAtom, type Shape } from "./shape.ts";
import { sourceOf } from "./source-shape.ts";

/** What a row says of a value: it is the data, or holds it among other things. */
export type Told = Pick<SourceAt, "dataType" | "whole"> & Partial<Pick<SourceAt, "accessors">>;

/** A source that a model declares: as sure as can be. What a whole value holds is likely, and no member of it is known. */
export function modelledSource(
  { dataType, whole, accessors }: Told,
  site: Site,
  expression: string,
  unless?: Port,
  guessed = false,
): Shape {
  const holds = whole
    ? `all of \`${expression}\`, which holds ${dataType}`
    : `\`${expression}\` is ${dataType}`;
  const source: SourceSite = {
    site,
    dataType,
    expression,
    confidence: whole || guessed ? "medium" : "high",
    ...(whole && { whole }),
    // What is only taken for such a value by its name may be another one.
    ...(accessors && !guessed && { accessors }),
    because: guessed ? `${holds} if it is what its name says` : `${holds}, as a model declares`,
  };
  const told = sourceOf(source, whole, unless);
  return whole && !unless ? join(ofAtom(openAtom), told) : told;
}

/** The texts that nodes stand for: `Domain.Feishu` of a library is a host. */
export function ownConstants(nodes: readonly ApiNode[], site: Site): Shape {
  return joinAll(
    nodes.flatMap(({ constants }) => constants.map((value) => ofAtom(constantAtom(value, site)))),
  );
}

/** What the rows of nodes say of the very value that they stand for. */
export function ownSources(
  rows: readonly SourceAt[],
  site: Site,
  expression: string,
  unless?: Port,
  guessed = false,
): Shape {
  return joinAll(
    rows
      .filter(({ port }) => port.length === 0)
      .map((row) => modelledSource(row, site, expression, unless, guessed)),
  );
}
