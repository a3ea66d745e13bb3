import type { Span } from "../base/location.ts";
import { Environment, type State } from "./environment.ts";
import type { DocTag, TypeRef, ValueId } from "./facts.ts";
import { type Draft, ValueList } from "./value-list.ts";
import { cellOf, type FunctionScope, type Variable } from "./variables.ts";

/** What a `catch` clause can receive: collected while its `try` block is lowered. */
export interface Throwing {
  readonly calls: ValueId[];
  readonly thrown: ValueId[];
}

/**
 * Builds one function's value graph: emits values, reads and writes variables, and keeps track of the versions of objects
 * and of the cells that functions inside this one share with it.
 */
export class FunctionBuilder {
  readonly scope: FunctionScope;
  readonly values = new ValueList();
  readonly environment: Environment;
  readonly returns: ValueId[] = [];
  readonly throws: ValueId[] = [];
  readonly yields: ValueId[] = [];
  /** The open `try` blocks that have a `catch`, the innermost last. */
  readonly tries: Throwing[] = [];
  /** Stores that stay although nothing here reads them. */
  readonly kept = new Set<ValueId>();
  private readonly numbers = new Set<ValueId>();
  private readonly start: Span;
  /** Variables of this function whose closures see later changes, so that each write goes to the cell too. */
  private readonly shared = new Set<Variable>();
  private readonly cells = new Map<Variable, ValueId>();
  /** By object: the variables with a cell that hold it. */
  private readonly holders = new Map<ValueId, Set<Variable>>();
  private readonly typeOf = new Map<Variable, TypeRef>();
  /** The first load of each key of each version of an object. */
  private readonly loaded = new Map<string, ValueId>();
  private readonly retyped = new Map<string, ValueId>();

  constructor(scope: FunctionScope, start: number) {
    this.scope = scope;
    this.start = { start, end: start };
    this.environment = new Environment(this.values, (variable) => this.initial(variable));
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
    for (
      let steps = 0;
      steps < 20 && (draft.op === "store" || draft.op === "store-dynamic" || draft.op === "load");
      steps++
    ) {
      draft = this.values.draft(draft.object);
    }
    if (draft.op === "global" || draft.op === "import") this.kept.add(store);
  }

