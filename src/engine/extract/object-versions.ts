import type { Span } from "../base/location.ts";
import type { Environment } from "./environment.ts";
import type { ValueId } from "./facts.ts";
import type { Draft, ValueList } from "./value-list.ts";

/** Objects that may be the one that changes, at most. */
const mostAliases = 40;

/** Versions between two loads that are looked through, at most. */
const mostVersions = 50;

/** Places that one object is put into and followed in, at most. */
const mostPlaces = 6;

/** Items of a written list that are told apart, at most. */
const mostItems = 8;

/** Keeps the versions of a function's objects: what a change of one means for those that hold it, or may be it. */
export class ObjectVersions {
  private readonly values: ValueList;
  private readonly environment: Environment;
  private readonly onVersion: (object: ValueId, version: ValueId, span: Span) => void;
  /** The first load of each key of each version of an object. */
  private readonly loaded = new Map<string, ValueId>();
  /** By object: the objects that it was put into. */
  private readonly places = new Map<ValueId, Place[]>();
  /** Objects whose change is being worked out: a list's node may hold the node that it came from. */
  private readonly changing = new Set<ValueId>();

  constructor(
    values: ValueList,
    environment: Environment,
    onVersion: (object: ValueId, version: ValueId, span: Span) => void,
  ) {
    this.values = values;
    this.environment = environment;
    this.onVersion = onVersion;
  }

  /** `object.key`. Loading it again, or loading what was written back there, gives the same object. */
  load(object: ValueId, key: string, keySpan: Span, span: Span): ValueId {
    const id = this.values.emit({ op: "load", object, key, keySpan, span });
    let version = this.values.resolve(object);
    for (let steps = 0; steps < mostVersions; steps++) {
      const draft = this.values.draft(version);
      if (draft.op !== "store") {
        const held = heldAt(draft, key);
        if (held !== undefined) {
          this.setHeld(id, held);
          return id;
        }
        const place = `${version}.${key}`;
        this.values.setObject(id, this.loaded.get(place) ?? id);
        if (!this.loaded.has(place)) this.loaded.set(place, id);
        return id;
      }
      if (draft.key === key) {
        this.setHeld(id, draft.value);
        return id;
      }
      version = this.values.resolve(draft.object);
    }
    return id;
  }

  /** What is loaded is the object that was put there. */
  private setHeld(load: ValueId, held: ValueId): void {
    if (!this.values.isPlain(held)) this.values.setObject(load, this.values.objectOf(held));
  }

  /** What an object or a list that is written out holds: when that changes, so does the object. */
  noteContent(container: ValueId): void {
    const draft = this.values.draft(container);
    const object = this.values.objectOf(container);
    if (draft.op === "object") {
      for (const entry of draft.entries) if ("key" in entry) this.noteHeld(object, entry.key, entry.value);
    } else if (draft.op === "array" && draft.items.length <= mostItems) {
      for (const [index, { value, spread }] of draft.items.entries())
        if (!spread) this.noteHeld(object, String(index), value);
    }
  }

  /** `container.key = held` */
  noteHeld(container: ValueId, key: string, held: ValueId): void {
    if (this.values.isPlain(held)) return;
    const { op } = this.values.draft(held);
    if (op === "closure" || op === "class") return;
    if (op === "object" || op === "array") this.noteContent(held);
    const object = this.values.objectOf(held);
    const places = this.places.get(object) ?? [];
    this.places.set(object, places);
    const known = places.some((each) => "key" in each && each.container === container && each.key === key);
    if (!known && places.length < mostPlaces && object !== container) places.push({ container, key });
  }

  /** `map.set(key, held)`, `list.push(held)`: when what was put there changes, so does the collection. */
  notePut(container: ValueId, call: ValueId, held: ValueId): void {
    if (this.values.isPlain(held) || this.values.isFixed(container)) return;
    const object = this.values.objectOf(held);
    const places = this.places.get(object) ?? [];
    this.places.set(object, places);
    if (places.length < mostPlaces && object !== container) places.push({ container, call });
  }

