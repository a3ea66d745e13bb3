import type { Span } from "../base/location.ts";
import { Environment, type State } from "./environment.ts";
import type { Accepted, Condition, DocTag, Throw, TypeRef, ValueId } from "./facts.ts";
import { ObjectVersions } from "./object-versions.ts";
import { type Draft, isStillObject, ValueList } from "./value-list.ts";
import { cellOf, type FunctionScope, type Node, type Variable } from "./variables.ts";

/** What a `catch` clause can receive: collected while its `try` block is lowered. */
export interface Throwing {
  readonly calls: ValueId[];
  readonly thrown: ValueId[];
}

/** Conditions that a call remembers, the innermost, at most. */
const mostConditions = 6;

/**
 * Builds one function's value graph: emits values, reads and writes variables, and keeps track of the versions of objects
 * and of the cells that functions inside this one share with it.
 */
export class FunctionBuilder {
  readonly scope: FunctionScope;
  readonly values = new ValueList();
  readonly environment: Environment;
  readonly returns: ValueId[] = [];
  readonly throws: Throw[] = [];
  readonly yields: ValueId[] = [];
  /** The open `try` blocks that have a `catch`, the innermost last. */
  readonly tries: Throwing[] = [];
  /** The calls that are lowered so far, by their syntax: conditions ask for theirs. */
  readonly calls = new Map<object, ValueId>();
  /** What the constants of this function are initialised with: a condition may ask for one of them. */
  readonly answers = new Map<Variable, Node>();
  /** Where the current path leads through, the innermost last: see `conditions.ts`. */
  readonly conditions: Condition[] = [];
  /** Of a pair of names, the other one: `[key, value]`, `(key, value)`. */
  readonly beside = new Map<Variable, Variable>();
  /** What the first parameter is where the function's answer holds. */
  accepted: Accepted | undefined;
  /** Stores that stay although nothing here reads them. */
  readonly kept = new Set<ValueId>();
  private readonly objects: ObjectVersions;
  private readonly numbers = new Set<ValueId>();
  private readonly start: Span;
  /** Variables of this function whose closures see later changes, so that each write goes to the cell too. */
  private readonly shared = new Set<Variable>();
  /** Values that have been joined with the cell of the variable that holds them. */
  private readonly withCell = new Set<ValueId>();
  /** By variable: what has been written to its cell. */
  private readonly written = new Map<Variable, Set<ValueId>>();
  private readonly cells = new Map<Variable, ValueId>();
  private readonly globalObjects = new Map<string, ValueId>();
  /** By object: the variables with a cell that hold it. */
  private readonly holders = new Map<ValueId, Set<Variable>>();
  private readonly typeOf = new Map<Variable, TypeRef>();
  private readonly retyped = new Map<string, ValueId>();

  constructor(scope: FunctionScope, start: number) {
    this.scope = scope;
    this.start = { start, end: start };
    this.environment = new Environment(this.values, (variable) => this.initial(variable));
    this.objects = new ObjectVersions(this.values, this.environment, (object, version, span) => {
      this.shareVersion(object, version, span);
    });
  }

  emit(draft: Draft): ValueId {
    return this.values.emit(draft);
  }

  opaque(span: Span): ValueId {
    return this.emit({ op: "opaque", span });
  }

  /** The result of a computation that plainly gives a number. */
  number(span: Span): ValueId {
    const id = this.opaque(span);
    this.numbers.add(id);
    return id;
  }

  isNumber(id: ValueId): boolean {
    const value = this.values.resolve(id);
    return this.numbers.has(value) || typeof this.values.constant(value) === "number";
  }

  /** Keeps a store that the source writes on what is not an object of this function: others may see it. */
  noteStore(store: ValueId): void {
    let draft = this.values.draft(store);
    for (let steps = 0; steps < 20; steps++) {
      if (draft.op === "store" || draft.op === "store-dynamic" || draft.op === "load")
        draft = this.values.draft(draft.object);
      else if (draft.op === "post") draft = this.values.draft(draft.before);
      else if (draft.op === "await" || draft.op === "typed") draft = this.values.draft(draft.value);
      else break;
    }
    const { op } = draft;
    // What is made elsewhere may have a setter.
    if (op === "global" || op === "import" || op === "call" || op === "new") this.kept.add(store);
  }

