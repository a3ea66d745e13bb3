import { limits } from "../base/limits.ts";
import type { FunctionNode } from "../link/index.ts";
import { type ApiNode, memberNodes } from "./api-node.ts";
import { applyModel, standsInForBody } from "./apply-model.ts";
import { applySummary } from "./apply-summary.ts";
import { type Atom, instanceAtom, openAtom, symAtom } from "./atom.ts";
import { bound } from "./bound-shape.ts";
import { callEmitter } from "./builtin-emitters.ts";
import { callGlobal, constructGlobal, constructLibraryError } from "./builtin-functions.ts";
import { callMethod } from "./builtin-methods.ts";
import {
  asksForCaller,
  callImplementers,
  declaredResult,
  isDeclared,
  withDeclaredResult,
} from "./call-declared.ts";
import { callThrough, withBound } from "./call-function.ts";
import { sharesState } from "./closure-homes.ts";
import { expectCallbacks } from "./expected-callbacks.ts";
import { callSettle } from "./settle.ts";
import { empty, hasAtom, isEmpty, join, joinAll, load, ofAtom, type Shape, withFields } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { callAbility } from "./state-cells.ts";
import type { MethodCall } from "./summary.ts";
import { addThrown } from "./thrown.ts";
import { callUnknown, wrappedFunctions } from "./unknown-code.ts";

/**
 * Calls whatever the callee may be: functions of the workspace through their summaries, libraries through their models,
 * built-ins through theirs; what only callers know is deferred to them; the rest is unknown code.
 */
export function callShape(evaluation: Evaluation, given: CallSite, method?: MethodCall): Shape {
  if (isVirtual(given.callee) && mayDefer(evaluation, given)) {
    const symbols = [...given.callee.atoms].filter(([, { atom }]) => atom.kind === "sym");
    return defer(evaluation, { ...given, callee: { atoms: new Map(symbols), fields: undefined } }, method);
  }
  const ofCollection =
    method &&
    isElement(given, method) &&
    (callMethod(evaluation, given, method) ?? callEmitter(evaluation, given, method.key));
  if (ofCollection) return ofCollection;
  expectCallbacks(evaluation, given);
  const through = method && callThrough(evaluation, given, method.key);
  if (through) return through;
  const results: Shape[] = [];
  const channel = channelOf(given);
  const bound = withBound(given);
  const site = channel === undefined ? bound : { ...bound, channel };
  let symbolic = false;
  const modelled = isModelled(site.callee);
  for (const { atom } of site.callee.atoms.values()) {
    if (atom.kind === "sym") symbolic = true;
    else if (!modelled || atom.kind !== "function") {
      const result = callAtom(evaluation, site, atom);
      if (result) results.push(result);
    }
  }
  if (results.length > 0) {
    // Of what is not known, but declared, the class that is known may be only the one that it falls back to.
    const others = modelled || symbolic ? undefined : callImplementers(evaluation, site);
    return withDeclaredResult(evaluation, site, others ? joinAll([...results, others]) : joinAll(results));
  }
  const guessed = method && !isKnownReceiver(site) ? guessedCallees(evaluation, method) : [];
  if (guessed.length > 0) return applyModels(evaluation, site, guessed, true);
  const builtin = method && !isDeclared(site.callee) && callMethod(evaluation, site, method);
  if (builtin) return builtin;
  const wrapped = load(site.callee, wrappedFunctions);
  if (!isEmpty(wrapped)) return join(ofAtom(openAtom), callShape(evaluation, { ...site, callee: wrapped }));
  const defers = symbolic ? isNear(site) : asksForCaller(site) && mayDefer(evaluation, site);
  return callElse(evaluation, site, defers, method);
}

/** What is no function of the workspace, of a model, or of the language. */
function callElse(
  evaluation: Evaluation,
  site: CallSite,
  defers: boolean,
  method: MethodCall | undefined,
): Shape {
  const implemented = defers ? undefined : callImplementers(evaluation, site);
  const known = implemented ?? (method && callEmitter(evaluation, site, method.key));
  if (!defers) return withDeclaredResult(evaluation, site, known ?? callUnknown(evaluation, site));
  const deferred = defer(evaluation, site, method);
  // Where it is kept for no caller, there is none who could say otherwise.
  const root = `r${site.root}`;
  const unless = evaluation.deferred.has(root) ? { root, path: [] } : undefined;
  return joinAll([known ?? empty, deferred, declaredResult(evaluation, site, unless)]);
}

