import type { Value, ValueId } from "../extract/index.ts";
import { type ApiNode, keysOf, memberNodes, type SinkAt } from "./api-node.ts";
import { argumentSite } from "./call-site.ts";
import { clientOf } from "./client-places.ts";
import { loadPath } from "./evaluate-load.ts";
import { expressionOf, nameOf, shapeAt, siteOf } from "./evaluation.ts";
import type { Site } from "./flow.ts";
import { empty, type Shape, someAtom } from "./shape.ts";
import { carriesData } from "./sink-data.ts";
import { addHit } from "./sink-hits.ts";
import type { Evaluation } from "./solver.ts";

/** `cell.value = …`, `document.cookie = …`: what is assigned to a property that a model names arrives at a sink. */
export function sinkAssigned(
  evaluation: Evaluation,
  value: Extract<Value, { op: "store" }>,
  id: ValueId,
): void {
  const { solver } = evaluation;
  if (!solver.graph.assignedKeys.has(value.key)) return;
  const data = shapeAt(evaluation, value.value);
  if (!someAtom(data, carriesData)) return;
  const object = shapeAt(evaluation, value.object);
  const site = siteOf(evaluation, id);
  for (const { node, guessed } of propertyNodes(evaluation, value)) {
    for (const sink of node.sinks) {
      if (sink.port[0]?.word !== "Assigned") continue;
      addSink(evaluation, {
        sink,
        data: loadPath(solver, data, keysOf(sink.port.slice(1))),
        name: `${expressionOf(evaluation, value.object)}.${value.key}`,
        site,
        argument: assignedSite(evaluation, value.value, site),
        client: clientOf(evaluation, { self: object, callee: empty, call: site }),
        guessed,
      });
    }
  }
}

function propertyNodes(
  evaluation: Evaluation,
  value: Extract<Value, { op: "store" }>,
): { node: ApiNode; guessed: boolean }[] {
  const { solver } = evaluation;
  const found: { node: ApiNode; guessed: boolean }[] = [];
  let known = false;
  for (const { atom } of shapeAt(evaluation, value.object).atoms.values()) {
    if (atom.kind === "instance") {
      known = true;
      const { file, facts } = solver.classOf(atom.id);
      for (const instance of solver.declared.instance(file, facts.name))
        for (const node of memberNodes(instance, value.key)) found.push({ node, guessed: false });
    } else if (atom.kind === "api") {
      known = true;
      for (const node of memberNodes(atom.node, value.key)) found.push({ node, guessed: atom.guessed });
    }
  }
  const receiver = known ? undefined : solver.graph.receiver(nameOf(evaluation, value.object));
  if (receiver) for (const node of memberNodes(receiver, value.key)) found.push({ node, guessed: true });
  for (const { node } of found) node.seen = true;
  return found;
}

/** Where the value is written, when that is in the assignment itself. */
function assignedSite(evaluation: Evaluation, value: ValueId, whole: Site): Site {
  const site = siteOf(evaluation, value);
  const span = site.start >= whole.start && site.end <= whole.end ? site : whole;
  return argumentSite(evaluation, { value, spread: false, span });
}

/** What a function that a model or a decorator speaks of returns, where that is a sink: `Member[GET].ReturnValue`. */
export function sinkReturned(evaluation: Evaluation, decorators: readonly ApiNode[]): void {
  const { node, solver } = evaluation;
  const nodes = [...solver.declared.ofFunction(node.id), ...decorators];
  for (const each of nodes) {
    for (const sink of each.sinks) {
      const [first, next] = sink.port;
      const decorated = first?.word === "DecoratedMember" && next?.word === "ReturnValue";
      if (first?.word !== "ReturnValue" && !decorated) continue;
      for (const id of node.facts.returns) {
        const site = siteOf(evaluation, id);
        const keys = keysOf(sink.port);
        const data = loadPath(solver, shapeAt(evaluation, id), keys);
        addSink(evaluation, {
          sink,
          data,
          name: node.facts.name,
          site,
          argument: site,
          client: empty,
          guessed: false,
        });
      }
    }
  }
}

/** What models say of the decorators of a method. */
export function decoratorsOf({ node, solver }: Evaluation): readonly ApiNode[] {
  if (!solver.graph.decorates || node.facts.class === undefined) return [];
  const { members } = solver.program.classNode(node.file, node.facts.class).facts;
  const member = members.find((each) => each.function === node.facts.index);
  return member?.decorators.flatMap((each) => solver.decorators(node.file, each)) ?? [];
}

interface Arrival {
  readonly sink: SinkAt;
  readonly data: Shape;
  readonly name: string;
  readonly site: Site;
  readonly argument: Site;
  readonly client: Shape;
  readonly guessed: boolean;
}

function addSink(evaluation: Evaluation, arrival: Arrival): void {
  const { sink, data, name, site, argument, client, guessed } = arrival;
  if (!someAtom(data, carriesData)) return;
  addHit(evaluation, {
    kind: sink.kind,
    name,
    confidence: guessed ? "medium" : "high",
    origin: site,
    call: site,
    argument,
    data,
    client,
    hasPlace: client.fields !== undefined,
    channel: undefined,
  });
}
