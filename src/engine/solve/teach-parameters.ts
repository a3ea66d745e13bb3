import type { FunctionNode } from "../link/index.ts";
import { tellsSources } from "./parameter-models.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** A framework's request that is handed on is the same request there: its members are read in the callee. */
export function teachParameters({ solver }: Evaluation, { args }: CallSite, { id }: FunctionNode): void {
  for (const [index, arg] of args.entries()) {
    for (const { atom } of arg.atoms.values()) {
      if (atom.kind === "api" && !atom.guessed && tellsSources(atom.node))
        solver.parameters.learn(id, index, { rest: [], says: { type: atom.node, passed: true } });
    }
  }
}
