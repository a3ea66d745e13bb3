import { globalScope } from "../base/global-object.ts";
import type { Value, ValueId } from "../extract/index.ts";
import type { FunctionNode } from "../link/index.ts";
import { callGetter } from "./accessors.ts";
import { sliceFrom } from "./array-shape.ts";
import { addStep, classAtom, openAtom, patternAtom, symAtom } from "./atom.ts";
import { bound } from "./bound-shape.ts";
import { conditionsHere, underConditions } from "./call-conditions.ts";
import { callSite, evaluateCall, named } from "./call-site.ts";
import { concernsCallers } from "./callers-hits.ts";
import { callersPart } from "./callers-part.ts";
import { decorateClass, decorateMember } from "./decorated-members.ts";
import { withDescribed } from "./described.ts";
import { callTag, constructShape } from "./evaluate-call.ts";
import { evaluateInstanceOf } from "./evaluate-instance-of.ts";
import { evaluateJsx } from "./evaluate-jsx.ts";
import { evaluateJudged } from "./evaluate-judged.ts";
import { evaluateListed } from "./evaluate-listed.ts";
import {
  constant,
  evaluateArray,
  evaluateConcat,
  evaluateElements,
  evaluateObject,
  loadDynamic,
} from "./evaluate-literal.ts";
import { evaluateLoad, loadPath } from "./evaluate-load.ts";
import { evaluateNarrowed } from "./evaluate-narrowed.ts";
import {
  evaluateArguments,
  evaluateGlobal,
  evaluateParam,
  evaluateSuper,
  evaluateThis,
  isStatic,
  readCell,
  withCaptures,
  writeImported,
} from "./evaluate-ports.ts";
import { evaluatePost } from "./evaluate-post.ts";
import { evaluateDynamicStore, evaluateStore } from "./evaluate-store.ts";
import { evaluateTyped } from "./evaluate-typed.ts";
import { cellKey, shapeAt, siteOf, startEvaluation } from "./evaluation.ts";
import { finalState } from "./final-state.ts";
import type { Step } from "./flow.ts";
import { writeBindings } from "./injection.ts";
import { joinKnown } from "./join-known.ts";
import { keysField } from "./key-words.ts";
import { withoutCovered } from "./keyed-entries.ts";
import { extending } from "./lineage.ts";
import { clientsForCallers } from "./made-clients.ts";
import { withOwnSources } from "./modelled-sources.ts";
import { iterated } from "./own-methods.ts";
import { withoutOwnParts } from "./own-parts.ts";
import { raiseThrown } from "./raised-errors.ts";
import { withReturnType } from "./return-type.ts";
import {
  empty,
  joinAll,
  load,
  mapTrails,
  ofAtom,
  type Shape,
  sameShape,
  slotPrefix,
  store,
  withFields,
} from "./shape.ts";
import { decoratorsOf, sinkReturned } from "./sink-places.ts";
import { acceptedSlot, addToSlot, rejectedSlot, returnedSlot, withoutSlot } from "./slots.ts";
import type { Evaluation, Solver } from "./solver.ts";
import type { Summary, Thrown } from "./summary.ts";
import { addThrown, anyThrown, joinThrown, uncaught } from "./thrown.ts";
import { evaluatePhi } from "./unchanged.ts";
import { answerOf } from "./unknown-code.ts";

/** Passes over one function's values, until loops and captured variables say nothing new. */
const mostPasses = 4;

const globalCells = cellKey(globalScope, 0, "");

export interface Evaluated {
  readonly summary: Summary;
  readonly evaluation: Evaluation;
}

/** Computes what one function does, in terms of its in-ports. */
export function evaluateFunction(solver: Solver, node: FunctionNode): Evaluated {
  const evaluation = startEvaluation(solver, node);
  for (let pass = 0; pass < mostPasses; pass++) {
    evaluation.cellReads.clear();
    const changed = evaluateValues(evaluation);
    if (!changed && !readsAreOld(evaluation)) break;
  }
  writeBindings(evaluation);
  const summary = summarise(evaluation);
  shareFields(evaluation, summary.self);
  return { summary, evaluation };
}

/** What a method leaves in its object's fields, other methods of that object find there. */
function shareFields(evaluation: Evaluation, self: Shape | undefined): void {
  const { solver, node } = evaluation;
  if (!self?.fields || node.facts.class === undefined) return;
  const { id } = solver.program.classNode(node.file, node.facts.class);
  const prefix = isStatic(solver.program, node) ? "static " : "";
  for (const [key, value] of self.fields)
    if (!key.startsWith("@@") || key.startsWith(slotPrefix)) solver.shareField(id, `${prefix}${key}`, value);
}

function evaluateValues(evaluation: Evaluation): boolean {
  let forwardChanged = false;
  for (const [id, value] of evaluation.values.entries()) {
    const before = evaluation.shapes[id];
    const unchanged = evaluation.unchanged[id];
    evaluation.unchanged[id] = id;
    let shape = bound(evaluateValue(evaluation, value, id), evaluation.solver.countLimit);
    if (unchanged !== evaluation.unchanged[id] && unchanged !== undefined) forwardChanged = true;
    if (value.op === "phi" && before) shape = joinKnown(evaluation.solver, [before, shape]);
    if (
      value.op === "phi" &&
      value.inputs.some((input) => input > id) &&
      !(before && sameShape(before, shape))
    )
      forwardChanged = true;
    evaluation.shapes[id] = shape;
  }
  return forwardChanged;
}