  /** Emits a value that may throw: a call, an await. */
  emitThrowing(draft: Draft): ValueId {
    const id = this.emit(draft);
    this.tries.at(-1)?.calls.push(id);
    return id;
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

  /** The value of a variable here; opaque where it has none yet. */
  read(variable: Variable, span: Span): ValueId {
    const held = this.environment.get(variable);
    if (held === undefined) return this.opaque(span);
    return this.newest(held);
  }

  /** The newest version of what a value was, with the declared type that the value had. */
  newest(held: ValueId): ValueId {
    const newest = this.environment.newest(held);
    const draft = this.values.draft(held);
    if (draft.op !== "typed") return newest;
    if (newest <= held) return this.values.resolve(held);
    const key = `${held}:${newest}`;
    const known = this.retyped.get(key);
    if (known !== undefined) return known;
    const id = this.emit({ ...draft, value: newest });
    this.values.setObject(id, this.values.objectOf(newest));
    this.retyped.set(key, id);
    return id;
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
    this.emit({ op: "cell-write", cell: cellOf(variable), value, span });
    const plain = this.values.isPlain(value);
    if (!plain) this.hold(variable, value);
    if (variable.owner !== this.scope) return;
    if (variable.assignedInside) {
      this.environment.set(variable, this.values.join([value, this.readCell(variable)], span));
    } else if (variable.mutatedInside && !plain) {
      const object = this.values.objectOf(value);
      const joined = this.values.join([value, this.readCell(variable)], span);
      this.values.setObject(joined, object);
      this.environment.set(object, joined);
    }
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
    if (this.hasCell(variable)) return;
    this.shared.add(variable);
    const held = this.environment.get(variable);
    if (held !== undefined) this.shareValue(variable, this.newest(held), span);
  }

  /** The object that `before` is has become `after`: all that hold it see that. */
  change(before: ValueId, after: ValueId, span: Span): void {
    const object = this.values.objectOf(before);
    if (this.values.isPlain(object)) return;
    this.values.setObject(after, object);
    this.environment.set(object, after);
    for (const variable of this.holders.get(object) ?? []) {
      const held = this.environment.get(variable);
      if (held !== undefined && this.values.objectOf(held) === object) {
        this.emit({ op: "cell-write", cell: cellOf(variable), value: after, span });
      }
    }
    this.changeInputs(object, after, span, 0);
    this.writeBack(object, after, span);
  }

  /** Where the object was one of several, the same may have happened to each of these. */
  private changeInputs(phi: ValueId, after: ValueId, span: Span, depth: number): void {
    for (const input of this.values.phis.get(phi)?.slice(0, 8) ?? []) {
      const object = this.values.objectOf(input);
      if (object === phi || object === this.values.objectOf(after) || this.values.isPlain(object)) continue;
      const before = this.environment.newest(object);
      const changed = this.changeLike(after, before);
      if (changed === undefined) return;
      const joined = this.values.join([before, changed], span);
      this.values.setObject(joined, object);
      this.environment.set(object, joined);
      if (depth < 2) this.changeInputs(object, after, span, depth + 1);
    }
  }

  /** Another object after the same change. */
  private changeLike(change: ValueId, before: ValueId): ValueId | undefined {
    const draft = this.values.draft(change);
    if (draft.op === "post") return this.emit({ ...draft, before });
    if (draft.op === "store" || draft.op === "store-dynamic" || draft.op === "delete") {
      return this.emit({ ...draft, object: before });
    }
    return undefined;
  }

  /** Where the object was loaded from another one, that one now holds the new version. */
  private writeBack(object: ValueId, after: ValueId, span: Span): void {
    const draft = this.values.draft(object);
    if (draft.op === "load") {
      const base = this.environment.newest(draft.object);
      if (this.values.isPlain(base) || this.hasNewContent(base, draft.object, draft.key)) return;
      this.change(base, this.emit({ op: "store", object: base, key: draft.key, value: after, span }), span);
    } else if (draft.op === "load-dynamic" || draft.op === "element") {
      const whole = draft.op === "element" ? draft.iterable : draft.object;
      const base = this.environment.newest(whole);
      if (this.values.isPlain(base)) return;
      const key = draft.op === "element" ? this.opaque(span) : draft.key;
      this.change(base, this.emit({ op: "store-dynamic", object: base, key, value: after, span }), span);
    }
  }

  /** Whether something else has been stored under the key since. */
  private hasNewContent(newest: ValueId, loaded: ValueId, key: string): boolean {
    let version = newest;
    for (let steps = 0; version !== loaded && steps < 50; steps++) {
      const draft = this.values.draft(version);
      if (draft.op === "post") version = draft.before;
      else if (draft.op === "store" || draft.op === "store-dynamic" || draft.op === "delete") {
        if (draft.op !== "store-dynamic" && draft.key === key) return !this.isOwnWriteBack(version, loaded);
        version = draft.object;
      } else return false;
    }
    return false;
  }

  private isOwnWriteBack(version: ValueId, loaded: ValueId): boolean {
    const draft = this.values.draft(version);
    if (draft.op !== "store") return false;
    const origin = this.values.draft(this.values.objectOf(draft.value));
    return origin.op === "load" && origin.key === draft.key && this.values.resolve(origin.object) === loaded;
  }

  /** `object.key`. Loading it again, or loading what was written back there, gives the same object. */
  load(object: ValueId, key: string, keySpan: Span, span: Span): ValueId {
    const id = this.emit({ op: "load", object, key, keySpan, span });
    let version = this.values.resolve(object);
    for (let steps = 0; steps < 20; steps++) {
      const draft = this.values.draft(version);
      if (draft.op !== "store") {
        const place = `${version}.${key}`;
        this.values.setObject(id, this.loaded.get(place) ?? id);
        if (!this.loaded.has(place)) this.loaded.set(place, id);
        return id;
      }
      if (draft.key === key) {
        const stored = this.values.objectOf(draft.value);
        const origin = this.values.draft(stored);
        if (origin.op === "load" && origin.key === key) this.values.setObject(id, stored);
        return id;
      }
      version = this.values.resolve(draft.object);
    }
    return id;
  }

  /** Runs a piece of lowering as one path of several. */
  path(lower: () => void): State | undefined {
    this.environment.fork();
    lower();
    return this.environment.endFork();
  }
}