/** `handlers.get(name)`: of a map or a list of functions, its elements are not its methods. A model's own list may have any. */
function isElement({ self }: CallSite, { key }: MethodCall): boolean {
  if (!self?.fields?.has("*") || self.fields.has(key)) return false;
  return !someOwn(self, (atom) => atom.kind === "api");
}

/** Modules of Node whose exports are globals too. */
const globalModules: ReadonlySet<string> = new Set(["buffer", "timers", "url"]);

/** The name under which the language's functions are asked for a package's: `util inherits`, `Buffer.from`. */
function builtInName({ library, path }: Extract<Atom, { kind: "library" }>): string {
  return globalModules.has(library) ? path : `${library} ${path.replace(/^.*\./, "")}`;
}

/**
 * A method that several classes have: the caller may know of which class the object is. Or a function that shares state
 * with others: the caller may know with which.
 */
function isVirtual(callee: Shape): boolean {
  let functions = 0;
  let symbolic = false;
  for (const { atom } of callee.atoms.values()) {
    if (atom.kind === "function") functions++;
    if (atom.kind === "sym" && !atom.deep) symbolic = true;
  }
  return symbolic && (functions > 1 || (functions > 0 && sharesState(callee)));
}

function isNear(site: CallSite): boolean {
  return site.root.split("/").length <= limits.deferredLevels;
}

function mayDefer(evaluation: Evaluation, site: CallSite): boolean {
  const known = evaluation.deferred.has(`r${site.root}`);
  return isNear(site) && (known || evaluation.deferred.size < limits.deferredCalls);
}

/** A user's model of a function of their own stands in for its body. */
function isModelled(callee: Shape): boolean {
  return hasAtom(callee, (atom) => atom.kind === "api" && atom.node.own && standsInForBody(atom.node));
}

function channelOf(site: CallSite): string | undefined {
  for (const { atom } of site.callee.atoms.values()) {
    if (atom.kind === "api" && atom.node.channels[0]) return atom.node.channels[0].name;
  }
  return undefined;
}

function callAtom(evaluation: Evaluation, site: CallSite, atom: Atom): Shape | undefined {
  const { solver } = evaluation;
  switch (atom.kind) {
    case "function": {
      const node = solver.program.functions[atom.id];
      return node && applySummary(evaluation, node, site);
    }
    case "api":
      return applyModels(evaluation, site, [atom.node], atom.guessed);
    case "global":
      return callGlobal(evaluation, site, atom.path);
    case "state":
      return callAbility(evaluation, site, atom);
    case "library":
      // A method of what the package made may be called as one of its functions is.
      return atom.path.includes("()") ? undefined : callGlobal(evaluation, site, builtInName(atom));
    case "settle":
      return callSettle(evaluation, site, atom);
    default:
      return undefined;
  }
}

/** All nodes that one callee may be, as one call: a type's `info` and its `AnyMember` do not both fire. */
function applyModels(
  evaluation: Evaluation,
  site: CallSite,
  nodes: readonly ApiNode[],
  guessed: boolean,
): Shape {
  return joinAll(nodes.map((node) => applyModel(evaluation, site, node, guessed, "call")));
}

/** ``tag`…${value}…` ``: called with the texts, then the values. */
export function callTag(evaluation: Evaluation, site: CallSite): Shape {
  const results: Shape[] = [];
  let known = false;
  for (const { atom } of site.callee.atoms.values()) {
    if (atom.kind === "function" || atom.kind === "api") known = true;
    if (atom.kind !== "api" || !atom.node.tagged) continue;
    atom.node.tagged.seen = true;
    const values = { ...site, args: site.args.slice(1), argSites: site.argSites.slice(1) };
    results.push(applyModel(evaluation, values, atom.node.tagged, atom.guessed, "tag"));
  }
  if (results.length > 0) return joinAll(results);
  return known ? callShape(evaluation, site) : callUnknown(evaluation, site);
}

const knownKinds: ReadonlySet<Atom["kind"]> = new Set(["api", "instance", "class", "builtin"]);

/** The receiver's own type is known, so its name says nothing more. */
function isKnownReceiver(site: CallSite): boolean {
  return site.self !== undefined && someOwn(site.self, (atom) => knownKinds.has(atom.kind));
}

function someOwn(shape: Shape, test: (atom: Atom) => boolean): boolean {
  for (const { atom } of shape.atoms.values()) if (test(atom)) return true;
  return false;
}

function guessedCallees(evaluation: Evaluation, method: MethodCall): readonly ApiNode[] {
  const receiver = evaluation.solver.graph.receiver(method.receiverName);
  return receiver ? memberNodes(receiver, method.key) : [];
}

