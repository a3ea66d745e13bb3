import type { FileId } from "../base/location.ts";
import type { CallValue, FileFacts, FunctionFacts, Value, ValueId } from "../extract/index.ts";
import type { Binding, BindingFacts, BindingTable, Token, TokenAlias, Tokens } from "./program.ts";

const none: BindingFacts = { bindings: [], aliases: [] };

type How = Binding["how"] | "alias";

/** Nest, Angular, TSyringe: the fields of a provider. */
const providerFields: Readonly<Record<string, How>> = {
  useClass: "class",
  useValue: "value",
  useFactory: "factory",
  useExisting: "alias",
  useToken: "alias",
};

/** InversifyJS: what is called on what `bind(token)` gives. */
const binderMethods: Readonly<Record<string, How>> = {
  to: "class",
  toConstantValue: "value",
  toDynamicValue: "factory",
  toFunction: "value",
  toService: "alias",
};

/** TSyringe, TypeDI and others: what is called on a container, with a token and what it stands for. */
const containerMethods: Readonly<Record<string, How>> = {
  registerClass: "class",
  registerType: "class",
  registerSingleton: "class",
  registerInstance: "value",
  registerFactory: "factory",
  registerValue: "value",
};

/** Awilix: what wraps a registration. */
const registrations: Readonly<Record<string, How>> = {
  asClass: "class",
  asFunction: "factory",
  asValue: "value",
  aliasTo: "alias",
};

/** Dependency injection, as far as the text shows it. Which container it is does not matter: their idioms are few. */
export function bindingsOf(file: FileId, facts: FunctionFacts, tokens: Tokens): BindingFacts {
  let found: { bindings: Binding[]; aliases: TokenAlias[] } | undefined;
  const bind = (token: Token | undefined, how: How, value: ValueId | undefined) => {
    if (token === undefined || value === undefined) return;
    found ??= { bindings: [], aliases: [] };
    if (how !== "alias") found.bindings.push({ token, how, value });
    else {
      const other = tokens.ofValue(file, facts, value);
      if (other !== undefined && other !== token) found.aliases.push([token, other]);
    }
  };
  const reader = new BindingReader(file, facts, tokens, bind);
  for (const value of facts.values) {
    if (value.op === "object") reader.provider(value.entries);
    else if (value.op === "call") reader.call(value);
  }
  return found ?? none;
}

type Entries = Extract<Value, { op: "object" }>["entries"];

class BindingReader {
  private readonly file: FileId;
  private readonly facts: FunctionFacts;
  private readonly tokens: Tokens;
  private readonly bind: (token: Token | undefined, how: How, value: ValueId | undefined) => void;

  constructor(file: FileId, facts: FunctionFacts, tokens: Tokens, bind: BindingReader["bind"]) {
    this.file = file;
    this.facts = facts;
    this.tokens = tokens;
    this.bind = bind;
  }

  /** `{ provide: NOTES, useClass: ConsoleNotes }` */
  provider(entries: Entries): void {
    const token = fieldOf(entries, "provide");
    if (token !== undefined) this.provided(this.tokenOf(token), entries);
  }

  private provided(token: Token | undefined, entries: Entries): void {
    for (const [field, how] of Object.entries(providerFields)) this.bind(token, how, fieldOf(entries, field));
  }

  call(call: CallValue): void {
    const callee = this.facts.values[call.callee];
    if (callee?.op !== "load") return;
    const [first, second] = call.args.map((item) => item.value);
    const binder = Object.hasOwn(binderMethods, callee.key) ? binderMethods[callee.key] : undefined;
    if (binder || callee.key === "toSelf") this.binder(callee.object, callee.key, binder, first);
    if (first === undefined) return;
    const container = Object.hasOwn(containerMethods, callee.key) ? containerMethods[callee.key] : undefined;
    if (container) this.bind(this.tokenOf(first), container, second ?? first);
    else if (callee.key === "register") this.registered(first, second);
    else if (callee.key === "set" && second !== undefined && this.isLibrary(callee.object))
      this.bind(this.tokenOf(first), "value", second);
  }

  /** `bind<Notes>(NOTES).to(ConsoleNotes)`, also of a container: `container.bind(…)`. */
  private binder(bound: ValueId, method: string, how: How | undefined, value: ValueId | undefined): void {
    const call = this.facts.values[bound];
    const token = call?.op === "call" && this.isBind(call.callee) ? call.args[0]?.value : undefined;
    if (token === undefined) return;
    if (method === "toSelf") this.bind(this.tokenOf(token), "class", token);
    else if (how) this.bind(this.tokenOf(token), how, value);
  }

  private isBind(callee: ValueId): boolean {
    const value = this.facts.values[callee];
    const name =
      value?.op === "load"
        ? value.key
        : value?.op === "param"
          ? this.facts.params[value.index]?.name
          : value?.name;
    return name !== undefined && /^(re)?bind(Sync)?$/.test(name);
  }

  /** `register(NOTES, { useClass })`, `register("notes", asClass(Notes))`, `register({ notes: asClass(Notes) })`. */
  private registered(first: ValueId, second: ValueId | undefined): void {
    const object = this.facts.values[second ?? first];
    if (second !== undefined) {
      const token = this.tokenOf(first);
      if (object?.op === "object") this.provided(token, object.entries);
      else this.registration(token, second);
    } else if (object?.op === "object") {
      for (const entry of object.entries)
        if ("key" in entry) this.registration(this.tokens.ofText(entry.key), entry.value);
    }
  }

  /** `asClass(Notes).singleton()` */
  private registration(token: Token | undefined, id: ValueId): void {
    const value = this.facts.values[id];
    if (value?.op !== "call") return;
    const callee = this.facts.values[value.callee];
    if (callee?.op === "load" && value.receiver !== undefined) this.registration(token, value.receiver);
    const name = callee?.op === "import" ? callee.imported : callee?.op === "load" ? callee.key : "";
    const how = Object.hasOwn(registrations, name) ? registrations[name] : undefined;
    if (how) this.bind(token, how, value.args[0]?.value);
  }

  private tokenOf(id: ValueId): Token | undefined {
    return this.tokens.ofValue(this.file, this.facts, id);
  }

  /** `Container.set` of an imported container; other `set`s are those of maps. */
  private isLibrary(id: ValueId): boolean {
    const value = this.facts.values[id];
    return value?.op === "import" && /container|injector/i.test(value.name ?? value.imported);
  }
}

function fieldOf(entries: Entries, key: string): ValueId | undefined {
  for (const entry of entries) if ("key" in entry && entry.key === key) return entry.value;
  return undefined;
}

export function createBindings(
  files: ReadonlyMap<FileId, FileFacts>,
  tokens: Tokens,
  functionId: (file: FileId, index: number) => number,
): BindingTable {
  const byFunction = new Map<number, BindingFacts>();
  const binders = new Map<Token, number[]>();
  const aliases = new Map<Token, Token[]>();
  for (const [file, { functions }] of files) {
    for (const facts of functions) {
      const found = bindingsOf(file, facts, tokens);
      if (found === none) continue;
      const id = functionId(file, facts.index);
      byFunction.set(id, found);
      for (const { token } of found.bindings) push(binders, token, id);
      for (const [token, other] of found.aliases) push(aliases, token, other);
    }
  }
  return {
    of: (id) => byFunction.get(id) ?? none,
    binders: (token) => binders.get(token) ?? [],
    aliases: (token) => aliases.get(token) ?? [],
  };
}

function push<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key);
  if (!list) index.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}
