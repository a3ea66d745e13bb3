import type { FunctionFacts, Value, ValueId } from "./facts.ts";
import { mapOperands } from "./operands.ts";

type Graph = Pick<FunctionFacts, "values" | "returns" | "throws" | "yields">;

/** Functions, variables and imports of which this function makes no other use than to call them, or to name them. */
export function onlyCalled({ values, returns, throws, yields }: Graph): ValueId[] {
  const used = new Set<ValueId>();
  const use = (id: ValueId): ValueId => {
    used.add(id);
    return id;
  };
  for (const value of values) mapOperands(withoutCallee(value, values), use);
  for (const exits of [returns, throws.map(({ value }) => value), yields]) exits.forEach(use);
  return values.flatMap(({ op }, id) =>
    (op === "closure" || op === "cell" || op === "import") && !used.has(id) ? [id] : [],
  );
}

/** A value without the operands that are no use of a function but a call of it, or a name for it. */
function withoutCallee(value: Value, values: readonly Value[]): Value {
  switch (value.op) {
    case "call":
    case "new":
      return { ...value, callee: -1 };
    case "jsx":
      return { ...value, component: -1 };
    case "closure":
    case "class":
      return { ...value, captures: [] };
    case "cell-write":
      return values[value.value]?.op === "closure" ? { ...value, value: -1 } : value;
    default:
      return value;
  }
}
