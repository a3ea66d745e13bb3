import { isWithin } from "../base/kinds.ts";
import { withTypes } from "./api-node.ts";
import { type Atom, addStep, asGuess, foldTrail, openAtom } from "./atom.ts";
import type { SourceSite } from "./flow.ts";
import {
  empty,
  flatten,
  hasAtom,
  isEmpty,
  join,
  joinAll,
  load,
  mapTrails,
  ofAtom,
  type Shape,
  someAtom,
  store,
} from "./shape.ts";
import { addToSlot, rejectedSlot } from "./slots.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/**
 * The policy for unknown code, all of it: a call that leads to no function of the workspace, no model and no built-in.
 * - Data passes from the arguments and the receiver to the result, folded: which field became which is not known.
 * - Nothing is stored in an argument or in the receiver, and nothing is sunk.
 * - Functions among the arguments are called, with values that may hold what was passed beside them. What they throw, or
 *   are rejected with, the call throws, or is rejected with; of its own, nothing that is known.
 * - Of a request whose model says what it holds, nothing passes.
 * - What is looked up by a value is a new value, and a secret is not what comes back.
 * - What comes back may wrap the functions that were given: they are called when it is (`debounce(send)(user)`).
 * - What a package's function returns is still of that package.
 * - A part of what comes back holds the data: a guess of low confidence.
 * - What is awaited is an answer: that it holds what was sent is a guess of low confidence.
 * - The call is recorded as a gap when data flows in; `gaps-of.ts` counts how many sources do.
 */
export function callUnknown(evaluation: Evaluation, site: CallSite): Shape {
  const self = site.self && !isTold(site.self) ? site.self : empty;
  const given = withoutCredentials(joinAll([self, ...site.args].map(flatten)));
  const passed = isLookUp(site) ? flatten(self) : given;
  const open = ofAtom(openAtom);
  const step = { kind: "through", site: site.call, name: site.name } as const;
  const through = (shape: Shape) =>
    mapTrails(shape, (trail, atom) => (atom.kind === "source" && !trail ? trail : addStep(trail, step)));
  const handed = join(open, through(given));
  let rejected = empty;
  for (const [index, arg] of site.args.entries()) {
    if (!isFunction(arg)) continue;
    const called = evaluation.solver.calls.callBack(evaluation, site, arg, [handed], index);
    rejected = join(rejected, load(called, rejectedSlot));
  }
  const library = libraryOf(site.callee);
  recordGap(evaluation, site, library);
  evaluation.unknownCalls.add(site.id);
  const known = joinAll([open, library ? ofAtom(resultOf(library)) : empty, through(passed)]);
  const returned = addToSlot(known, rejectedSlot, rejected);
  const wrapped = joinAll(site.args.filter(isFunction));
  return isEmpty(wrapped) ? returned : store(returned, wrappedFunctions, wrapped);
}

/** The result of an unknown call, once it is awaited. */
export function answerOf(result: Shape): Shape {
  return mapTrails(result, (trail) => (trail?.folded ? asGuess(trail) : trail));
}

/** A call of the workspace's own for which no work is left: what was known of it before, and what it is given as a guess. */
export function callUnseen(evaluation: Evaluation, site: CallSite): Shape {
  evaluation.solver.countLimit("work");
  const given = withoutCredentials(joinAll([site.self ?? empty, ...site.args].map(flatten)));
  const guessed = mapTrails(given, (trail) => asGuess(foldTrail(trail, [])));
  const before = site.root === String(site.id) ? evaluation.shapes[site.id] : undefined;
  return joinAll([ofAtom(openAtom), before ?? empty, guessed]);
}

/** The hidden field of functions that were given to unknown code. */
export const wrappedFunctions = "@@wrapped";

/** What a request gives when it is asked is told by its model, or by the name that it is asked by. */
function isTold(self: Shape): boolean {
  return hasAtom(
    self,
    (atom) =>
      atom.kind === "api" && withTypes(atom.node).some(({ sources }) => sources.some(({ whole }) => whole)),
  );
}

function isFunction(shape: Shape): boolean {
  return hasAtom(shape, (atom) => atom.kind === "function" || atom.kind === "settle");
}

/** `users.findFirst({ email })`, `readFile(path)`: what is looked up by a value is a new value. */
function isLookUp(site: CallSite): boolean {
  if (/\.(readFile|readJson|readJSON|readdir|readlink|stat|lstat)(Sync)?$/.test(site.name)) return true;
  return (
    site.self !== undefined &&
    /\.(find|get|fetch|load|lookup|query|count|exists|has)([A-Z_]\w*)?$/.test(site.name)
  );
}

/** A secret that is passed to unknown code unlocks something; it is not what comes back. */
function withoutCredentials(shape: Shape): Shape {
  const kept = [...shape.atoms].filter(([, { atom }]) => !(atom.kind === "source" && isSecret(atom.source)));
  return kept.length === shape.atoms.size ? shape : { atoms: new Map(kept), fields: shape.fields };
}

function isSecret({ dataType }: SourceSite): boolean {
  return isWithin(dataType, "credential") || isWithin(dataType, "account.session");
}

type LibraryAtom = Extract<Atom, { kind: "library" }>;

function libraryOf(callee: Shape): LibraryAtom | undefined {
  for (const { atom } of callee.atoms.values()) if (atom.kind === "library") return atom;
  return undefined;
}

/** Chains of calls end in one atom: it is enough to know the package. */
function resultOf({ library, path }: LibraryAtom): LibraryAtom {
  const called = `${path.replace(/\(\).*$/, "")}()`;
  return { kind: "library", key: `l ${library} ${called}`, library, path: called };
}

function recordGap(evaluation: Evaluation, site: CallSite, library: LibraryAtom | undefined): void {
  const data = joinAll([...(site.self ? [site.self] : []), ...site.args].filter(holdsData));
  if (data === empty) return;
  evaluation.gaps.set(`${site.call.file}:${site.call.start}`, {
    site: site.call,
    callee: site.name,
    library: library?.library,
    data,
  });
}

function holdsData(shape: Shape): boolean {
  return someAtom(shape, (atom) => atom.kind === "source" || atom.kind === "type");
}
