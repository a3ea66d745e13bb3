import type { Span } from "../base/location.ts";
import type { ValueId } from "./facts.ts";
import type { ValueList } from "./value-list.ts";
import type { Variable } from "./variables.ts";

/**
 * What the environment keeps values for: a variable, or (by a value's id) the newest version of an object, which starts
 * as that value itself. Variables hold objects, not versions: so all that hold one object see it change.
 * A text names a field that a guard has shown to be a constant.
 */
export type Slot = Variable | ValueId | string;

/** What changed on one path since the place where it forked off. Paths that end (return, throw) have none. */
export type State = ReadonlyMap<Slot, ValueId>;

interface Layer {
  readonly parent: Layer | undefined;
  readonly defs: Map<Slot, ValueId>;
  readonly loop?: Loop;
}

interface Loop {
  readonly span: Span;
  readonly firstValue: ValueId;
  /** What slots hold where a round starts. */
  readonly heads: Map<Variable | ValueId, ValueId>;
}

/** What slots were set to inside a `try`, in order. */
type Watcher = Map<Variable | ValueId, ValueId[]>;

/** Where a field is not pinned after all. */
const unpinned: ValueId = -1;

function fieldSlot(object: ValueId, key: string): string {
  return `${object}.${key}`;
}

/** Which values slots have at the current point of the code; forks, joins and loops make the phis. */
export class Environment {
  /** The current point is not reached. */
  dead = false;
  private layer: Layer = { parent: undefined, defs: new Map() };
  private readonly values: ValueList;
  /** What a variable holds where the function starts. */
  private readonly initial: (variable: Variable) => ValueId | undefined;
  /** Constants that a guard pinned a variable to, and what the variable holds beside it. */
  private readonly pins = new Map<ValueId, ValueId>();
  /** The same, one guard at a time. */
  private readonly toldBefore = new Map<ValueId, ValueId>();
  /** Constants that a guard pinned a field to, and the version of the object of which it speaks. */
  private readonly pinnedVersions = new Map<ValueId, ValueId>();
  /** For each open `try` with a catch: what slots were set to inside it. */
  private readonly watchers: Watcher[] = [];

  constructor(values: ValueList, initial: (variable: Variable) => ValueId | undefined) {
    this.values = values;
    this.initial = initial;
  }

  get(slot: Slot): ValueId | undefined {
    return this.getFrom(this.layer, slot);
  }

  set(slot: Slot, value: ValueId): void {
    this.layer.defs.set(slot, value);
    if (typeof slot === "string") return;
    for (const watcher of this.watchers) {
      const seen = watcher.get(slot);
      if (!seen) watcher.set(slot, [value]);
      // After a call, an object still holds what it held: of a row of calls, the last says it all.
      else if (this.values.draft(value).op === "post") seen[seen.length - 1] = value;
      else seen.push(value);
    }
  }

  /** Within the current path, a guard has shown the variable to be this constant. */
  pin(variable: Variable, constant: ValueId): void {
    const held = this.get(variable);
    if (held === undefined || held === constant) return;
    this.pins.set(constant, this.pins.get(held) ?? held);
    this.toldBefore.set(constant, held);
    this.layer.defs.set(variable, constant);
  }

  /** Within the current path, a guard has shown a field of an object to be this constant. */
  pinField(object: ValueId, key: string, constant: ValueId): void {
    this.pinnedVersions.set(constant, this.newest(object));
    this.layer.defs.set(fieldSlot(this.values.objectOf(object), key), constant);
  }

  /** What a guard has shown a field to be, if the object has not changed since. */
  pinnedField(object: ValueId, key: string): ValueId | undefined {
    const constant = this.get(fieldSlot(this.values.objectOf(object), key));
    const version = constant === undefined ? undefined : this.pinnedVersions.get(constant);
    if (version === undefined || this.values.resolve(version) !== this.newest(object)) return undefined;
    return constant;
  }

  /** The newest version of the object that a value is. */
  newest(id: ValueId): ValueId {
    return this.newestFrom(this.layer, id);
  }

  fork(): void {
    this.layer = { parent: this.layer, defs: new Map() };
  }

  /** Ends the path that `fork` opened; what follows is the point before it. */
  endFork(): State | undefined {
    const { parent, defs } = this.layer;
    if (parent) this.layer = parent;
    const ended = this.dead;
    this.dead = false;
    return ended ? undefined : defs;
  }

  /** A mark for the current point, for paths that jump out of what follows. */
  mark(): object {
    return this.layer;
  }

  /**
   * What changed on the current path since a mark. It is to be asked for when the loops that the path jumps out of are
   * closed: only then is it known what they change.
   */
  since(mark: object): () => State {
    const changes: ReadonlyMap<Slot, ValueId>[] = [];
    for (let layer: Layer | undefined = this.layer; layer && layer !== mark; layer = layer.parent) {
      changes.push(new Map(layer.defs));
      if (layer.loop) changes.push(layer.loop.heads);
    }
    return () => new Map(changes.toReversed().flatMap((change) => [...change]));
  }

