import type { FunctionFacts, ValueId } from "./facts.ts";
import { mapOperands } from "./operands.ts";

type Graph = Pick<FunctionFacts, "values" | "returns" | "throws" | "yields">;

/** The functions and classes that are put into variables which other functions see, and are used for nothing else here. */
export function onlyNamed({ values, returns, throws, yields }: Graph): ValueId[] {
  const named = new Set<ValueId>();
  for (const value of values) {
    if (value.op !== "cell-write") continue;
    const made = values[value.value]?.op;
    if (made === "closure" || made === "class") named.add(value.value);
  }
  if (named.size === 0) return [];
  const use = (id: ValueId): ValueId => {
    named.delete(id);
    return id;
  };
  for (const value of values) if (value.op !== "cell-write") mapOperands(value, use);
  for (const exits of [returns, throws.map(({ value }) => value), yields]) exits.forEach(use);
  return [...named];
}