/** Whether a variable that was read has been written since. */
function readsAreOld(evaluation: Evaluation): boolean {
  for (const [key, read] of evaluation.cellReads) {
    const content = evaluation.ownCells.get(key) ?? evaluation.outerCells.get(key) ?? empty;
    if (!sameShape(read, content)) return true;
  }
  return false;
}

function summarise(evaluation: Evaluation): Summary {
  const { facts } = evaluation.node;
  const at = (ids: readonly ValueId[]) =>
    joinKnown(
      evaluation.solver,
      ids.map((id) => shapeAt(evaluation, id)),
    );
  const decorators = decoratorsOf(evaluation);
  sinkReturned(evaluation, decorators);
  const returned = facts.generator ? generated(evaluation, at(facts.returns)) : at(facts.returns);
  const told = withReturnType(evaluation, withoutOwnParts(withoutCovered(returned)));
  const throws = thrownBy(evaluation);
  raiseThrown(evaluation, decorators, anyThrown(throws));
  return {
    returns: bound(addToSlot(told, acceptedSlot, acceptedBy(evaluation)), evaluation.solver.countLimit),
    throws: throws.map((each) => ({ ...each, shape: bound(each.shape, evaluation.solver.countLimit) })),
    params: (facts.finalParams ?? []).map((id, index) =>
      finalState(evaluation, id ?? undefined, "param", index),
    ),
    self: finalState(evaluation, facts.finalThis, "this"),
    cells: cellsOf(evaluation),
    hits: [...evaluation.hits.values()].filter((hit) => concernsCallers(evaluation, hit)),
    clients: clientsForCallers(evaluation),
    deferred: [...evaluation.deferred.values()],
  };
}

/** Writes to module variables take effect at once: callers only need those that depend on what they pass. */
function cellsOf(evaluation: Evaluation): ReadonlyMap<string, Shape> {
  const cells = new Map<string, Shape>();
  for (const [key, shape] of evaluation.outerCells) {
    const told = key.startsWith(globalCells) ? withoutElements(shape) : shape;
    const part = key.startsWith("m:") ? callersPart(told) : told;
    if (part !== empty || !key.startsWith("m:")) cells.set(key, part);
  }
  return cells;
}

/**
 * `singleton(name, make)` keeps the things of all its callers under names that only they know: each gets its own back as
 * the call's result, and not those of the others.
 */
function withoutElements(shape: Shape): Shape {
  if (!shape.fields) return shape;
  const fields = new Map<string, Shape>();
  for (const [key, value] of shape.fields) if (key !== "*") fields.set(key, withoutElements(value));
  return withFields(shape, fields);
}

/** What the first argument is where the function's answer holds. */
function acceptedBy({ node, shapes, values }: Evaluation): Shape {
  const { accepted } = node.facts;
  const told = accepted && shapes[accepted.value];
  if (!told || accepted.at === undefined) return told ?? empty;
  const param = shapes[values.findIndex((value) => value.op === "param" && value.index === 0)];
  return store(param ?? empty, accepted.at, told);
}

/** What a generator gives: the elements are what it yields, or what it delegates to. */
function generated(evaluation: Evaluation, returned: Shape): Shape {
  const yielded = evaluation.values.map((value) => {
    if (value.op !== "yield") return empty;
    const given = shapeAt(evaluation, value.value);
    return value.delegate ? loadPath(evaluation.solver, given, ["*"]) : given;
  });
  return addToSlot(store(empty, "*", joinAll(yielded)), returnedSlot, returned);
}

