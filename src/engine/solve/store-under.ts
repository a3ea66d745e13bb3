import { joinKnown } from "./join-known.ts";
import { standsUnder, storeEntries } from "./keyed-entries.ts";
import { portOfKey } from "./list-tests.ts";
import { type Shape, store } from "./shape.ts";
import type { Solver } from "./solver.ts";

/** An object with one more value, under a key that is not constant. */
export function storeUnder(solver: Solver, object: Shape, key: Shape, value: Shape): Shape {
  const under = portOfKey(key);
  return storeEntries(object, under ? standsUnder(value, under) : value, (at, rest) => {
    const elements = at.fields?.get("*");
    return store(at, "*", elements ? joinKnown(solver, [elements, rest]) : rest);
  });
}