  /** Emits a value that may throw: a call, an await. */
  emitThrowing(draft: Draft): ValueId {
    const id = this.emit(draft.op === "call" || draft.op === "new" ? { ...draft, ...this.reached() } : draft);
    this.tries.at(-1)?.calls.push(id);
    return id;
  }

  /** Under which conditions the current point is reached. */
  reached(): { readonly when?: readonly Condition[] } {
    return this.conditions.length > 0 ? { when: this.conditions.slice(-mostConditions) } : {};
  }

  /** What a variable holds where the function starts. */
  private initial(variable: Variable): ValueId | undefined {
    if (variable.imported) {
      const { specifier, name } = variable.imported;
      return this.values.emitFirst({ op: "import", specifier, imported: name, span: this.start });
    }
    if (variable.kind === "this" && (variable.owner === this.scope || !variable.owner.parent)) {
      return this.values.emitFirst({ op: "this", span: this.start });
    }
    if (variable.owner !== this.scope) return this.readCell(variable);
    if (variable.kind === "arguments") return this.values.emitFirst({ op: "arguments", span: this.start });
    if (variable.kind === "exports") {
      const made = this.values.emitFirst({ op: "object", entries: [], span: this.start });
      this.hold(variable, made);
      return made;
    }
    return variable.kind === "var" ? this.values.emitFirst({ op: "opaque", span: this.start }) : undefined;
  }

  private readCell(variable: Variable): ValueId {
    const known = this.cells.get(variable);
    if (known !== undefined) return known;
    const id = this.values.emitFirst({ op: "cell", cell: cellOf(variable), span: this.start });
    this.cells.set(variable, id);
    if (variable.owner !== this.scope) this.hold(variable, id);
    return id;
  }

  /** The global object as this function has left it so far. */
  globalObject(name: string): ValueId {
    const known = this.globalObjects.get(name);
    const id = known ?? this.values.emitFirst({ op: "global", variable: name, span: this.start });
    this.globalObjects.set(name, id);
    return this.newest(id);
  }

  /** The value of a variable here; opaque where it has none yet. */
  read(variable: Variable, span: Span): ValueId {
    const held = this.environment.get(variable);
    if (held === undefined) return this.opaque(span);
    return this.newest(held);
  }

  /** The newest version of what a value was, with the declared type or the class that the value had. */
  newest(held: ValueId): ValueId {
    const newest = this.environment.newest(held);
    const draft = this.values.draft(held);
    if (draft.op === "judged" || draft.op === "listed") return this.newestJudged(held, newest);
    const isTold = draft.op === "typed" || draft.op === "instance-of";
    if (!isTold && !(draft.op === "narrowed" && isStillObject(draft))) return newest;
    if (newest <= held) return this.values.resolve(held);
    const key = `${held}:${newest}`;
    const known = this.retyped.get(key);
    if (known !== undefined) return known;
    const id = this.emit({ ...draft, value: newest });
    this.values.setObject(id, this.values.objectOf(newest));
    this.retyped.set(key, id);
    return id;
  }

  /** What a call has judged stays so while the object is only passed to calls; what is stored in it was not judged. */
  private newestJudged(held: ValueId, newest: ValueId): ValueId {
    let version = newest;
    for (let steps = 0; version > held; steps++) {
      const draft = this.values.draft(version);
      if (draft.op !== "post" || steps > 50) return newest;
      version = this.values.resolve(draft.before);
    }
    return this.values.resolve(held);
  }

  /** Notes a variable's declared type: whatever is assigned to it is of that type. */
  declareType(variable: Variable, type: TypeRef): void {
    this.typeOf.set(variable, type);
  }

  /** Gives a variable a new value. */
  assign(variable: Variable, value: ValueId, span: Span): void {
    if (variable.imported) return;
    const type = this.typeOf.get(variable);
    const held = type && this.values.draft(value).op !== "typed" ? this.typed(value, type, span) : value;
    if (variable.name !== "this") this.values.bindName(held, variable.name);
    this.objects.noteContent(value);
    this.environment.set(variable, held);
    if (this.hasCell(variable)) this.shareValue(variable, held, span);
  }

