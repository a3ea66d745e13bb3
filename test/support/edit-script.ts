import fc from "fast-check";
import type { FileId, Session } from "../../src/engine/index.ts";
import { parseFile } from "../../src/engine/parse/index.ts";
import { type FixtureWorkspace, finish, fixtures, policies, workspaceOf } from "./fixture-workspace.ts";

/** One step of a person at work. Numbers choose among what there is when the step is made. */
export interface Edit {
  readonly kind: (typeof kinds)[number];
  readonly file: number;
  readonly at: number;
  readonly other: number;
}

const kinds = [
  "replace a function body",
  "delete a line",
  "insert a line",
  "delete a statement",
  "swap statements",
  "half-typed, then repaired",
  "remove a file",
  "add a file",
  "rename a file",
  "another policy",
  "run",
  "run half-way",
  "ask for a first answer",
] as const;

export const edits = fc.array(
  fc.record<Edit>({ kind: fc.constantFrom(...kinds), file: fc.nat(99), at: fc.nat(999), other: fc.nat(999) }),
  { minLength: 1, maxLength: 8 },
);

/** What a session has been told. */
export class Editing {
  readonly texts: Map<FileId, string>;
  readonly configs: ReadonlyMap<FileId, string>;
  policy = policies[0] as (typeof policies)[number];
  private readonly session: Session;
  /** Texts that were half-typed, to be repaired. */
  private readonly repairs = new Map<FileId, string>();
  private added = 0;

  constructor(session: Session, { texts, configs }: FixtureWorkspace) {
    this.session = session;
    this.texts = new Map(texts);
    this.configs = configs;
    session.setWorkspace([...texts.keys(), ...configs.keys()], configs);
    for (const [file, text] of texts) session.setText(file, text);
    finish(session.run());
  }

  /** Repairs what is half-typed. A text of which nothing parses keeps the facts of the one before, so none may be last. */
  end(): void {
    for (const [file, text] of this.repairs) this.set(file, text);
    for (const [file, text] of this.texts) {
      if (!parseFile(file, text).tree) this.set(file, "export {};\n");
    }
  }

  make({ kind, file: index, at, other }: Edit): void {
    const file = pick([...this.texts.keys()], index);
    const text = file === undefined ? undefined : this.texts.get(file);
    switch (kind) {
      case "run":
        finish(this.session.run());
        return;
      case "run half-way": {
        const run = this.session.run();
        for (let steps = at % 12; steps > 0 && !run.next().done; steps--);
        return;
      }
      case "ask for a first answer":
        for (const _ of this.session.firstAnswer());
        return;
      case "another policy":
        this.policy = pick(policies, other) as (typeof policies)[number];
        this.session.setPolicy(this.policy);
        return;
      case "add a file": {
        const [name, added] = pick([...workspaceOf([other % fixtures.length]).texts], at) as [FileId, string];
        this.set(name.replace(/^[^/]*/, `added${this.added++}`), added);
        return;
      }
    }
    if (file === undefined || text === undefined) return;
    if (kind === "remove a file" || kind === "rename a file") {
      this.texts.delete(file);
      this.repairs.delete(file);
      this.session.remove(file);
      if (kind === "rename a file") this.set(file.replace(/\w+(?=(\.\w+)+$)/, `named${at % 9}`), text);
    } else if (kind === "half-typed, then repaired") {
      const whole = this.repairs.get(file) ?? text;
      this.set(file, text.slice(0, at % (text.length + 1)) + pick(["", "{", "(", "`", "const x = ."], other));
      this.repairs.set(file, whole);
    } else {
      this.repairs.delete(file);
      this.set(file, edited(kind, file, text, at, other));
    }
  }

  private set(file: FileId, text: string): void {
    this.texts.set(file, text);
    this.session.setText(file, text);
  }
}

function edited(kind: Edit["kind"], file: FileId, text: string, at: number, other: number): string {
  const lines = text.split("\n");
  const statements = (parseFile(file, text).tree?.body ?? []).map(({ range }) => range);
  switch (kind) {
    case "delete a line":
      return lines.filter((_, index) => index !== at % lines.length).join("\n");
    case "insert a line":
      return lines.toSpliced(at % lines.length, 0, pick(lines, other) ?? "").join("\n");
    case "delete a statement": {
      const gone = pick(statements, at);
      return gone === undefined ? text : text.slice(0, gone[0]) + text.slice(gone[1]);
    }
    case "swap statements": {
      const first = statements[at % Math.max(1, statements.length - 1)];
      const second = statements[(at % Math.max(1, statements.length - 1)) + 1];
      if (!first || !second) return text;
      const between = text.slice(first[1], second[0]);
      return (
        text.slice(0, first[0]) +
        text.slice(...second) +
        between +
        text.slice(...first) +
        text.slice(second[1])
      );
    }
    default: {
      const bodies = [...text.matchAll(/\) (?:: [\w<>]+ )?\{\n([\s\S]*?)\n\}/g)];
      const body = pick(bodies, at);
      if (body === undefined) return text;
      const put = pick(
        ["", "  return arguments[0];", "  sink(source());", "  console.log(arguments);"],
        other,
      );
      return text.replace(body[1] as string, () => put ?? "");
    }
  }
}

function pick<T>(items: readonly T[], at: number): T | undefined {
  return items[at % Math.max(1, items.length)];
}