  /** Goes on where some paths meet. */
  join(paths: readonly (State | undefined)[], span: Span): void {
    const states = paths.filter((state) => state !== undefined);
    const [only] = states;
    this.dead = only === undefined;
    if (!only) return;
    if (states.length === 1) {
      for (const [slot, value] of only) this.set(slot, value);
      return;
    }
    const slots = new Set<Slot>();
    for (const state of states) for (const slot of state.keys()) slots.add(slot);
    const joined = [...slots].map((slot) => [slot, this.joinSlot(states, slot, span)] as const);
    for (const [slot, value] of joined) if (value !== undefined) this.set(slot, value);
  }

  private joinSlot(states: readonly State[], slot: Slot, span: Span): ValueId | undefined {
    if (typeof slot === "string") return this.joinPinned(states, slot, span);
    const base = this.get(slot) ?? (typeof slot === "number" ? slot : undefined);
    const held = states.flatMap((state) => {
      const value = state.get(slot) ?? base;
      return value === undefined ? [] : [this.values.resolve(value)];
    });
    const changed = typeof slot === "number" && held.some((value) => value !== held[0]);
    const values = changed
      ? held.map((value, path) => this.withPinned(states[path] as State, slot, value, span))
      : this.unpin(held);
    const objects = new Set(values.map((value) => this.values.objectOf(value)));
    if (objects.size === 1 && typeof slot !== "number") return this.sameObject(values);
    const newest =
      typeof slot === "number" ? values : values.map((value, i) => this.newestIn(states[i] as State, value));
    const joined = this.values.join(newest, span);
    if (typeof slot === "number") this.values.setObject(joined, slot);
    const pinned = values.map((value) => this.pins.get(value));
    if (pinned[0] !== undefined && pinned.every((value) => value === pinned[0]))
      this.pins.set(joined, pinned[0]);
    return joined;
  }

  /** An object that other paths changed, with what a guard has shown its fields to be on this one: `if (user.email) user.email = mask`. */
  private withPinned(state: State, object: ValueId, version: ValueId, span: Span): ValueId {
    let told = version;
    const prefix = fieldSlot(object, "");
    for (const [slot, value] of state) {
      if (typeof slot !== "string" || !slot.startsWith(prefix)) continue;
      const of = this.pinnedVersions.get(value);
      if (of === undefined || this.values.resolve(of) !== version) continue;
      told = this.values.emit({ op: "store", object: told, key: slot.slice(prefix.length), value, span });
      this.values.setObject(told, object);
    }
    return told;
  }

  /** One object, of which each path may have been told something else. */
  private sameObject(values: readonly ValueId[]): ValueId | undefined {
    const [first] = values;
    if (first === undefined || values.every((value) => value === first)) return first;
    const told = values.map((value) => this.toldOf(value));
    return told[0]?.find((value) => told.every((each) => each.includes(value))) ?? told[0]?.at(-1);
  }

  /** A value, and what it was before each of the guards that it passed. */
  private toldOf(value: ValueId): ValueId[] {
    const told = [this.values.resolve(value)];
    for (let at = this.toldBefore.get(value); at !== undefined; at = this.toldBefore.get(at))
      told.push(this.values.resolve(at));
    return told;
  }

  /** A field stays pinned after several paths where each of them pinned it, and the object is the same. */
  private joinPinned(states: readonly State[], slot: string, span: Span): ValueId {
    const held = states.map((state) => state.get(slot) ?? this.get(slot) ?? unpinned);
    const versions = held.map((value) => this.pinnedVersions.get(value));
    const [version] = versions;
    if (version === undefined || versions.some((each) => each !== version)) return unpinned;
    const joined = this.values.join(held, span);
    this.pinnedVersions.set(joined, version);
    return joined;
  }

  /** Where one path knows a variable as a constant and another does not, neither does the path after them. */
  private unpin(values: readonly ValueId[]): ValueId[] {
    return values.map((value) => {
      const pinned = this.pins.get(value);
      const held = pinned === undefined ? undefined : this.values.resolve(pinned);
      return held !== undefined && values.includes(held) ? held : value;
    });
  }

  private newestIn(state: State, id: ValueId): ValueId {
    const object = this.values.objectOf(id);
    const version = state.get(object);
    return version === undefined ? this.newest(id) : this.values.resolve(version);
  }

  private newestFrom(layer: Layer, id: ValueId): ValueId {
    const object = this.values.objectOf(id);
    if (this.values.isPlain(object)) return this.values.resolve(id);
    return this.getFrom(layer, object) ?? this.values.resolve(id);
  }