  typed(value: ValueId, type: TypeRef, span: Span, tags: readonly DocTag[] = []): ValueId {
    const id = this.emit({ op: "typed", value, type, span, ...(tags.length > 0 && { tags }) });
    this.values.setObject(id, this.values.objectOf(value));
    return id;
  }

  private hasCell(variable: Variable): boolean {
    return variable.owner !== this.scope || !this.scope.parent || this.shared.has(variable);
  }

  private shareValue(variable: Variable, value: ValueId, span: Span): void {
    this.writeCell(variable, value, span);
    const plain = this.values.isPlain(value);
    if (!plain) this.hold(variable, value);
    if (this.withCell.has(value)) return;
    if (this.isAssignedInside(variable)) {
      const joined = this.values.join([value, this.readCell(variable)], span);
      this.environment.set(variable, joined);
      this.withCell.add(joined);
    } else if (variable.owner === this.scope && variable.mutatedInside && !plain) {
      const object = this.values.objectOf(value);
      this.objects.joinMaybe(object, this.readCell(variable), span);
      this.withCell.add(this.environment.newest(object));
    }
  }

  /** Whether a function inside this one assigns to the variable. */
  private isAssignedInside(variable: Variable): boolean {
    if (variable.owner === this.scope) return variable.assignedInside;
    for (const assigner of variable.assigners) {
      let outer = assigner.parent;
      while (outer && outer !== this.scope) outer = outer.parent;
      if (outer) return true;
    }
    return false;
  }

  private writeCell(variable: Variable, value: ValueId, span: Span): void {
    const written = this.written.get(variable) ?? new Set();
    if (!written.has(value)) this.emit({ op: "cell-write", cell: cellOf(variable), value, span });
    this.written.set(variable, written.add(value));
  }

  private hold(variable: Variable, value: ValueId): void {
    const object = this.values.objectOf(value);
    const holders = this.holders.get(object);
    if (holders) holders.add(variable);
    else this.holders.set(object, new Set([variable]));
  }

  /**
   * Makes a variable known to closures: from here on each of its writes goes to its cell, and where closures change it,
   * what it holds is joined with the cell.
   */
  share(variable: Variable, span: Span): void {
    if (variable.owner !== this.scope || !this.scope.parent) return;
    this.shared.add(variable);
    // Another path may have shared it already, with what it holds there.
    const held = this.environment.get(variable);
    if (held !== undefined) this.shareValue(variable, this.newest(held), span);
  }

  /** The object that `before` is has become `after`: all that hold it see that. */
  change(before: ValueId, after: ValueId, span: Span): void {
    this.objects.change(before, after, span);
  }

  /** `container.key = held` */
  noteHeld(container: ValueId, key: string, held: ValueId): void {
    this.objects.noteHeld(this.values.objectOf(container), key, held);
  }

  /** `map.set(key, held)` */
  notePut(container: ValueId, call: ValueId, held: ValueId): void {
    this.objects.notePut(this.values.objectOf(container), call, held);
  }

  load(object: ValueId, key: string, keySpan: Span, span: Span): ValueId {
    return this.objects.load(object, key, keySpan, span);
  }

  /** Writes an object's new version to the cells of the variables that hold it. */
  private shareVersion(object: ValueId, version: ValueId, span: Span): void {
    const draft = this.values.draft(object);
    if (draft.op === "import") {
      const { specifier, imported } = draft;
      this.emit({ op: "import-write", specifier, imported, value: version, span });
    } else if (draft.op === "global") this.kept.add(version);
    for (const variable of this.holders.get(object) ?? []) {
      const held = this.environment.get(variable);
      if (held === undefined || this.values.objectOf(held) !== object) continue;
      this.writeCell(variable, version, span);
      // What a closure stores may come after what is stored here. (While `this` is being built, nothing runs it.)
      const { op } = this.values.draft(version);
      if (op !== "store" && op !== "store-dynamic") continue;
      if (variable.owner === this.scope && variable.mutatedInside && variable.kind !== "this") {
        const joined = this.values.join([version, this.readCell(variable)], span);
        this.values.setObject(joined, object);
        this.environment.set(object, joined);
      }
    }
  }

  /** Runs a piece of lowering as one path of several. */
  path(lower: () => void): State | undefined {
    this.environment.fork();
    lower();
    return this.environment.endFork();
  }
}
