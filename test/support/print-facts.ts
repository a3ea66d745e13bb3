import type {
  Capture,
  Condition,
  FileFacts,
  FunctionFacts,
  Item,
  Test,
  TypeRef,
  Value,
} from "../../src/engine/extract/index.ts";

/** A file's facts as text: one line per value, `%3 = load %1 .email`. */
export function printFacts(facts: FileFacts): string {
  return facts.functions.map((one) => printFunction(one)).join("\n\n");
}

/** One function's graph. The head says its kind, name and index. */
export function printFunction(facts: FunctionFacts): string {
  const name = facts.name === "" ? "" : ` ${facts.name}`;
  const lines = [`${facts.kind}${name} #${facts.index}`];
  facts.values.forEach((value, id) => {
    const hint = value.name === undefined ? "" : ` (${value.name})`;
    lines.push(`  %${id} = ${printValue(value)}${hint}`);
  });
  const list = (word: string, ids: readonly number[]) => {
    if (ids.length > 0) lines.push(`  ${word} ${ids.map(ref).join(" ")}`);
  };
  list("returns", facts.returns);
  if (facts.throws.length > 0)
    lines.push(`  throws ${facts.throws.map((each) => `${ref(each.value)}${when(each.when)}`).join(" ")}`);
  list("yields", facts.yields);
  if (facts.accepted !== undefined) list(`accepted ${facts.accepted.at ?? ""}`, [facts.accepted.value]);
  if (facts.finalThis !== undefined) list("final this", [facts.finalThis]);
  facts.finalParams?.forEach((id, index) => {
    if (id !== null) list(`final param ${index}`, [id]);
  });
  return lines.join("\n");
}

const ref = (id: number) => `%${id}`;

const items = (list: readonly Item[]) =>
  list.map((item) => `${item.spread ? "..." : ""}%${item.value}`).join(", ");

const captures = (list: readonly Capture[]) =>
  list.length === 0
    ? ""
    : ` captures ${list
        .map(({ cell, value }) => `${cell.owner}:${cell.name}${value === undefined ? "" : `=%${value}`}`)
        .join(" ")}`;

const when = (conditions: readonly Condition[] = []) =>
  conditions.map(({ value, test }) => ` when %${value} is ${printTest(test)}`).join("");
function printTest(test: Test): string {
  if ("truthy" in test) return test.truthy ? "truthy" : "falsy";
  const among = [...test.among.map((each) => JSON.stringify(each)), ...(test.missing ? ["undefined"] : [])];
  return `${test.not ? "not " : ""}${among.join(" or ")}`;
}
const receiver = (id: number | undefined) => (id === undefined ? "" : ` on %${id}`);