/** Only a caller knows what is called: kept for it to resolve, with the result as a symbol. */
function defer(
  evaluation: Evaluation,
  site: CallSite,
  method: MethodCall | undefined,
  constructs = false,
): Shape {
  const root = `r${site.root}`;
  if (!evaluation.deferred.has(root) && evaluation.deferred.size >= limits.deferredCalls) {
    evaluation.solver.countLimit("deferredCalls");
    return callUnknown(evaluation, site);
  }
  const { self, call, argSites, name } = site;
  const cut = (shape: Shape) => bound(shape, evaluation.solver.countLimit);
  evaluation.deferred.set(root, {
    root,
    callee: cut(site.callee),
    receiver: self && cut(self),
    args: site.args.map(cut),
    call,
    spreadFrom: site.spreadFrom,
    spreadList: site.spreadList,
    argSites,
    name,
    // Its value is one of this function; the caller has others.
    method: method && { key: method.key, receiverName: method.receiverName },
    typeArgs: site.typeArgs,
    constructs,
    through: site.through ?? [],
  });
  addThrown(evaluation, site.thrownAt ?? site.id, ofAtom(symAtom(`t${site.root}`, [], false)));
  return ofAtom(symAtom(root, [], false));
}

/** Callbacks that call callbacks, through built-ins and unknown code. */
const deepestCallback = 4;

/** Calls a function value that was passed to something, as that something would. */
export function callBack(
  evaluation: Evaluation,
  site: CallSite,
  callee: Shape,
  args: readonly Shape[],
  index: number,
  thrownAt: number = site.thrownAt ?? site.id,
  id = -1,
): Shape {
  if (isEmpty(callee)) return empty;
  if (site.root.split("~").length > deepestCallback) return ofAtom(openAtom);
  const call = site.argSites[index] ?? site.call;
  return callShape(evaluation, {
    id,
    thrownAt,
    call,
    callee,
    self: load(callee, "@@this"),
    args,
    argSites: [],
    name: site.name,
    root: `${site.root}~${index}`,
  });
}

/** `new callee(...)`. */
export function constructShape(evaluation: Evaluation, site: CallSite): Shape {
  evaluation.solver.lineage.learnParents(site.callee);
  const results: Shape[] = [];
  for (const { atom } of site.callee.atoms.values()) {
    if (atom.kind === "class") results.push(constructClass(evaluation, site, atom.id));
    else if (atom.kind === "api")
      // What a model says of the class, a row can move to its instances.
      results.push(applyModel(evaluation, { ...site, self: site.callee }, atom.node, atom.guessed, "new"));
    else if (atom.kind === "function") {
      const node = evaluation.solver.program.functions[atom.id];
      if (node) results.push(constructFunction(evaluation, site, node));
    } else if (atom.kind === "global" || atom.kind === "library") {
      const name = atom.kind === "global" ? atom.path : builtInName(atom);
      const known = constructGlobal(evaluation, site, name) ?? constructLibraryError(atom, site);
      if (known) results.push(known);
    }
  }
  const symbols = [...site.callee.atoms].filter(([, { atom }]) => atom.kind === "sym" && !atom.deep);
  if (symbols.length > 0 && isNear(site)) {
    // Only a caller knows which class it is: `create(Type)`, or `new this()` in a static method.
    const callee = { atoms: new Map(symbols), fields: undefined };
    results.push(defer(evaluation, { ...site, callee, self: undefined }, undefined, true));
  }
  return results.length > 0 ? joinAll(results) : callUnknown(evaluation, site);
}

/** What was put onto the prototype of a function, or of a class. */
function ownPrototype(callee: Shape): ReadonlyMap<string, Shape> {
  return callee.fields?.get("prototype")?.fields ?? new Map();
}

/** Functions make objects too: what stands on the function's prototype, each of them has. */
function constructFunction(evaluation: Evaluation, site: CallSite, node: FunctionNode): Shape {
  const self = withFields(empty, ownPrototype(site.callee));
  const result = applySummary(evaluation, node, { ...site, self });
  return join(result, evaluation.after.get(site.id)?.get(-1) ?? self);
}

/** The new object is what the constructor made of `this`. */
export function constructClass(evaluation: Evaluation, site: CallSite, id: number): Shape {
  const { solver } = evaluation;
  const node = solver.classOf(id);
  const instance = withFields(ofAtom(instanceAtom(id, true)), ownPrototype(site.callee));
  const constructorId = solver.program.functionId(node.file, node.facts.constructorFunction);
  const target = solver.program.functions[constructorId];
  if (!target) return instance;
  applySummary(evaluation, target, { ...site, self: instance });
  const made = evaluation.after.get(site.id)?.get(-1);
  return made ? join(instance, made) : instance;
}
