import { arrayOf, writtenItems } from "./array-shape.ts";
import { setAfter } from "./evaluation.ts";
import type { Site } from "./flow.ts";
import { empty, hasAtom, isEmpty, load, type Shape, store, withFields } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import type { MethodCall } from "./summary.ts";

/** Where the arguments are that `bind` remembered, beside `@@this`, each in a field of its own. */
const boundPrefix = "@@bound ";

/** The arguments that are bound to a function. */
export function boundArguments(callee: Shape): readonly Shape[] {
  const items: Shape[] = [];
  for (let index = 0; ; index++) {
    const item = callee.fields?.get(`${boundPrefix}${index}`);
    if (!item) return items;
    items.push(item);
  }
}

/** `fn.call(…)`, `fn.apply(…)` and `fn.bind(…)`; undefined where the receiver is no function. */
export function callThrough(evaluation: Evaluation, site: CallSite, key: string): Shape | undefined {
  const { self, args } = site;
  if (!self || !isFunction(self) || hasOwnMethod(site.callee)) return undefined;
  if (key === "call") return callWith(evaluation, site, self);
  if (key === "apply") return applyTo(evaluation, site, self, 0);
  return key === "bind" ? bind(self, args) : undefined;
}

/** `Reflect.apply(fn, self, list)`, and `fn.apply(self, list)`: the receiver stands at an index, the list after it. */
export function applyTo(evaluation: Evaluation, site: CallSite, callee: Shape, at: number): Shape {
  return inner(
    evaluation,
    site,
    { self: at },
    {
      ...site,
      callee,
      self: site.args[at],
      selfSite: site.argSites[at],
      ...listed(site.args[at + 1] ?? empty, site.argSites[at + 1]),
    },
  );
}

/** Arguments that stand in a list. */
export function listed(
  list: Shape,
  where: Site | undefined,
): Pick<CallSite, "args" | "argSites" | "spreadFrom" | "spreadList"> {
  const items = writtenItems(list);
  const args = items ?? [load(list, "*")];
  return { args, argSites: args.map(() => where), ...(!items && { spreadFrom: 0, spreadList: list }) };
}

/** What a bound function is called with: first the arguments that it remembers. */
export function withBound(site: CallSite): CallSite {
  const items = boundArguments(site.callee);
  if (items.length === 0) return site;
  return {
    ...site,
    args: [...items, ...site.args],
    argSites: [...items.map(() => site.call), ...site.argSites],
    ...(site.spreadFrom !== undefined && { spreadFrom: site.spreadFrom + items.length }),
  };
}

function callWith(evaluation: Evaluation, site: CallSite, callee: Shape): Shape {
  return inner(
    evaluation,
    site,
    { self: 0, args: 1 },
    {
      ...site,
      callee,
      self: site.args[0],
      selfSite: site.argSites[0],
      args: site.args.slice(1),
      argSites: site.argSites.slice(1),
    },
  );
}

/** Where the receiver and the arguments of a call stand among the arguments that are written. */
interface Written {
  readonly self: number;
  readonly args?: number;
}

/** Makes the call, and tells of its arguments what it did to them, where they stand here. */
function inner(evaluation: Evaluation, site: CallSite, written: Written, made: CallSite): Shape {
  const call = (id: number) =>
    evaluation.solver.calls.callShape(
      evaluation,
      { ...made, id, thrownAt: site.thrownAt ?? site.id },
      methodOf(made.callee),
    );
  if (site.id === -1) return call(site.id);
  // A call of its own, so that its ports are not taken for those of the one that is written.
  const id = evaluation.nextApart--;
  const result = call(id);
  for (const [port, shape] of evaluation.after.get(id) ?? []) {
    if (port === -1) setAfter(evaluation, site.id, written.self, shape);
    else if (written.args !== undefined) setAfter(evaluation, site.id, written.args + port, shape);
  }
  evaluation.after.delete(id);
  return result;
}

/** `Array.prototype.slice.call(…)` calls the method of that name. */
function methodOf(callee: Shape): MethodCall | undefined {
  for (const { atom } of callee.atoms.values()) {
    const key = atom.kind === "global" ? /\.prototype\.(\w+)$/.exec(atom.path)?.[1] : undefined;
    if (key !== undefined) return { key, receiverName: "" };
  }
  return undefined;
}

function bind(self: Shape, args: readonly Shape[]): Shape {
  const [receiver, ...bound] = args;
  return withArguments(receiver && !isEmpty(receiver) ? store(self, "@@this", receiver) : self, bound);
}

/** A function with arguments bound to it, after those that are already. */
export function withArguments(callee: Shape, args: readonly Shape[]): Shape {
  const before = boundArguments(callee).length;
  // A hidden field that holds nothing would not outlive the call that made it.
  return args.reduce(
    (all, each, index) => store(all, `${boundPrefix}${before + index}`, isEmpty(each) ? arrayOf([]) : each),
    callee,
  );
}

export function withoutArguments(callee: Shape): Shape {
  const others = [...(callee.fields ?? [])].filter(([key]) => !key.startsWith(boundPrefix));
  return withFields(callee, new Map(others));
}

function isFunction(shape: Shape): boolean {
  for (const { atom } of shape.atoms.values()) {
    if (atom.kind === "function" || atom.kind === "api") return true;
    if (atom.kind === "global" && atom.path !== "Reflect") return true;
  }
  return false;
}

/** A library's `client.call(…)` is its own. */
function hasOwnMethod(callee: Shape): boolean {
  return hasAtom(callee, (atom) => atom.kind === "function" || atom.kind === "api");
}
