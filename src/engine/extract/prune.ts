import type { FunctionFacts, Value, ValueId } from "./facts.ts";
import type { FunctionBuilder } from "./function-builder.ts";
import { mapOperands, mapThrow } from "./operands.ts";
import type { Draft, ValueList } from "./value-list.ts";

interface Ends {
  readonly self?: ValueId;
  readonly params: readonly (ValueId | null)[];
}

type Graph = Pick<FunctionFacts, "values" | "returns" | "throws" | "yields" | "accepted"> & Ends;

/** The values of a finished function that matter: those that have an effect, or that such a one uses; numbered anew. */
export function pruneValues(builder: FunctionBuilder, final: Ends): Graph {
  const { values } = builder;
  dropTrivialPhis(values);
  const used = markUsed(builder, final);
  const order: ValueId[] = [];
  for (const id of values.prologue) if (used.has(id)) order.push(id);
  for (let id = 0; id < values.drafts.length; id++)
    if (used.has(id) && !values.prologue.has(id)) order.push(id);
  const places = new Map(order.map((id, place) => [id, place]));
  const place = (id: ValueId): ValueId => places.get(values.resolve(id)) as ValueId;
  return {
    values: order.map((id) => finish(values, id, place)),
    returns: distinct(builder.returns, place),
    throws: builder.throws.map((each) => mapThrow(each, place)),
    yields: distinct(builder.yields, place),
    ...(builder.accepted !== undefined && {
      accepted: { ...builder.accepted, value: place(builder.accepted.value) },
    }),
    ...(final.self !== undefined && { self: place(final.self) }),
    params: final.params.map((param) => (param === null ? null : place(param))),
  };
}

function distinct(ids: readonly ValueId[], place: (id: ValueId) => ValueId): ValueId[] {
  return [...new Set(ids.map(place))];
}

/** Dropping one phi may make another one trivial. */
function dropTrivialPhis(values: ValueList): void {
  for (let dropped = true; dropped; ) {
    dropped = false;
    for (const phi of values.phis.keys()) if (values.dropTrivialPhi(phi)) dropped = true;
  }
}

function markUsed(builder: FunctionBuilder, final: Ends): Set<ValueId> {
  const { values } = builder;
  const used = new Set<ValueId>();
  const pending: ValueId[] = [...builder.returns, ...builder.yields, ...builder.kept];
  if (final.self !== undefined) pending.push(final.self);
  if (builder.accepted !== undefined) pending.push(builder.accepted.value);
  for (const param of final.params) if (param !== null) pending.push(param);
  values.drafts.forEach((draft, id) => {
    if (values.resolve(id) === id && hasEffect(values, draft)) pending.push(id);
  });
  const mark = (id: ValueId): ValueId => {
    pending.push(id);
    return id;
  };
  for (const each of builder.throws) mapThrow(each, mark);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const id = values.resolve(next);
    if (used.has(id)) continue;
    used.add(id);
    mapOperands(values.draft(id), mark);
  }
  return used;
}

function hasEffect(values: ValueList, draft: Draft): boolean {
  switch (draft.op) {
    case "call":
    case "new":
    case "tagged":
    case "cell-write":
    case "import-write":
    case "jsx":
    case "decorated":
    case "decorated-class":
    case "yield":
    case "param":
    case "caught":
      return true;
    case "await":
      return hasEffect(values, values.draft(draft.value));
    default:
      return false;
  }
}

function finish(values: ValueList, id: ValueId, place: (id: ValueId) => ValueId): Value {
  const value = mapOperands(values.draft(id), place);
  const name = values.names.get(id);
  const named = name === undefined ? value : { ...value, name };
  return named.op === "phi" ? { ...named, inputs: [...new Set(named.inputs)] } : named;
}
