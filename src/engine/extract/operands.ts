import type { Capture, Condition, Item, ObjectEntry, Throw, Value, ValueId } from "./facts.ts";
import type { Draft } from "./value-list.ts";

type Change = (id: ValueId) => ValueId;

/** A copy of a value with its operands changed, each in order. */
export function mapOperands(value: Draft, change: Change): Value {
  switch (value.op) {
    case "cell-write":
    case "import-write":
    case "await":
    case "typed":
      return { ...value, value: change(value.value) };
    case "yield":
      return value.value === undefined ? value : { ...value, value: change(value.value) };
    case "load":
    case "delete":
    case "rest":
    case "key":
      return { ...value, object: change(value.object) };
    case "load-dynamic":
      return { ...value, object: change(value.object), key: change(value.key) };
    case "store":
    case "elements":
      return { ...value, object: change(value.object), value: change(value.value) };
    case "store-dynamic":
      return { ...value, object: change(value.object), key: change(value.key), value: change(value.value) };
    case "object":
      return { ...value, entries: value.entries.map((entry) => mapEntry(entry, change)) };
    case "array":
      return { ...value, items: mapItems(value.items, change) };
    case "judged":
      return { ...value, value: change(value.value), call: change(value.call) };
    case "instance-of":
      return { ...value, value: change(value.value), class: change(value.class) };
    case "narrowed": {
      const held = change(value.value);
      return { ...value, value: held, to: typeof value.to === "string" ? value.to : change(value.to) };
    }
    case "listed":
      return {
        ...value,
        value: change(value.value),
        key: change(value.key),
        list: change(value.list),
      };
    case "concat":
      return { ...value, parts: value.parts.map(change) };
    case "phi":
      return { ...value, inputs: value.inputs.map(change) };
    case "slice":
      return { ...value, array: change(value.array) };
    case "element":
      return { ...value, iterable: change(value.iterable) };
    case "post":
      return {
        ...value,
        call: change(value.call),
        before: change(value.before),
        ...(value.chained && { chained: value.chained.map(change) }),
        ...(value.entry !== undefined && { entry: change(value.entry) }),
      };
    case "caught":
      return { ...value, calls: value.calls.map(change), thrown: value.thrown.map(change) };
    default:
      return mapCallLike(value, change);
  }
}

type Rest = Extract<
  Draft,
  { op: "call" | "new" | "tagged" | "closure" | "class" | "jsx" | "decorated" | "decorated-class" }
>;

function mapCallLike(value: Draft, change: Change): Value {
  const rest = value as Rest;
  switch (rest.op) {
    case "call": {
      const receiver = rest.receiver === undefined ? {} : { receiver: change(rest.receiver) };
      const args = mapItems(rest.args, change);
      return { ...rest, callee: change(rest.callee), ...receiver, args, ...mapWhen(rest.when, change) };
    }
    case "new": {
      const args = mapItems(rest.args, change);
      return { ...rest, callee: change(rest.callee), args, ...mapWhen(rest.when, change) };
    }
    case "tagged": {
      const receiver = rest.receiver === undefined ? {} : { receiver: change(rest.receiver) };
      return { ...rest, tag: change(rest.tag), ...receiver, args: rest.args.map(change) };
    }
    case "closure":
      return { ...rest, captures: rest.captures.map((item) => mapCapture(item, change)) };
    case "class": {
      const superclass = rest.superclass === undefined ? {} : { superclass: change(rest.superclass) };
      return { ...rest, ...superclass, captures: rest.captures.map((item) => mapCapture(item, change)) };
    }
    case "decorated":
      return { ...rest, decorators: rest.decorators.map(change) };
    case "decorated-class":
      return { ...rest, value: change(rest.value), decorators: rest.decorators.map(change) };
    case "jsx": {
      const component = rest.component === undefined ? {} : { component: change(rest.component) };
      return { ...rest, ...component, props: change(rest.props) };
    }
    default:
      return value;
  }
}

export function mapThrow({ value, when }: Throw, change: Change): Throw {
  return { value: change(value), ...mapWhen(when, change) };
}

function mapWhen(when: readonly Condition[] | undefined, change: Change) {
  return when && { when: when.map((each) => ({ ...each, value: change(each.value) })) };
}

function mapItems(items: readonly Item[], change: Change): Item[] {
  return items.map((item) => ({ ...item, value: change(item.value) }));
}

function mapEntry(entry: ObjectEntry, change: Change): ObjectEntry {
  if ("spread" in entry) return { ...entry, spread: change(entry.spread) };
  if ("dynamicKey" in entry) return { dynamicKey: change(entry.dynamicKey), value: change(entry.value) };
  return { ...entry, value: change(entry.value) };
}

function mapCapture(capture: Capture, change: Change): Capture {
  return capture.value === undefined ? capture : { ...capture, value: change(capture.value) };
}