  private getFrom(from: Layer, slot: Slot): ValueId | undefined {
    for (let layer: Layer | undefined = from; layer; layer = layer.parent) {
      const value = layer.defs.get(slot);
      if (value !== undefined) return this.values.resolve(value);
      if (typeof slot === "string") continue;
      if (layer.loop && this.changesIn(layer.loop, slot)) return this.openLoopPhi(layer, layer.loop, slot);
      if (!layer.parent && typeof slot !== "number") {
        const first = this.initial(slot);
        if (first !== undefined) layer.defs.set(slot, first);
        return first;
      }
    }
    return undefined;
  }

  /** Whether a loop may give the slot a new value before it comes round again. */
  private changesIn(loop: Loop, slot: Variable | ValueId): boolean {
    if (typeof slot === "number") return slot < loop.firstValue && !this.values.isPlain(slot);
    return slot.assignments.some((at) => at >= loop.span.start && at <= loop.span.end);
  }

  private openLoopPhi(layer: Layer, loop: Loop, slot: Variable | ValueId): ValueId | undefined {
    if (!layer.parent) return undefined;
    const before = this.getFrom(layer.parent, slot) ?? (typeof slot === "number" ? slot : undefined);
    if (before === undefined) return undefined;
    const input = typeof slot === "number" ? before : this.newestFrom(layer.parent, before);
    const phi = this.values.openPhi([input], loop.span);
    if (typeof slot === "number") this.values.setObject(phi, slot);
    layer.defs.set(slot, phi);
    loop.heads.set(slot, phi);
    return phi;
  }

  /** The loops around the current point. */
  openLoops(): Span[] {
    const spans: Span[] = [];
    for (let layer: Layer | undefined = this.layer; layer; layer = layer.parent) {
      if (layer.loop) spans.push(layer.loop.span);
    }
    return spans;
  }

  /** Opens a loop. Variables that it may set start its rounds with a phi. */
  openLoop(span: Span, variables: Iterable<Variable>): void {
    const loop: Loop = { span, firstValue: this.values.nextId(), heads: new Map() };
    this.layer = { parent: this.layer, defs: new Map(), loop };
    for (const variable of variables) {
      if (!variable.imported && variable.declaredAt < span.start) this.get(variable);
    }
  }

  /** Closes a loop over the state in which it comes round again, and goes on where its exits meet. */
  closeLoop(back: State | undefined, exits: readonly (State | undefined)[]): void {
    const { layer } = this;
    const { parent, loop } = layer;
    if (!parent || !loop) return;
    if (back) this.closePhis(layer, loop, back);
    this.join(exits, loop.span);
    for (const phi of loop.heads.values()) this.values.dropTrivialPhi(phi);
    this.layer = parent;
    for (const [slot, value] of layer.defs) this.set(slot, this.values.resolve(value));
  }

  private closePhis(layer: Layer, loop: Loop, back: State): void {
    for (const slot of back.keys()) {
      if (typeof slot === "string") continue;
      if (!layer.defs.has(slot) && (typeof slot !== "number" || slot < loop.firstValue)) {
        this.openLoopPhi(layer, loop, slot);
      }
    }
    for (const [slot, phi] of loop.heads) {
      const value = back.get(slot) ?? phi;
      const held = this.pins.get(value) ?? value;
      this.values.addInput(phi, typeof slot === "number" ? held : this.newestIn(back, held));
      if (typeof slot !== "number") this.values.settleObject(phi);
    }
  }

  /** Starts to note what the code inside a `try` sets. */
  watch(): void {
    this.watchers.push(new Map());
  }

  /** The state in which the `catch` starts: anything in the `try` may have been done, or not. */
  endWatch(span: Span): State {
    const watcher = this.watchers.pop() ?? new Map();
    const state = new Map<Slot, ValueId>();
    for (const [slot, set] of watcher) {
      const before = this.get(slot) ?? (typeof slot === "number" ? slot : undefined);
      const held = [...(before === undefined ? [] : [before]), ...set];
      state.set(
        slot,
        typeof slot === "number" ? this.joinVersions(slot, held, span) : this.joinHeld(watcher, held, span),
      );
    }
    return state;
  }

  private joinVersions(object: ValueId, versions: readonly ValueId[], span: Span): ValueId {
    const joined = this.values.join(versions, span);
    this.values.setObject(joined, object);
    return joined;
  }

  private joinHeld(watcher: Watcher, held: readonly ValueId[], span: Span): ValueId {
    const objects = new Set(held.map((value) => this.values.objectOf(value)));
    const [first] = held;
    if (objects.size === 1 && first !== undefined) return first;
    const versions = [...objects].flatMap((object) => [this.newest(object), ...(watcher.get(object) ?? [])]);
    return this.values.join(versions, span);
  }
}
