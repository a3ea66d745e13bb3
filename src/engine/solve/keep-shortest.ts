import { lowest } from "../base/kinds.ts";
import type { Flow, Place } from "./flow.ts";

/** Adds a flow, unless a plainer one of the same data to the same sink is known. */
export function keepShortest(flows: Map<string, Flow>, flow: Flow): void {
  const { sink, source } = flow;
  // A call of a wrapper may lead to several sinks of one kind.
  const end = flow.steps.at(-1)?.site ?? sink.call;
  const key = `${sink.kind} ${end.file}:${end.start} ${sink.call.file}:${sink.call.start}:${sink.argument.start} ${source.dataType} ${source.site.file}:${source.site.start} ${source.expression} ${flow.pseudonym}`;
  const known = flows.get(key);
  if (!known) flows.set(key, flow);
  else
    flows.set(key, mergeFlows(isPlainer(flow, known) ? flow : known, isPlainer(flow, known) ? known : flow));
}

/** The same data at the same sink by another way: its client may stand elsewhere there. */
function mergeFlows(kept: Flow, other: Flow): Flow {
  const bulk = kept.sink.bulk || other.sink.bulk;
  const more = other.places.filter((place) => !kept.places.some((each) => isSamePlace(each, place)));
  const unknown = kept.placeUnknown && other.placeUnknown;
  if (more.length === 0 && bulk === kept.sink.bulk && unknown === kept.placeUnknown) return kept;
  return {
    ...kept,
    sink: bulk === kept.sink.bulk ? kept.sink : { ...kept.sink, bulk },
    places: [...kept.places, ...more],
    placeUnknown: unknown,
  };
}

function isSamePlace(one: Place, other: Place): boolean {
  return (
    one.jurisdiction === other.jurisdiction &&
    one.evidence.file === other.evidence.file &&
    one.evidence.start === other.evidence.start
  );
}

/** Surer, or as sure and shorter. */
function isPlainer(flow: Flow, other: Flow): boolean {
  const [one, two] = [flow.source.confidence, other.source.confidence];
  return one === two ? flow.steps.length < other.steps.length : lowest(one, two) === two;
}
