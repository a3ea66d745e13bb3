import type { Cell, FileFacts, FunctionIndex, Value, ValueId } from "../../src/engine/extract/index.ts";

/** Every text that a value may be, read off the graphs alone: through phis, stores, cells and what is thrown. */
export function constantsOf(facts: FileFacts, functionIndex: FunctionIndex, id: ValueId): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const pending: Place[] = [{ functionIndex, id, path: [] }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const key = `${next.functionIndex} ${next.id} ${next.path.join(".")}`;
    if (seen.has(key) || next.path.length > 4) continue;
    seen.add(key);
    const value = facts.functions[next.functionIndex]?.values[next.id];
    if (!value) continue;
    if (value.op === "const" && next.path.length === 0) found.add(String(value.value));
    pending.push(...originsOf(facts, value, next));
  }
  return found;
}

interface Place {
  readonly functionIndex: FunctionIndex;
  readonly id: ValueId;
  /** The fields that are asked for, the outermost first. */
  readonly path: readonly string[];
}

function originsOf(facts: FileFacts, value: Value, { functionIndex, path }: Place): Place[] {
  const at = (id: ValueId, rest = path): Place => ({ functionIndex, id, path: rest });
  const [field, ...rest] = path;
  switch (value.op) {
    case "phi":
      return value.inputs.map((id) => at(id));
    case "load":
      return [at(value.object, [value.key, ...path])];
    case "store":
      return field === value.key ? [at(value.value, rest)] : [at(value.object)];
    case "object":
      return value.entries.flatMap((entry) =>
        "key" in entry && entry.key === field ? [at(entry.value, rest)] : [],
      );
    case "post":
      return [at(value.before)];
    case "cell-write":
    case "listed":
      return [at(value.value)];
    case "caught":
      return [...thrownBy(facts, value.calls, at), ...value.thrown.map((id) => at(id))];
    case "cell":
      return contentsOf(facts, value.cell).map((content) => ({ ...content, path }));
    default:
      return [];
  }
}

/** All that is written to a cell, or captured as its value. */
function contentsOf(facts: FileFacts, cell: Cell): Omit<Place, "path">[] {
  const isIt = (other: Cell) => other.owner === cell.owner && other.name === cell.name;
  return facts.functions.flatMap(({ index, values }) =>
    values.flatMap((value, id) => {
      if (value.op === "cell-write") return isIt(value.cell) ? [{ functionIndex: index, id }] : [];
      if (value.op !== "closure") return [];
      return value.captures.flatMap((capture) =>
        capture.value !== undefined && isIt(capture.cell)
          ? [{ functionIndex: index, id: capture.value }]
          : [],
      );
    }),
  );
}

/** Any call may run any function of these programs, and raise what that throws. */
function thrownBy(facts: FileFacts, calls: readonly ValueId[], at: (id: ValueId) => Place): Place[] {
  if (calls.length === 0) return [];
  const { path } = at(0);
  return facts.functions.flatMap((one) =>
    one.throws.map(({ value }) => ({ functionIndex: one.index, id: value, path })),
  );
}