function evaluateValue(evaluation: Evaluation, value: Value, id: ValueId): Shape {
  const at = (each: ValueId) => shapeAt(evaluation, each);
  switch (value.op) {
    case "param":
      return evaluateParam(evaluation, value.index, id);
    case "this":
      return evaluateThis(evaluation);
    case "arguments":
      return evaluateArguments(evaluation);
    case "const":
      return typeof value.value === "string" || typeof value.value === "number"
        ? constant(String(value.value), siteOf(evaluation, id))
        : empty;
    case "global":
      return withOwnSources(evaluation, evaluateGlobal(evaluation, value.variable), id);
    case "import": {
      const imported = evaluation.solver.imported(evaluation.node.file, value.specifier, value.imported);
      return withOwnSources(evaluation, imported, id);
    }
    case "cell":
      return withOwnSources(evaluation, readCell(evaluation, value.cell.owner, value.cell.name), id);
    case "import-write":
      writeImported(evaluation, value);
      return at(value.value);
    case "cell-write": {
      evaluation.solver.writeCell(
        evaluation,
        evaluation.node.file,
        cellKey(evaluation.node.file, value.cell.owner, value.cell.name),
        at(value.value),
      );
      return at(value.value);
    }
    case "load":
      return callGetter(evaluation, at(value.object), value.key, id) ?? evaluateLoad(evaluation, value);
    case "load-dynamic":
      return loadDynamic(evaluation, at(value.object), value.key);
    case "store":
      return evaluateStore(evaluation, value, id);
    case "store-dynamic":
      return evaluateDynamicStore(evaluation, value, id);
    case "elements":
      return evaluateElements(evaluation, value, id);
    case "delete":
      return store(at(value.object), value.key, empty);
    case "object":
      return evaluateObject(evaluation, id, value.entries);
    case "array":
      return evaluateArray(evaluation, id, value.items);
    case "concat":
      return evaluateConcat(evaluation, value.parts, id);
    case "phi":
      return evaluatePhi(evaluation, value, id);
    case "typed":
      return evaluateTyped(evaluation, value, id);
    case "narrowed":
      return evaluateNarrowed(evaluation, value, id);
    case "instance-of":
      return evaluateInstanceOf(evaluation, value, id);
    case "listed":
      return evaluateListed(evaluation, value, id);
    case "pattern":
      return ofAtom(patternAtom(value.source, value.flags));
    case "judged":
      return evaluateJudged(evaluation, value, id);
    case "await": {
      const given = at(value.value);
      addThrown(evaluation, id, load(given, rejectedSlot));
      const awaited = withoutSlot(given, rejectedSlot);
      return evaluation.unknownCalls.has(value.value)
        ? named(evaluation, value, id, answerOf(awaited))
        : awaited;
    }
    case "yield":
      return value.delegate ? load(at(value.value ?? -1), returnedSlot) : ofAtom(symAtom("sent", [], false));
    case "rest":
      return value.without.reduce((shape, key) => store(shape, key, empty), at(value.object));
    case "slice":
      return sliceFrom(at(value.array), value.from);
    case "key":
      return load(at(value.object), keysField);
    case "element":
      return iterated(evaluation, { id, call: siteOf(evaluation, id), root: String(id) }, at(value.iterable));
    case "post":
      return evaluatePost(evaluation, value, id);
    case "caught": {
      const caught = { kind: "caught", site: siteOf(evaluation, id), name: value.name ?? "" } as const;
      return joinAll([
        ...value.calls.map((call) => withStep(anyThrown(evaluation.thrown.get(call)), caught)),
        ...value.thrown.map((each) => withStep(thrownAt(evaluation, each), caught)),
        ofAtom(openAtom),
      ]);
    }
    default:
      return underConditions(evaluation, value, () => evaluateCallable(evaluation, value, id));
  }
}

function evaluateCallable(evaluation: Evaluation, value: Value, id: ValueId): Shape {
  switch (value.op) {
    case "call":
      return named(evaluation, value, id, evaluateCall(evaluation, value, id));
    case "new": {
      const site = callSite(evaluation, id, value.callee, undefined, value.args, value.typeArgs);
      return withDescribed(evaluation, id, named(evaluation, value, id, constructShape(evaluation, site)));
    }
    case "tagged": {
      const args = [-1, ...value.args].map((each) => ({ value: each, spread: false }));
      const site = callSite(evaluation, id, value.tag, value.receiver, args);
      return callTag(evaluation, value.text === undefined ? site : { ...site, template: value.text });
    }
    case "closure":
      return withCaptures(
        evaluation,
        ofAtom({
          kind: "function",
          key: `f ${functionId(evaluation, value.function)}`,
          id: functionId(evaluation, value.function),
        }),
        value.captures,
      );
    case "class": {
      const node = evaluation.solver.program.classNode(evaluation.node.file, value.class);
      const made = withCaptures(evaluation, ofAtom(classAtom(node.id)), value.captures);
      if (value.superclass === undefined || (!node.facts.mixed && node.superclass())) return made;
      const cls = extending(made, shapeAt(evaluation, value.superclass));
      evaluation.solver.lineage.learnParents(cls);
      return cls;
    }
    case "decorated":
      decorateMember(evaluation, value, id);
      return empty;
    case "decorated-class":
      return decorateClass(evaluation, value, id);
    case "jsx":
      return evaluateJsx(evaluation, value, id);
    case "super":
      return evaluateSuper(evaluation);
    default:
      return empty;
  }
}

function functionId(evaluation: Evaluation, index: number): number {
  return evaluation.solver.program.functionId(evaluation.node.file, index);
}

/** What the function throws by itself, and what its calls throw. */
function thrownBy(evaluation: Evaluation): readonly Thrown[] {
  const own = evaluation.node.facts.throws.flatMap(({ value, when: conditions = [] }) => {
    const when = conditionsHere(evaluation, conditions);
    return when ? { shape: thrownAt(evaluation, value), when } : [];
  });
  return joinThrown([...own, ...uncaught(evaluation)]);
}

function thrownAt(evaluation: Evaluation, id: ValueId): Shape {
  return withStep(shapeAt(evaluation, id), { kind: "thrown", site: siteOf(evaluation, id), name: "" });
}

function withStep(shape: Shape, step: Step): Shape {
  return mapTrails(shape, (trail) => addStep(trail, step));
}