  /** The object that `before` is has become `after`; or it may have, and is one or the other. */
  change(before: ValueId, after: ValueId, span: Span, perhaps = false): void {
    const object = this.values.objectOf(before);
    if (this.values.isFixed(object) || this.changing.has(object)) return;
    this.changing.add(object);
    this.values.setObject(after, object);
    const version = perhaps ? this.values.join([before, after], span) : after;
    this.values.setObject(version, object);
    this.setVersion(object, version, this.originOf(before, object), span);
    for (const other of this.maybe(object)) this.changeMaybe(other, after, span);
    this.changing.delete(object);
  }

  /** Whatever may be this object may have become what `other` is. */
  joinMaybe(object: ValueId, other: ValueId, span: Span): void {
    for (const one of [object, ...this.maybe(object)]) {
      const joined = this.values.join([this.environment.newest(one), other], span);
      this.values.setObject(joined, one);
      this.environment.set(one, joined);
    }
  }

  private setVersion(object: ValueId, version: ValueId, origin: ValueId, span: Span): void {
    this.environment.set(object, version);
    this.onVersion(object, version, span);
    this.writeBack(object, version, origin, span);
    for (const place of this.places.get(object) ?? []) {
      if ("call" in place) this.changeEntry(place.container, place.call, version, span);
      else this.writeInto(place.container, place.key, object, version, span);
    }
  }

  /** An object that holds the one that changed holds its new version now, if it still holds it. */
  private writeInto(container: ValueId, key: string, object: ValueId, after: ValueId, span: Span): void {
    const base = this.environment.newest(container);
    if (this.values.isFixed(base) || this.changing.has(container)) return;
    const draft = this.values.draft(base);
    const isWritten = draft.op === "store" && draft.key === key && draft.value === after;
    if (isWritten) return;
    const content = this.contentOf(base, { from: undefined, key, object }, new Set());
    if (content !== "same") return;
    this.change(base, this.values.emit({ op: "store", object: base, key, value: after, span }), span);
  }

  /** A collection has another entry now, if the call gave or took one. */
  private changeEntry(container: ValueId, call: ValueId, entry: ValueId, span: Span): void {
    const before = this.environment.newest(container);
    if (this.values.isFixed(before) || this.changing.has(this.values.objectOf(before))) return;
    this.change(before, this.values.emit({ op: "post", call, port: "this", before, entry, span }), span);
  }

  /** The load that gave the object on this path: other paths may have loaded it too. */
  private originOf(version: ValueId, object: ValueId): ValueId {
    let origin = this.values.resolve(version);
    for (let steps = 0; steps < mostVersions; steps++) {
      const draft = this.values.draft(origin);
      if (draft.op === "load") return origin;
      if (draft.op === "post") origin = this.values.resolve(draft.before);
      else if (
        draft.op === "store" ||
        draft.op === "store-dynamic" ||
        draft.op === "elements" ||
        draft.op === "delete"
      ) {
        origin = this.values.resolve(draft.object);
      } else break;
    }
    return object;
  }

  /** The same happened to an object that may be the one that changed: it is changed, or as it was. */
  private changeMaybe(object: ValueId, change: ValueId, span: Span): void {
    if (this.changing.has(object)) return;
    const before = this.environment.newest(object);
    const changed = this.changeLike(this.values.draft(change), before);
    if (changed === undefined) return;
    this.changing.add(object);
    const joined = this.values.join([before, changed], span);
    this.values.setObject(changed, object);
    this.values.setObject(joined, object);
    this.setVersion(object, joined, this.originOf(before, object), span);
    this.changing.delete(object);
  }

  private changeLike(change: Draft, before: ValueId): ValueId | undefined {
    if (change.op === "post") return this.values.emit({ ...change, before });
    if (change.op === "store" || change.op === "store-dynamic" || change.op === "delete") {
      return this.values.emit({ ...change, object: before });
    }
    return undefined;
  }

  /** Objects that may be the same one: what a phi joins, and the phis that join it. */
  private maybe(object: ValueId): ValueId[] {
    const found = new Set([object]);
    for (const one of found) {
      for (const other of this.values.joinedWith(one)) {
        if (found.size <= mostAliases && !this.values.isPlain(other)) found.add(other);
      }
    }
    found.delete(object);
    return [...found];
  }

