import type { Catalog, Rule } from "../base/catalog.ts";
import { limits } from "../base/limits.ts";
import type { Location } from "../base/location.ts";
import type { Flow, Place, Site, Step } from "../solve/index.ts";
import { compareLocations } from "./compare.ts";
import type { TraceStep } from "./finding.ts";
import { joinWords, lowerFirst, nameOfPlace, quote } from "./plain-words.ts";

/** What a message speaks of. */
export interface Said {
  readonly dataTypes: readonly string[];
  readonly sinkKind: string;
  readonly sink: string;
  readonly bulk: boolean;
  readonly residency: string | undefined;
  /** Jurisdictions; may repeat. */
  readonly places: readonly string[];
  /** The places are those of clients that are configured with nothing else. */
  readonly onlyByDefault?: boolean;
  /** The official channel that it should have taken. */
  readonly bypassed?: string | undefined;
  /** The function that it stands in, when nothing calls that. */
  readonly uncalled?: string | undefined;
}

/** Everything that is said in words, in the terms of one catalog. */
export interface Wording {
  /** One sentence. */
  message(rule: Rule, said: Said): string;
  /** A data type's title: `E-mail address`. */
  title(dataType: string): string;
  /** Data types inside a sentence: `e-mail address and phone number`. */
  list(dataTypes: readonly string[]): string;
  /** What happens to data at a sink kind: `written to a log`. */
  verb(sinkKind: string): string;
  trace(flow: Flow, locate: (site: Site) => Location): TraceStep[];
  /** From what told a place to where the client is made. */
  placeTrace(place: Place, locate: (site: Site) => Location): TraceStep[];
  /** What becomes of the data in the end: `written to a log by `logger.info``. */
  end(flow: Flow): string;
}

/** Data types that a message names before it counts the others. */
const namedAtMost = 3;

export function createWording(catalog: Catalog): Wording {
  const titles = new Map(catalog.dataTypes.map(({ id, title }) => [id, title]));
  const verbs = new Map(catalog.sinkKinds.map(({ id, verb }) => [id, verb]));
  const jurisdictions = new Map(catalog.jurisdictions.map(({ id, title }) => [id, title]));
  const title = (dataType: string) => titles.get(dataType) ?? dataType;
  const list = (dataTypes: readonly string[]) =>
    joinWords(
      dataTypes.map((type) => lowerFirst(title(type))),
      namedAtMost,
    );
  const place = (id: string) =>
    id === "unknown" ? "a place that could not be told" : nameOfPlace(jurisdictions.get(id) ?? id);

  return {
    title,
    list,
    message,
    placeTrace,
    verb: verbOf,
    end: (flow) => `${verbOf(flow.sink.kind)} by ${quote(flow.steps.at(-1)?.name || flow.sink.name)}`,
    trace: (flow, locate) => capTrace(mergeHops(flow.steps.map((step) => stepOf(step, flow, locate)))),
  };

  function message(rule: Rule, said: Said): string {
    const { residency, bulk, onlyByDefault } = said;
    const names = joinWords(
      said.dataTypes.map((type, i) => (i === 0 ? title(type) : lowerFirst(title(type)))),
      namedAtMost,
    );
    let text = rule.message;
    if (residency === undefined) text = text.replace(" of people in {residency}", "");
    if (bulk) {
      text = text.includes("of people")
        ? text.replace("of people", "of many people")
        : text.replace("{dataTypes}", "{dataTypes} of many people at once");
    }
    if (said.dataTypes.length > 1) text = text.replace(" is {sink}", " are {sink}");
    if (onlyByDefault) text = text.replace(/\.$/, ", unless another place is configured.");
    const use = said.bypassed === undefined ? "" : ` The official channel there is ${quote(said.bypassed)}.`;
    const dead =
      said.uncalled === undefined
        ? ""
        : ` Nothing in the workspace calls ${named(said.uncalled, "this function")}.`;
    // A replacement function, because names of code may hold `$`.
    return text
      .replace(/(, unless .*)?\.$/, (_, unless = "") => ` by ${quote(said.sink)}${unless}.`)
      .replace("{dataTypes}", () => names)
      .replace("{sink}", () => verbOf(said.sinkKind))
      .replace("{residency}", () => place(residency ?? ""))
      .replace("{place}", () => joinWords([...new Set(said.places)].map(place)))
      .concat(use, dead);
  }

  /** The verb of the nearest kind that has one: a user's own kind `log.audit` is worded as a `log`. */
  function verbOf(kind: string): string {
    const verb = verbs.get(kind);
    if (verb !== undefined) return verb;
    const dot = kind.lastIndexOf(".");
    return dot < 0 ? `sent to a sink of kind ${quote(kind)}` : verbOf(kind.slice(0, dot));
  }

  function placeTrace(place: Place, locate: (site: Site) => Location): TraceStep[] {
    const hops = place.steps.map((step) => ({ location: locate(step.site), text: hopText(step) }));
    const written = place.fallback ? `${place.because}, which is a default` : place.because;
    const made = place.made ? [{ location: locate(place.made), text: "the client is made with it" }] : [];
    return mergeHops([{ location: locate(place.evidence), text: written }, ...hops, ...made]);
  }

  function stepOf(step: Step, flow: Flow, locate: (site: Site) => Location): TraceStep {
    return { location: locate(step.site), text: textOf(step, flow) };
  }

  function textOf(step: Step, flow: Flow): string {
    const { kind, name } = step;
    if (kind === "source")
      return `${lowerFirst(title(flow.source.dataType))} comes from ${named(name, "here")}`;
    if (kind === "sink") return `${verbOf(flow.sink.kind)} by ${named(name, "this call")}`;
    return hopText(step);
  }
}

/** Functions without a name, and elements that no key names, are told by what they are. */
function named(name: string, otherwise: string): string {
  return name === "" || name === "*" ? otherwise : quote(name);
}

/** What happens between the two ends of a way. */
function hopText({ kind, name, as }: Step): string {
  switch (kind) {
    case "passed":
      return `passed to ${named(name, "a function")}${as === undefined || as === "" ? "" : ` as ${quote(as)}`}`;
    case "returned":
      return `returned by ${named(name, "a function")}`;
    case "stored":
      return name === "" || name === "*" ? "stored as an element" : `stored in field ${quote(name)}`;
    case "captured":
      return `captured by ${named(name, "an inner function")}`;
    case "thrown":
      return "thrown";
    case "caught":
      return name === "" ? "caught" : `caught as ${quote(name)}`;
    case "through":
      return `passed through ${named(name, "a call")}`;
    default:
      return "";
  }
}

/** Hops at one place are told as one: a reader looks there once. */
function mergeHops(steps: readonly TraceStep[]): TraceStep[] {
  const merged: TraceStep[] = [];
  for (const step of steps) {
    const last = merged.at(-1);
    if (!last || compareLocations(last.location, step.location) !== 0) merged.push(step);
    else if (last.text !== step.text)
      merged[merged.length - 1] = { location: last.location, text: `${last.text}, ${step.text}` };
  }
  return merged;
}

/** A very long trace loses its middle: the ends say what is exposed and where. */
function capTrace(steps: TraceStep[]): TraceStep[] {
  const leftOut = steps.length - limits.traceSteps;
  if (leftOut <= 0) return steps;
  const half = limits.traceSteps / 2;
  const [next, ...rest] = steps.slice(half + leftOut) as [TraceStep, ...TraceStep[]];
  return [...steps.slice(0, half), { ...next, text: `${leftOut} steps later: ${next.text}` }, ...rest];
}
