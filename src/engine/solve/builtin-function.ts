import { empty, flatten, joinAll, type Shape } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** What a built-in function, or constructor, does and returns. */
export type BuiltinFunction = (site: CallSite, evaluation: Evaluation) => Shape;

export const first: BuiltinFunction = ({ args }) => args[0] ?? empty;
export const foldedFirst: BuiltinFunction = ({ args }) => flatten(args[0] ?? empty);
export const foldedAll: BuiltinFunction = ({ args }) => joinAll(args.map(flatten));
export const clean: BuiltinFunction = () => empty;