  /** Where the object was loaded from another one, that one now holds the new version. */
  private writeBack(object: ValueId, after: ValueId, origin: ValueId, span: Span): void {
    const draft = this.values.draft(origin);
    if (draft.op === "load") {
      const base = this.environment.newest(draft.object);
      if (this.values.isFixed(base)) return;
      const loaded = { from: this.values.resolve(draft.object), key: draft.key, object };
      const content = this.contentOf(base, loaded, new Set());
      if (content === "new") return;
      const stored = this.values.emit({ op: "store", object: base, key: draft.key, value: after, span });
      this.change(base, stored, span, content === "either");
    } else if (draft.op === "load-dynamic" || draft.op === "element") {
      const base = this.environment.newest(draft.op === "element" ? draft.iterable : draft.object);
      if (this.values.isFixed(base)) return;
      const key = draft.op === "element" ? this.values.emit({ op: "opaque", span }) : draft.key;
      this.change(
        base,
        this.values.emit({ op: "store-dynamic", object: base, key, value: after, span }),
        span,
      );
    } else if (
      draft.op === "call" &&
      draft.receiver !== undefined &&
      isGetter(this.values.draft(draft.callee))
    ) {
      this.changeEntry(draft.receiver, origin, after, span);
    }
  }

  /** Whether a version still has what was loaded from an earlier one, or something else was stored there since. */
  private contentOf(version: ValueId, loaded: Loaded, seen: Set<ValueId>): Content {
    if (version === loaded.from) return "same";
    if (seen.has(version) || seen.size > mostVersions) return "either";
    seen.add(version);
    const draft = this.values.draft(version);
    switch (draft.op) {
      case "post":
        return this.contentOf(this.values.resolve(draft.before), loaded, seen);
      case "store":
        if (draft.key !== loaded.key) return this.contentOf(this.values.resolve(draft.object), loaded, seen);
        return this.values.objectOf(draft.value) === loaded.object ? "same" : "new";
      case "delete":
        if (draft.key === loaded.key) return "new";
        return this.contentOf(this.values.resolve(draft.object), loaded, seen);
      case "store-dynamic":
      case "elements":
        return this.contentOf(this.values.resolve(draft.object), loaded, seen);
      case "phi": {
        const inputs = draft.inputs
          .map((input) => this.values.resolve(input))
          .filter((input) => input !== version);
        const contents = new Set(inputs.map((input) => this.contentOf(input, loaded, seen)));
        const [only] = contents;
        return contents.size === 1 && only !== undefined ? only : "either";
      }
      default: {
        const held = heldAt(draft, loaded.key);
        if (held === undefined) return "either";
        return this.values.objectOf(held) === loaded.object ? "same" : "new";
      }
    }
  }
}

/** What an object or a list that is written out holds at a key, as far as that is plain. */
function heldAt(draft: Draft, key: string): ValueId | undefined {
  if (draft.op === "array") {
    const item = /^\d+$/.test(key) ? draft.items[Number(key)] : undefined;
    return draft.items.some(({ spread }) => spread) ? undefined : item?.value;
  }
  if (draft.op !== "object") return undefined;
  const entry = draft.entries.findLast((each) => !("key" in each) || each.key === key);
  return entry && "key" in entry ? entry.value : undefined;
}

/** `map.get`: what it gives may be an entry of its receiver. */
function isGetter(callee: Draft): boolean {
  return callee.op === "load" && callee.key === "get";
}

/** Where an object was put: under a key, or by a call. */
type Place = { readonly container: ValueId } & ({ readonly key: string } | { readonly call: ValueId });

/** What was loaded: the object, and the key and version that it came from; or what was put there. */
interface Loaded {
  readonly from: ValueId | undefined;
  readonly key: string;
  readonly object: ValueId;
}

/** What an object's field holds, compared with what was loaded from it earlier. */
type Content = "same" | "new" | "either";
