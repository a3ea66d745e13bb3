import { isGlobalObject } from "../base/global-object.ts";
import type { Span } from "../base/location.ts";
import type { Fallback, Value, ValueId } from "./facts.ts";

type WithoutName<V> = V extends unknown ? Omit<V, "name"> : never;

/** A value as it is made, before it has its final place and name. */
export type Draft = WithoutName<Value>;

/** Whether it is the same object: a guard has only shown it to be one, or no text. */
export function isStillObject(draft: Draft): boolean {
  return draft.op === "narrowed" && (draft.to === "object" || draft.to === "no-text");
}

/** The values of one function while it is lowered, in the order of their making. */
export class ValueList {
  readonly drafts: Draft[] = [];
  /** Values that stand at the function's start, whenever they were made: parameters, cells, imports. */
  readonly prologue = new Set<ValueId>();
  readonly names = new Map<ValueId, string>();
  /** The inputs of phis, which may still grow. */
  readonly phis = new Map<ValueId, ValueId[]>();
  /** By object: the phis that it goes into. */
  private readonly joins = new Map<ValueId, ValueId[]>();
  private readonly replaced = new Map<ValueId, ValueId>();
  private readonly objects = new Map<ValueId, ValueId>();

  emit(draft: Draft): ValueId {
    return this.drafts.push(draft) - 1;
  }

  emitFirst(draft: Draft): ValueId {
    const id = this.emit(draft);
    this.prologue.add(id);
    return id;
  }

  /** The value that stands for this one, now that trivial phis have gone. */
  resolve(id: ValueId): ValueId {
    let last = id;
    for (let next = this.replaced.get(last); next !== undefined; next = this.replaced.get(last)) last = next;
    return last;
  }

  draft(id: ValueId): Draft {
    return this.drafts[this.resolve(id)] as Draft;
  }

  nextId(): ValueId {
    return this.drafts.length;
  }

  /** The value that an object was when it was first seen: all of its versions are one object. */
  objectOf(id: ValueId): ValueId {
    const value = this.resolve(id);
    return this.objects.get(value) ?? value;
  }

  setObject(version: ValueId, object: ValueId): void {
    if (version !== object) this.objects.set(version, object);
  }

  /** The join of some values: a phi, or the one value that they all are. */
  join(values: readonly ValueId[], span: Span, fallback?: Fallback): ValueId {
    const distinct = [...new Set(values.map((id) => this.resolve(id)))];
    const only = distinct[0];
    if (distinct.length === 1 && only !== undefined) return only;
    return this.openPhi(distinct, span, fallback);
  }

  /** A phi that may get more inputs. */
  openPhi(inputs: readonly ValueId[], span: Span, fallback?: Fallback): ValueId {
    const own: ValueId[] = [];
    const id = this.emit({ op: "phi", inputs: own, ...(fallback && { fallback }), span });
    this.phis.set(id, own);
    for (const input of inputs) this.addInput(id, input);
    return id;
  }

  /** A finished phi whose inputs are all versions of one object is that object. */
  settleObject(phi: ValueId): void {
    const objects = new Set((this.phis.get(phi) ?? []).map((input) => this.objectOf(input)));
    objects.delete(phi);
    const [only] = objects;
    if (objects.size === 1 && only !== undefined) this.setObject(phi, only);
  }

  addInput(phi: ValueId, input: ValueId): void {
    this.phis.get(phi)?.push(input);
    const object = this.objectOf(input);
    const users = this.joins.get(object);
    if (users) users.push(phi);
    else this.joins.set(object, [phi]);
  }

  /** The objects that an object may be because of a phi: the phi's inputs, or the phis that it is an input of. */
  joinedWith(object: ValueId): ValueId[] {
    const near = [...(this.phis.get(object) ?? []), ...(this.joins.get(object) ?? [])];
    return [...new Set(near.map((id) => this.objectOf(id)))];
  }

  /** Replaces a phi that joins only one value with that value. Tells whether it did. */
  dropTrivialPhi(phi: ValueId): boolean {
    const inputs = this.phis.get(phi);
    if (!inputs || this.replaced.has(phi)) return false;
    let only: ValueId | undefined;
    for (const input of inputs) {
      const value = this.resolve(input);
      if (value === phi || value === only) continue;
      if (only !== undefined) return false;
      only = value;
    }
    if (only === undefined) return false;
    this.replaced.set(phi, only);
    return true;
  }

  bindName(id: ValueId, name: string): void {
    const value = this.resolve(id);
    if (!this.names.has(value)) this.names.set(value, name);
  }

  /** Whether a value is never an object of this program: texts, numbers, modules, globals but the global object. */
  isPlain(id: ValueId): boolean {
    const draft = this.draft(id);
    switch (draft.op) {
      case "const":
      case "concat":
      case "opaque":
      case "import":
      case "jsx":
      case "super":
      case "pattern":
        return true;
      case "global":
        return !isGlobalObject(draft.variable);
      case "typed":
        return this.isPlain(draft.value);
      case "judged":
      case "instance-of":
      case "listed":
        return this.isPlain(draft.value);
      case "narrowed":
        return typeof draft.to === "string" && (!isStillObject(draft) || this.isPlain(draft.value));
      default:
        return false;
    }
  }

  /** Whether nothing that is done with the value changes it. Objects of other modules do change. */
  isFixed(id: ValueId): boolean {
    const draft = this.draft(id);
    return draft.op === "typed" ? this.isFixed(draft.value) : draft.op !== "import" && this.isPlain(id);
  }

  /** The text or number that a value is, when it is constant. */
  constant(id: ValueId): string | number | boolean | null | undefined {
    const draft = this.draft(id);
    return draft.op === "const" ? draft.value : undefined;
  }
}
