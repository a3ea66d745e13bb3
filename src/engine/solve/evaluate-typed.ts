import type { TypeRef, Value, ValueId } from "../extract/index.ts";
import type { ApiNode } from "./api-node.ts";
import { functionsOf } from "./call-callbacks.ts";
import { nameOf, shapeAt, siteOf } from "./evaluation.ts";
import { isAskedFor } from "./exact-type.ts";
import { withoutRecords } from "./narrow-to-type.ts";
import { ownRules } from "./parameter-models.ts";
import { empty, hasAtom, join, load, type Shape } from "./shape.ts";
import type { Evaluation } from "./solver.ts";
import { sourceOf } from "./source-shape.ts";
import { shapeOfType } from "./type-shape.ts";

/** A declared type adds what it says of the fields; it takes nothing away that is known. */
export function evaluateTyped(
  evaluation: Evaluation,
  value: Extract<Value, { op: "typed" }>,
  id: ValueId,
): Shape {
  const shape = shapeAt(evaluation, value.value);
  const site = siteOf(evaluation, id);
  const owner = value.name ?? nameOf(evaluation, value.value);
  const tagged = value.tags?.find((tag) => tag.name === "pii")?.text;
  if (tagged) {
    return join(
      shape,
      sourceOf(
        {
          site,
          dataType: tagged,
          expression: owner,
          confidence: "high",
          because: `\`${owner}\` is marked @pii ${tagged}`,
        },
        false,
        undefined,
      ),
    );
  }
  const open = someOpen(shape) && !isAskedFor(shape);
  const typed = shapeOfType(
    evaluation.solver,
    { file: evaluation.node.file, type: value.type },
    { owner, site, unless: undefined, depth: 0 },
  );
  teachHandlers(evaluation, shape, typed);
  if (open) return join(typed === empty ? shape : withoutRecords(shape), typed);
  if (typed === empty) return shape;
  return join(shape, isGenericInstance(shape, value.type) ? typed : withoutTypes(typed));
}

/** A function, or an object of functions, that is declared as what a library calls: `const list: RequestHandler = …`. */
function teachHandlers({ solver }: Evaluation, shape: Shape, typed: Shape): void {
  for (const { atom } of typed.atoms.values()) {
    if (atom.kind !== "api") continue;
    teach(atom.node, shape);
    for (const [key, member] of atom.node.members) teach(member, load(shape, key));
  }

  function teach(node: ApiNode, value: Shape): void {
    const rules = node.typed.length + node.sources.length > 0 ? ownRules(node) : [];
    for (const { index, rule } of rules)
      for (const id of functionsOf(value)) solver.parameters.learn(id, index, rule);
  }
}

function someOpen(shape: Shape): boolean {
  return hasAtom(
    shape,
    (atom) =>
      atom.kind === "open" || atom.kind === "sym" || atom.kind === "library" || atom.kind === "global",
  );
}

/** `new Store<User>()`: the object does not say what its class's type parameters are. */
function isGenericInstance(shape: Shape, type: TypeRef): boolean {
  if (type.kind !== "name" || type.args.length === 0) return false;
  for (const { atom } of shape.atoms.values()) if (atom.kind === "instance") return true;
  return false;
}

/** Of a value that is fully known, a declared type still says which class or library type it is. */
function withoutTypes(shape: Shape): Shape {
  const kept = [...shape.atoms].filter(([, { atom }]) => atom.kind === "instance" || atom.kind === "api");
  return { atoms: new Map(kept), fields: undefined };
}
