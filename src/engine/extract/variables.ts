import type { TSESTree } from "@typescript-eslint/types";
import type { Cell, FunctionIndex } from "./facts.ts";

export type Node = TSESTree.Node;

export type VariableKind =
  | "var"
  | "let"
  | "const"
  | "param"
  | "function"
  | "class"
  | "import"
  | "this"
  | "arguments"
  | "exports";

/** One binding of the file, and what all of the file's code does to it: found before anything is lowered. */
export interface Variable {
  readonly name: string;
  readonly kind: VariableKind;
  /** The function in which it is declared. */
  readonly owner: FunctionScope;
  readonly declaredAt: number;
  /** Its name as a cell: unique in its function. */
  cellName: string;
  readonly imported?: { readonly specifier: string; readonly name: string };
  /** The type of a variable that is only declared (`declare const x: T`): it is a global of a known type. */
  ambient?: TSESTree.TSTypeAnnotation;
  /** Holds nothing that a call that gets it changes: a text, a function, a class, a module. */
  plain: boolean;
  /** Offsets at which it gets a new value, its declaration included. */
  readonly assignments: number[];
  /** Offsets at which its object may change: a store, a method call, a call that it is passed to. */
  readonly mutations: number[];
  /** The functions that do so. */
  readonly assigners: Set<FunctionScope>;
  /** The same by a function inside the one that declares it. */
  assignedInside: boolean;
  mutatedInside: boolean;
}

/** A function as a place that declares variables, before it has facts. */
export interface FunctionScope {
  readonly parent: FunctionScope | undefined;
  readonly arrow: boolean;
  /** Given when its lowering is ordered: before that of any function inside it. */
  index: FunctionIndex;
  /** Variables of enclosing functions that it, or a function inside it, uses; those of the module body apart. */
  readonly captures: Set<Variable>;
  readonly variables: Variable[];
  readonly self: Variable;
  readonly arguments: Variable;
}

/** One block of names. */
export interface Scope {
  readonly parent: Scope | undefined;
  readonly function: FunctionScope;
  /** The scope that `var` declarations of this block go to. */
  readonly top: Scope;
  readonly names: Map<string, Variable>;
  /** What `this` means here. */
  readonly self: Variable;
}

/** What every name of a file stands for. Names that are missing are free: globals. */
export interface Names {
  readonly module: FunctionScope;
  readonly moduleNames: ReadonlyMap<string, Variable>;
  /** By identifier, `this`, `super` and `module.exports`. */
  readonly variableOf: ReadonlyMap<Node, Variable>;
  /** By identifier that stands for a global: the type that the file declares for it. */
  readonly ambientOf: ReadonlyMap<Node, TSESTree.TSTypeAnnotation>;
  readonly functionOf: ReadonlyMap<Node, FunctionScope>;
  /** By class: its constructor, also when the source writes none. */
  readonly constructorOf: ReadonlyMap<Node, FunctionScope>;
  /** By class: the variable that `this` means in its static parts. */
  readonly classVariableOf: ReadonlyMap<Node, Variable>;
  readonly exports: Variable;
}

/** Makes a function scope with its `this` and `arguments`. An arrow function's are those of the function around it. */
export function createFunctionScope(
  parent: FunctionScope | undefined,
  arrow: boolean,
  start: number,
): FunctionScope {
  const scope: { -readonly [K in keyof FunctionScope]: FunctionScope[K] } = {
    parent,
    arrow,
    index: -1,
    captures: new Set(),
    variables: [],
    self: undefined as unknown as Variable,
    arguments: undefined as unknown as Variable,
  };
  const around = arrow ? parent : undefined;
  scope.self = around?.self ?? createVariable(scope, "this", "this", start);
  scope.arguments = around?.arguments ?? createVariable(scope, "arguments", "arguments", start);
  return scope;
}

/** Makes a variable and notes it with its function, so that it gets a cell name of its own. */
export function createVariable(
  owner: FunctionScope,
  name: string,
  kind: VariableKind,
  declaredAt: number,
  imported?: Variable["imported"],
): Variable {
  const variable: Variable = {
    name,
    kind,
    owner,
    declaredAt,
    cellName: name,
    ...(imported && { imported }),
    plain: kind === "function" || kind === "class" || kind === "import",
    assignments: [],
    assigners: new Set(),
    mutations: [],
    assignedInside: false,
    mutatedInside: false,
  };
  owner.variables.push(variable);
  return variable;
}

/** The cell that holds a variable's content for the functions inside its owner. */
export function cellOf(variable: Variable): Cell {
  return { owner: variable.owner.index, name: variable.cellName };
}
