import type { Program } from "../../src/engine/link/index.ts";
import type { Summary } from "../../src/engine/solve/index.ts";
import { conditionsKey } from "../../src/engine/solve/port-condition.ts";

type Shape = Summary["returns"];
type Atom = Parameters<Parameters<Shape["atoms"]["forEach"]>[0]>[0]["atom"];

/**
 * What each function of a program does, by file and index: all that its summary says, trails apart, as lines in a fixed
 * order. Functions and classes are told by file and index too, for their ids count all files.
 */
export function printSummaries(
  program: Program,
  summaries: readonly (Summary | undefined)[],
): Map<string, string> {
  const classes = new Map<number, string>();
  for (const [file, facts] of program.files) {
    for (const { index } of facts.classes)
      classes.set(program.classNode(file, index).id, `${file}#class ${index}`);
  }
  const functionOf = (id: number) => `${program.functions[id]?.file}#${program.functions[id]?.facts.index}`;
  const nameOf = (atom: Atom) => {
    if (atom.kind === "function") return `f ${functionOf(atom.id)}`;
    if (atom.kind === "settle" || atom.kind === "home")
      return atom.key.replace(String(atom.owner), functionOf(atom.owner));
    return atom.kind === "class" || atom.kind === "instance"
      ? atom.key.replace(String(atom.id), classes.get(atom.id) ?? "")
      : atom.key;
  };
  return new Map(
    program.functions.map(({ id, file, facts }) => [
      `${file}#${facts.index} ${facts.name}`,
      printSummary(summaries[id], nameOf),
    ]),
  );
}

function printSummary(summary: Summary | undefined, nameOf: (atom: Atom) => string): string {
  if (summary === undefined) return "none";
  const print = (shape: Shape | undefined) => (shape === undefined ? "-" : printShape(shape, nameOf));
  const cells = [...summary.cells].map(([key, value]) => `cell ${key} ${print(value)}`);
  const hits = summary.hits.map(
    ({ kind, origin, call, argument, data, client }) =>
      `hit ${kind} ${origin.file}:${origin.start} at ${call.file}:${call.start},${argument.start} ${print(data)} ${print(client)}`,
  );
  const deferred = summary.deferred.map(
    ({ root, callee, receiver, args }) =>
      `deferred ${root} ${print(callee)} ${print(receiver)} (${args.map(print).join("; ")})`,
  );
  return [
    `returns ${print(summary.returns)}`,
    ...summary.throws.map(({ shape, when }) => `throws ${print(shape)} ${conditionsKey(when)}`).sort(),
    `params ${summary.params.map(print).join("; ")}`,
    `this ${print(summary.self)}`,
    ...cells.sort(),
    ...hits.sort(),
    ...deferred.sort(),
  ].join("\n");
}

function printShape({ atoms, fields }: Shape, nameOf: (atom: Atom) => string): string {
  const printed = [...atoms.values()].map(({ atom }) => nameOf(atom));
  const within = [...(fields ?? [])].map(([key, value]) => `${key}: ${printShape(value, nameOf)}`);
  return `[${printed.sort().join(", ")}${within.length > 0 ? ` {${within.sort().join(", ")}}` : ""}]`;
}
