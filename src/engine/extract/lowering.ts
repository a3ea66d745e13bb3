import type { Span } from "../base/location.ts";
import type { State } from "./environment.ts";
import type {
  ClassFacts,
  DocTag,
  ExportFacts,
  FunctionFacts,
  FunctionIndex,
  ImportFacts,
  TypeDeclaration,
  TypeRef,
  ValueId,
} from "./facts.ts";
import type { FunctionBuilder } from "./function-builder.ts";
import type { ClassNode, FunctionNode } from "./syntax.ts";
import type { FunctionScope, Names, Node, Variable } from "./variables.ts";

/** A function that waits to be lowered. */
export interface FunctionJob {
  readonly scope: FunctionScope;
  readonly name: string;
  readonly kind: FunctionFacts["kind"];
  readonly span: Span;
  /** Absent for a constructor that the source does not write. */
  readonly node?: FunctionNode;
  /** Of a constructor: the class whose fields it sets up. */
  readonly fieldsOf?: ClassNode;
  readonly class?: number;
  readonly tags?: readonly DocTag[];
}

/** What the lowering of one file collects. */
export interface FileLowering {
  readonly names: Names;
  /** The types that functions are expected to have where they stand: `const onUser: Handler = (user) => …`. */
  readonly expected: WeakMap<Node, TypeRef>;
  readonly classes: ClassFacts[];
  readonly types: TypeDeclaration[];
  readonly imports: ImportFacts[];
  readonly exports: ExportFacts[];
  /** What `export default` gives when it has no name. */
  readonly defaultExport: Variable;
  /** The JSDoc tags of ours right before a declaration that starts at this offset. */
  readonly tagsAt: (start: number) => readonly DocTag[];
  /** Orders a function's lowering, which comes after that of the current one; gives its index. */
  readonly order: (job: FunctionJob) => FunctionIndex;
}

/** A statement that `break` (and `continue`, for loops) can jump to. */
export interface JumpTarget {
  readonly labels: readonly string[];
  readonly loop: boolean;
  /** Plain `break` stops here: loops and `switch`. */
  readonly breakable: boolean;
  readonly mark: object;
  readonly breaks: (() => State)[];
  readonly continues: (() => State)[];
}

/** The lowering of one function: what each piece of it needs. */
export interface Lowering {
  readonly builder: FunctionBuilder;
  readonly file: FileLowering;
  readonly jumps: JumpTarget[];
  /** Lowers an expression; `name` is what a function or class that it makes is called. */
  readonly expression: (node: Node, name?: string) => ValueId;
  /** Lowers what the function gives back. */
  readonly result: (node: Node) => ValueId;
  readonly statements: (nodes: readonly Node[]) => void;
  readonly lowerClass: (node: ClassNode, name: string) => ValueId;
  /** Notes the versions of `this` and the parameters where the function ends. */
  readonly exit: () => void;
}
