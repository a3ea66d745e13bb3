import type { FileId } from "../base/location.ts";
import type { Cell, DecoratorFacts, FileFacts, Value, ValueId } from "../extract/index.ts";
import { createHandedOut, type HandedOut } from "./handed-out.ts";
import type { OutsideUse } from "./outside-use.ts";
import type { ClassNode, FunctionNode, ImportTarget, Program, TypeScope } from "./program.ts";

export interface UncalledParts
  extends Pick<
    Program,
    "files" | "functions" | "functionId" | "classNode" | "importTarget" | "exportTarget" | "typeTarget"
  > {
  readonly outside: OutsideUse;
  readonly scope: TypeScope;
}

/** Methods that the language, its platforms and containers of services call by their names. */
const protocols = [
  ..."[computed] dispose handleEvent next return then throw toJSON toString valueOf".split(" "),
  ..."canActivate catch intercept transform use validate".split(" "),
  ..."onModuleInit onModuleDestroy onApplicationBootstrap beforeApplicationShutdown onApplicationShutdown".split(
    " ",
  ),
];

/**
 * The functions to which nothing leads: no code that runs reads the variable that holds them, imports them, hands them on
 * or names them as a member, and nothing outside may know them, as far as that can be seen. Members are told apart by
 * their names alone.
 */
export function findUncalled(parts: UncalledParts): ReadonlySet<number> {
  const walk = new Walk(parts);
  walk.run();
  return new Set(parts.functions.flatMap(({ id }) => (walk.reached.has(id) ? [] : [id])));
}

class Walk {
  readonly reached = new Set<number>();
  private readonly queue: FunctionNode[] = [];
  private readonly classes = new Set<ClassNode>();
  private readonly wholes = new Set<ClassNode>();
  private readonly listed = new Set<FileId>();
  /** Variables that are read, and names that are mentioned. */
  private readonly known = new Set<string>();
  private readonly waiting = new Map<string, (() => void)[]>();
  private readonly parts: UncalledParts;
  private readonly handedOut: HandedOut;

  constructor(parts: UncalledParts) {
    this.parts = parts;
    this.handedOut = createHandedOut(parts);
  }

  run(): void {
    for (const name of protocols) this.know(memberKey(name));
    for (const [file, facts] of this.parts.files) this.start(file, facts);
    for (let next = this.queue.pop(); next; next = this.queue.pop()) this.visit(next);
  }

  /** A module's body runs. A script's functions are seen by others, as its variables are. */
  private start(file: FileId, { functions, imports, exports }: FileFacts): void {
    const isScript = imports.length === 0 && exports.length === 0;
    for (const { index } of functions) if (index === 0 || isScript) this.reach(file, index);
    for (const each of exports) {
      const name = each.kind === "star" ? "*" : each.exported;
      if (!this.parts.outside.ofExport(file, name)) continue;
      const target =
        each.kind === "star"
          ? this.parts.importTarget(file, each.specifier, "*")
          : this.parts.exportTarget(file, name);
      if (target) this.reachTarget(target);
      const made = target?.kind === "cell" ? this.handedOut.classNamed(target.file, target.name) : undefined;
      if (made) this.reachWhole(made);
    }
  }

  private reach(file: FileId, index: number): void {
    const id = this.parts.functionId(file, index);
    const node = this.parts.functions[id];
    if (!node || this.reached.has(id)) return;
    this.reached.add(id);
    this.queue.push(node);
  }

  private know(key: string): void {
    if (this.known.has(key)) return;
    this.known.add(key);
    const tasks = this.waiting.get(key);
    this.waiting.delete(key);
    for (const task of tasks ?? []) task();
  }

  private when(key: string, task: () => void): void {
    if (this.known.has(key)) task();
    else {
      const tasks = this.waiting.get(key);
      if (tasks) tasks.push(task);
      else this.waiting.set(key, [task]);
    }
  }

  private visit(node: FunctionNode): void {
    const { file, facts } = node;
    for (const { decorators } of facts.params) this.reachDecorators(file, decorators);
    for (const [id, value] of facts.values.entries()) this.visitValue(node, value, id);
  }

  private visitValue(node: FunctionNode, value: Value, id: ValueId): void {
    const { file, facts } = node;
    switch (value.op) {
      case "closure":
      case "class":
        if (!facts.onlyNamed?.includes(id)) this.reachMade(file, value);
        break;
      case "cell-write": {
        const made = facts.onlyNamed?.includes(value.value) ? facts.values[value.value] : undefined;
        if (made) this.when(cellKey(file, value.cell), () => this.reachMade(file, made));
        break;
      }
      case "cell":
        this.know(cellKey(file, value.cell));
        break;
      case "import":
        this.reachTarget(this.parts.importTarget(file, value.specifier, value.imported));
        break;
      case "load":
        this.know(memberKey(value.key));
        break;
      case "const":
        // `client[kind === "sms" ? "sendText" : "sendMail"]`
        if (typeof value.value === "string") this.know(memberKey(value.value));
        break;
      case "decorated":
        for (const { name, function: made } of this.parts.classNode(file, value.class).facts.members)
          if (name === value.member && made !== undefined) this.reach(file, made);
        break;
      default:
    }
    for (const each of this.handedOut.by(node, value)) this.reachWhole(each);
  }

  private reachMade(file: FileId, made: Value): void {
    if (made.op === "closure") this.reach(file, made.function);
    else if (made.op === "class") this.reachClass(this.parts.classNode(file, made.class));
  }

  private reachTarget(target: ImportTarget): void {
    if (target.kind === "cell") this.know(cellKey(target.file, { owner: 0, name: target.name }));
    else if (target.kind === "namespace") this.reachExports(target.file);
  }

  /** Who has a module may use all that it exports. */
  private reachExports(file: FileId): void {
    if (this.listed.has(file)) return;
    this.listed.add(file);
    for (const each of this.parts.files.get(file)?.exports ?? []) {
      const target =
        each.kind === "star"
          ? this.parts.importTarget(file, each.specifier, "*")
          : this.parts.exportTarget(file, each.exported);
      if (target) this.reachTarget(target);
    }
  }

  private reachClass(node: ClassNode): void {
    if (this.classes.has(node)) return;
    this.classes.add(node);
    const { file, facts } = node;
    this.reach(file, facts.constructorFunction);
    this.reachDecorators(file, facts.decorators);
    for (const member of facts.members) {
      this.reachDecorators(file, member.decorators);
      const made = member.function;
      if (made === undefined) continue;
      if (member.kind !== "method") this.reach(file, made);
      else this.when(memberKey(member.name), () => this.reach(file, made));
    }
    if (this.parts.outside.ofAll(file) || this.handedOut.byKind(node)) this.reachWhole(node);
  }

  /** Something that is not seen has an object of the class: it may call each method, also an inherited one. */
  private reachWhole(node: ClassNode): void {
    if (this.wholes.has(node)) return;
    this.wholes.add(node);
    this.reachClass(node);
    for (const member of node.facts.members)
      if (member.function !== undefined) this.reach(node.file, member.function);
    const parent = node.superclass();
    if (parent) this.reachWhole(parent);
  }

  /** `@Logged` alone is no value of any function. */
  private reachDecorators(file: FileId, decorators: readonly DecoratorFacts[]): void {
    for (const { name } of decorators) this.reachTarget(this.parts.scope(file, name.split(".")[0] ?? name));
  }
}

function cellKey(file: FileId, { owner, name }: Cell): string {
  return `${file}\0${owner}\0${name}`;
}

function memberKey(name: string): string {
  return `.${name}`;
}
