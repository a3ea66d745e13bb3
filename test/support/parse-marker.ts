import { type FactName, type FindingMarker, factNames, type MarkedSpan, type SourceLabel } from "./marker.ts";

export type ParsedMarker =
  | { readonly kind: "finding"; readonly marker: FindingMarker }
  | { readonly kind: "source"; readonly label: SourceLabel }
  | { readonly kind: "mistake"; readonly text: string };

const ruleId = /^[a-z]+(-[a-z]+)+$/;
const dataTypeId = /^[a-z]+(-[a-z]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/;
const knownWords = { MISSING: "missing", SPURIOUS: "spurious" } as const;

/** Reads the words after the carets. */
export function parseMarker(body: string, span: MarkedSpan): ParsedMarker {
  const dash = / -- | --$|^-- /.exec(body);
  const why = dash ? body.slice(dash.index + dash[0].length).trim() : undefined;
  const words = (dash ? body.slice(0, dash.index) : body).split(/\s+/).filter((word) => word !== "");
  if (why === "") return mistake("nothing follows --; write why");
  const first = words[0];
  if (first === undefined) return mistake("nothing follows the carets; write a rule id, or source#label");
  if (first.startsWith("source#")) return parseLabel(words, span);
  return parseFinding(words, span, why);
}

function parseLabel(words: readonly string[], span: MarkedSpan): ParsedMarker {
  const label = (words[0] as string).slice("source#".length);
  const dataType = words[1];
  if (!/^\w+$/.test(label)) return mistake(`"${words[0]}" is not a label; write source#1`);
  if (dataType !== undefined && !dataTypeId.test(dataType))
    return mistake(`"${dataType}" is not a data type`);
  if (words.length > 2) return mistake(`"${words[2]}" is one word too many after a source label`);
  return { kind: "source", label: { ...span, label, ...(dataType !== undefined && { dataType }) } };
}

function parseFinding(words: readonly string[], span: MarkedSpan, why: string | undefined): ParsedMarker {
  const known = Object.entries(knownWords).find(([word]) => word === words[0])?.[1];
  const [rule, ...rest] = known ? words.slice(1) : words;
  if (rule === undefined || !ruleId.test(rule)) return mistake(`"${rule ?? ""}" is not a rule id`);
  const arrow = rest.indexOf("<-");
  const parsed = sortWords(rest, arrow < 0 ? rest.length : arrow);
  if (typeof parsed === "string") return mistake(parsed);
  if (arrow >= 0 && parsed.from.length === 0) return mistake("a #label must follow <-");
  if (parsed.dataTypes.length === 0) return mistake(`a data type such as contact.email must follow ${rule}`);
  if (known && why === undefined) return mistake(`a ${words[0]} marker must say why, after --`);
  const marker = { ...span, ...parsed, rule, ...(known && { known }), ...(why !== undefined && { why }) };
  return { kind: "finding", marker };
}

function sortWords(words: readonly string[], arrow: number) {
  const dataTypes: string[] = [];
  const from: string[] = [];
  const facts: Partial<Record<FactName, string>> = {};
  for (const [index, word] of words.entries()) {
    const fact = /^(\w+)=(\S+)$/.exec(word);
    const name = factNames.find((each) => each === fact?.[1]);
    if (fact && !name) return `"${fact[1]}" cannot be asserted; write one of ${factNames.join(", ")}`;
    if (fact && name) facts[name] = fact[2] as string;
    else if (index > arrow && /^#\w+$/.test(word)) from.push(word.slice(1));
    else if (index < arrow && dataTypeId.test(word)) dataTypes.push(word);
    else if (index !== arrow) return `"${word}" is not ${index > arrow ? "a #label" : "a data type"}`;
  }
  return { dataTypes: dataTypes.sort(), from, facts };
}

function mistake(text: string): ParsedMarker {
  return { kind: "mistake", text };
}
