import type { TypeRef } from "../extract/index.ts";
import type { FunctionNode, LocatedType } from "../link/index.ts";
import { applySummary } from "./apply-summary.ts";
import { type Atom, openAtom } from "./atom.ts";
import { bindByArguments } from "./bind-by-arguments.ts";
import type { Port } from "./port.ts";
import { isCallersSelection, selectFields, selectsFields } from "./select-fields.ts";
import { empty, hasAtom, join, joinAll, ofAtom, type Shape, store } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { shapeOfType } from "./type-shape.ts";

/** Functions that one call through an interface may lead to; more of them say little, and cost much. */
const mostImplementers = 12;

export function isDeclared(callee: Shape): boolean {
  return hasAtom(callee, (atom) => atom.kind === "declared");
}

/** A call through a declared type, such as an interface, reaches all that implements it. Absent: nothing does. */
export function callImplementers(evaluation: Evaluation, site: CallSite): Shape | undefined {
  const nodes = new Set<FunctionNode>();
  for (const { atom } of site.callee.atoms.values())
    if (atom.kind === "declared") for (const node of implementersOf(evaluation, atom)) nodes.add(node);
  const some = [...nodes].slice(0, mostImplementers);
  const { calls, decoratedMember } = evaluation.solver;
  const results = some.map((node) => {
    const callee = decoratedMember(node.id);
    return callee ? calls.callShape(evaluation, { ...site, callee }) : applySummary(evaluation, node, site);
  });
  return results.length === 0 ? undefined : joinAll(results);
}

function implementersOf(
  { solver: { program } }: Evaluation,
  { of }: Extract<Atom, { kind: "declared" }>,
): readonly FunctionNode[] {
  if (of?.type.type.kind !== "name") return [];
  return program.methodsOf(program.typeTarget(of.type.file, of.type.type), of.member);
}

/** Where a result is not known, what the callee is declared to return says more; type arguments say it of `T`. */
export function withDeclaredResult(evaluation: Evaluation, site: CallSite, result: Shape): Shape {
  if (!result.atoms.has(openAtom.key)) return result;
  const declared = declaredResult(evaluation, site, undefined);
  return join(declared !== empty && givesRows(site.callee) ? ofAtom(openAtom) : result, declared);
}

/** What a client of a database gives is what its schema says, and not what it was asked with. */
function givesRows(callee: Shape): boolean {
  return hasAtom(
    callee,
    (atom) =>
      atom.kind === "declared" && atom.type.type.kind === "function" && selectsFields(atom.type.type.params),
  );
}

/** A database is asked, and only a caller knows for what. */
export function asksForCaller({ callee, args }: CallSite): boolean {
  return args[0] !== undefined && givesRows(callee) && isCallersSelection(args[0]);
}

export function declaredResult(evaluation: Evaluation, site: CallSite, unless: Port | undefined): Shape {
  const { program } = evaluation.solver;
  const context = { owner: site.name, site: site.call, unless, depth: 0 };
  const { file } = evaluation.node;
  const parts: Shape[] = [];
  let known = false;
  const returned = (at: LocatedType, typeParams: readonly string[], params: readonly TypeRef[]) => {
    known = true;
    const type = site.typeArgs
      ? program.bindType(at.type, typeParams, site.typeArgs, file)
      : bindByArguments(program, at.type, typeParams, params, site.args);
    const shape = shapeOfType(evaluation.solver, { file: at.file, type }, context);
    const { solver } = evaluation;
    parts.push(selectsFields(params) ? selectFields(solver, shape, site.args[0] ?? empty) : shape);
  };
  for (const { atom } of site.callee.atoms.values()) {
    if (atom.kind === "declared" && atom.type.type.kind === "function") {
      const { returns, typeParams, params } = atom.type.type;
      returned({ file: atom.type.file, type: returns }, typeParams ?? [], params);
    }
    const node = atom.kind === "function" ? program.functions[atom.id] : undefined;
    if (!node?.facts.returnType || !node.facts.typeParams) continue;
    const params = node.facts.params.map(({ type }) => type ?? { kind: "other" as const });
    returned({ file: node.file, type: node.facts.returnType }, node.facts.typeParams, params);
  }
  return known ? joinAll(parts) : explicitResult(evaluation, site.typeArgs, context);
}

/** `query<User>("…")` of unknown code gives a user, or something that holds one. */
function explicitResult(
  { solver, node }: Evaluation,
  typeArgs: readonly TypeRef[] | undefined,
  context: Parameters<typeof shapeOfType>[2],
): Shape {
  const [first] = typeArgs ?? [];
  if (!first) return empty;
  const given = { file: node.file, type: first };
  const shape = shapeOfType(solver, given, context);
  if (shape === empty) return empty;
  const holds = (key: string) => !solver.program.memberType(given.file, first, key);
  return holders.filter(holds).reduce((at, key) => store(at, key, shape), shape);
}

/** Where results of unknown code keep what they are typed for: `useQuery<User>().data`, `useRef<User>().current`. */
const holders = ["data", "current"];