function printValue(value: Value): string {
  switch (value.op) {
    case "param":
      return `param ${value.index}`;
    case "const":
      return `const ${JSON.stringify(value.value)}`;
    case "global":
      return `global ${value.variable}`;
    case "import":
      return `import ${value.imported} from ${value.specifier}`;
    case "cell":
      return `cell ${value.cell.owner}:${value.cell.name}`;
    case "import-write":
      return `import-write ${value.imported} of ${value.specifier} = %${value.value}`;
    case "cell-write":
      return `cell-write ${value.cell.owner}:${value.cell.name} %${value.value}`;
    case "load":
      return `load %${value.object} .${value.key}`;
    case "load-dynamic":
      return `load %${value.object} [%${value.key}]`;
    case "store":
      return `store %${value.object} .${value.key} = %${value.value}`;
    case "store-dynamic":
      return `store %${value.object} [%${value.key}] = %${value.value}`;
    case "elements":
      return `elements %${value.object} = %${value.value}`;
    case "delete":
      return `delete %${value.object} .${value.key}`;
    case "object":
      return `object { ${value.entries.map(printEntry).join(", ")} }`;
    case "array":
      return `array [${items(value.items)}]`;
    case "concat":
      return `concat ${value.parts.map(ref).join(" ")}`;
    case "phi":
      return `phi ${value.inputs.map(ref).join(" ")}`;
    case "call":
      return `call %${value.callee}(${items(value.args)})${receiver(value.receiver)}${when(value.when)}`;
    case "new":
      return `new %${value.callee}(${items(value.args)})${when(value.when)}`;
    case "tagged":
      return `tagged %${value.tag}(${value.args.map(ref).join(", ")})${receiver(value.receiver)}`;
    case "closure":
      return `closure #${value.function}${captures(value.captures)}`;
    case "class":
      return `class ${value.class}${value.superclass === undefined ? "" : ` extends %${value.superclass}`}${captures(value.captures)}`;
    case "decorated":
      return `decorated ${value.member} of class ${value.class} by ${value.decorators.map(ref).join(" ")}`;
    case "decorated-class":
      return `decorated %${value.value} by ${value.decorators.map(ref).join(" ")}`;
    case "await":
      return `await %${value.value}`;
    case "yield":
      return `yield${value.delegate ? "*" : ""}${value.value === undefined ? "" : ` %${value.value}`}`;
    case "rest":
      return `rest %${value.object} without ${value.without.join(" ")}`;
    case "slice":
      return `slice %${value.array} from ${value.from}`;
    case "key":
      return `key %${value.object}`;
    case "element":
      return `element %${value.iterable}`;
    case "post":
      return `post %${value.before} of %${value.call} ${value.port}`;
    case "caught":
      return `caught calls [${value.calls.map(ref).join(" ")}] thrown [${value.thrown.map(ref).join(" ")}]`;
    case "jsx":
      return `jsx ${value.tag}${value.component === undefined ? "" : ` by %${value.component}`} %${value.props}`;
    case "judged":
      return `judged %${value.value} by %${value.call} argument ${value.argument} ${value.holds === "returns" ? "returns" : value.holds ? "holds" : "fails"}`;
    case "instance-of":
      return `instance %${value.value} of %${value.class} ${value.holds ? "holds" : "fails"}`;
    case "narrowed":
      return `narrowed %${value.value} to ${typeof value.to === "string" ? value.to : `%${value.to}`}`;
    case "listed":
      return `listed %${value.value} by %${value.key} in %${value.list} ${value.how} ${value.holds ? "holds" : "fails"}${value.ignoreCase ? " in any case" : ""}`;
    case "pattern":
      return `pattern /${value.source}/${value.flags}`;
    case "typed":
      return `typed %${value.value} as ${printType(value.type)}${(value.tags ?? []).map((tag) => ` @${tag.name} ${tag.text}`).join("")}`;
    default:
      return value.op;
  }
}

type Entry = Extract<Value, { op: "object" }>["entries"][number];

function printEntry(entry: Entry): string {
  if ("spread" in entry) return `...%${entry.spread}`;
  return "dynamicKey" in entry ? `[%${entry.dynamicKey}]: %${entry.value}` : `${entry.key}: %${entry.value}`;
}

/** A type in one line of TypeScript. */
export function printType(type: TypeRef): string {
  const list = (types: readonly TypeRef[], separator: string) => types.map(printType).join(separator);
  switch (type.kind) {
    case "name":
      return type.args.length === 0 ? type.name : `${type.name}<${list(type.args, ", ")}>`;
    case "keyword":
      return type.name;
    case "literal":
      return JSON.stringify(type.value);
    case "array":
      return `${printType(type.of)}[]`;
    case "tuple":
      return `[${list(type.of, ", ")}]`;
    case "object":
      return `{ ${type.members.map((member) => `${member.name}${member.optional ? "?" : ""}: ${printType(member.type)}`).join("; ")} }`;
    case "union":
      return list(type.of, " | ");
    case "intersection":
      return list(type.of, " & ");
    case "function":
      return `(${list(type.params, ", ")}) => ${printType(type.returns)}`;
    case "indexed":
      return `${printType(type.object)}[${printType(type.key)}]`;
    case "keyof":
      return `keyof ${printType(type.of)}`;
    case "typeof":
      return `typeof ${type.name}`;
    case "other":
      return "?";
  }
}
