import type { Program } from "../link/index.ts";
import { empty, joinAll, type Shape } from "./shape.ts";

/** Module variables that nobody can name hold what is bound to tokens: those who read it are solved again likewise. */
interface Cells {
  readKey(key: string): Shape;
  write(key: string, value: Shape): void;
}

/** What containers give for a token. */
export function createProvided(program: Program, cells: Cells, evaluate: (functionId: number) => void) {
  const keyOf = (token: string) => `@provided ${token}`;

  function provided(token: string, seen: ReadonlySet<string> = new Set()): Shape {
    const binders = program.bindings.binders(token);
    const others = program.bindings.aliases(token).filter((each) => !seen.has(each));
    if (binders.length === 0 && others.length === 0) return empty;
    for (const binder of binders) evaluate(binder);
    const own = binders.length === 0 ? empty : cells.readKey(keyOf(token));
    return joinAll([own, ...others.map((each) => provided(each, new Set([...seen, token])))]);
  }

  return {
    provided: (token: string) => provided(token),
    provide: (token: string, value: Shape) => cells.write(keyOf(token), value),
  };
}
