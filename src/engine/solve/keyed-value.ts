import type { SymAtom } from "./atom.ts";
import { textsOf } from "./builtin-call.ts";
import { allTests, type Keyed, passes } from "./key-tests.ts";
import { underKey } from "./key-words.ts";
import { standsUnder } from "./keyed-entries.ts";
import { portOfKey, resolveTests } from "./list-tests.ts";
import type { Port } from "./port.ts";
import { joinAll, type Shape } from "./shape.ts";
import type { Solver } from "./solver.ts";
import { withoutKeys } from "./without-keys.ts";

/** What a callee's symbol, of which keys say something, is for a caller that may know the keys and the lists. */
export function keyedValue(solver: Solver, { root, path, keyed }: SymAtom, at: (port: Port) => Shape): Shape {
  const { filter, under } = keyed ?? {};
  const found = under ? underKeys(under, path, at) : { paths: [path], under: undefined };
  const loaded = joinAll(found.paths.map((each) => at({ root, path: each })));
  const value = found.under ? standsUnder(loaded, found.under) : loaded;
  return filter ? withoutKeys(solver, value, resolveTests(filter.tests, at), filter.deep) : value;
}

/** Where the value may be, by what its key may be; and what is still to be told of that. */
function underKeys(
  under: NonNullable<Keyed["under"]>,
  path: readonly string[],
  at: (port: Port) => Shape,
): { readonly paths: readonly (readonly string[])[]; readonly under: Keyed["under"] } {
  const tests = resolveTests(under.tests, at);
  const key = at(under.port);
  const texts = textsOf(key);
  const by = (name: string) => path.map((each) => (each === underKey ? name : each));
  // A number may be the first round of a loop: it says nothing.
  if (texts && !texts.some((text) => /^\d*$/.test(text))) {
    const passing = texts.filter((text) => passes(tests, text));
    const isNamed = path.includes(underKey);
    return { paths: isNamed ? passing.map(by) : passing.slice(0, 1).map(() => path), under: undefined };
  }
  const next = portOfKey(key);
  if (!next) return { paths: [by("*")], under: undefined };
  return { paths: [path], under: { port: next.port, tests: allTests(next.tests, tests) } };
}
