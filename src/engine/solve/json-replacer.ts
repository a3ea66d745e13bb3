import { symAtom } from "./atom.ts";
import type { KeyTest } from "./key-tests.ts";
import { testsKey } from "./key-tests.ts";
import { keysField } from "./key-words.ts";
import { standsUnder, storeSome } from "./keyed-entries.ts";
import { empty, ofAtom, type Shape } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { withoutKeys } from "./without-keys.ts";

/** An object that nobody has: what a replacer does with its entries, it does with those of all objects. */
const anyRoot = "json";
const anyKeys = { root: anyRoot, path: [keysField] };

/** JSON text by a function that is called with each key and its value: it may leave out keys, at every level. */
export function replaced(evaluation: Evaluation, site: CallSite, value: Shape): Shape {
  const replacer = site.args[1] ?? empty;
  const { solver } = evaluation;
  const call = (key: Shape, each: Shape) => solver.calls.callBack(evaluation, site, replacer, [key, each], 1);
  const tests = testsOf(
    call(ofAtom(symAtom(anyRoot, [keysField], false)), ofAtom(symAtom(anyRoot, ["*"], false))),
  );
  const whole = call(empty, value);
  return tests ? withoutKeys(solver, value, tests, true) : whole;
}

/** The tests that the keys pass under which a replacer leaves the values as they are. */
function testsOf(left: Shape): readonly KeyTest[] | undefined {
  let found: readonly KeyTest[] | undefined;
  for (const { atom } of storeSome(empty, standsUnder(left, { port: anyKeys, tests: [] })).atoms.values()) {
    const tests = atom.kind === "sym" && atom.root === anyRoot ? atom.keyed?.filter?.tests : undefined;
    if (!tests || (found && testsKey(found) !== testsKey(tests))) return undefined;
    found = tests;
  }
  return found;
}
