import type { Value, ValueId } from "../extract/index.ts";
import { memberNodes } from "./api-node.ts";
import { applyModel } from "./apply-model.ts";
import { openAtom } from "./atom.ts";
import { argumentSite } from "./call-site.ts";
import { callBack, callShape, constructClass } from "./evaluate-call.ts";
import { loadPath } from "./evaluate-load.ts";
import { shapeAt, siteOf } from "./evaluation.ts";
import {
  empty,
  flatten,
  type Held,
  hasAtom,
  isEmpty,
  join,
  joinAll,
  load,
  ofAtom,
  type Shape,
  shapeOf,
  store,
} from "./shape.ts";
import { carriesData } from "./sink-data.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { callState } from "./state-cells.ts";
import { apiShape } from "./type-shape.ts";
import { wrappedFunctions } from "./unknown-code.ts";

type Jsx = Extract<Value, { op: "jsx" }>;

/**
 * An element: its component is called with its props. What the browser and libraries do with functions is to call them.
 * Its value is what it shows: mails and documents are made of that.
 */
export function evaluateJsx(evaluation: Evaluation, value: Jsx, id: ValueId): Shape {
  const props = shapeAt(evaluation, value.props);
  const component = componentOf(evaluation, value);
  const item = { value: value.props, spread: false, span: value.span };
  const args = [props];
  const site: CallSite = {
    id,
    call: siteOf(evaluation, id),
    callee: component,
    self: undefined,
    args,
    written: { args, items: [item] },
    argSites: [argumentSite(evaluation, item)],
    name: value.tag,
    root: String(id),
  };
  let known = false;
  let shown = empty;
  for (const { atom } of component.atoms.values()) {
    if (atom.kind === "class") {
      renderClass(evaluation, site, atom.id);
      known = true;
    } else if (atom.kind === "function" || atom.kind === "state") known = true;
    else if (atom.kind === "api" && atom.node.jsx) {
      atom.node.jsx.seen = true;
      applyModel(evaluation, site, atom.node.jsx, atom.guessed, "jsx");
    }
  }
  if (known || !isEmpty(load(component, wrappedFunctions))) {
    const rendered = callShape(evaluation, site);
    const loaded = componentsOf(evaluation, rendered);
    shown = isEmpty(loaded) ? rendered : callShape(evaluation, { ...site, callee: loaded });
  } else {
    callHandlers(evaluation, site, props);
    shown = props;
  }
  return dataIn(shown);
}

/** Nobody reads the fields of an element. */
function dataIn(shown: Shape): Shape {
  const atoms = new Map<string, Held>();
  for (const [key, held] of flatten(shown).atoms) if (carriesData(held.atom)) atoms.set(key, held);
  return atoms.size > 0 ? { atoms, fields: undefined } : empty;
}

/** The browser's own elements are members of the global `JSX`. */
function componentOf(evaluation: Evaluation, value: Jsx): Shape {
  if (value.component !== undefined) return shapeAt(evaluation, value.component);
  const root = evaluation.solver.graph.global("JSX");
  return root ? joinAll(memberNodes(root, value.tag).map((node) => apiShape(node, false))) : empty;
}

/** A component that is loaded later is what its loader gives, or the default of the module that it gives. */
function componentsOf(evaluation: Evaluation, rendered: Shape): Shape {
  const found: Shape[] = [];
  for (const held of rendered.atoms.values()) {
    if (held.atom.kind === "function") found.push(shapeOf(held));
    if (held.atom.kind === "namespace")
      found.push(evaluation.solver.namespaceField(held.atom.file, "default"));
  }
  return joinAll(found);
}

function callHandlers(evaluation: Evaluation, site: CallSite, props: Shape): void {
  for (const [key, prop] of props.fields ?? []) {
    if (key.startsWith("@@") || !isFunction(prop)) continue;
    callBack(evaluation, { ...site, root: `${site.root}${key}` }, prop, [ofAtom(openAtom)], 0);
  }
}

function isFunction(shape: Shape): boolean {
  return hasAtom(shape, (atom) => atom.kind === "function" || atom.kind === "state");
}

/** What is called on a class component by itself. */
const lifecycle = [
  "componentDidMount",
  "componentDidUpdate",
  "componentWillUnmount",
  "componentDidCatch",
  "render",
];

/** `this.props` are the props, and `this.state` is what the class starts with and what `setState` is given. */
function renderClass(evaluation: Evaluation, site: CallSite, id: number): void {
  const made = constructClass(evaluation, site, id);
  const [start, change] = stateOf(evaluation, site, load(made, "state"));
  const self = store(
    store(store(made, "props", join(load(made, "props"), site.args[0] ?? empty)), "state", start),
    "setState",
    change,
  );
  for (const name of lifecycle) {
    const callee = loadPath(evaluation.solver, self, [name]);
    if (!isFunction(callee)) continue;
    const call = { ...site, id: -1, callee, self, args: [], argSites: [], name, root: `${site.root}${name}` };
    callShape(evaluation, call);
  }
}

function stateOf(evaluation: Evaluation, site: CallSite, first: Shape): [Shape, Shape] {
  const pair = callState(evaluation, { ...site, args: [first] }, "class");
  return [load(pair, "0"), load(pair, "1")];
}
