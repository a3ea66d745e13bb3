import type { FileId } from "../base/location.ts";
import type { TypeRef } from "../extract/index.ts";
import type { ApiNode, Port } from "./api-node.ts";
import type { Told } from "./told-sources.ts";

/**
 * Personal data, or what is raised in a framework, or of a type. `passed`: a caller hands such a value on, and it is the caller's. `args`: the type
 * arguments of the call that it comes from.
 */
export type RuleSays =
  | Told
  | { readonly raisedIn: string }
  | {
      readonly type: ApiNode;
      readonly passed?: boolean;
      readonly args?: { readonly file: FileId; readonly types: readonly TypeRef[] };
    };

/** What a model says of a parameter, or of what is at a path in it: `asked`, it is the part of something by this name. */
export interface ParameterRule {
  readonly rest: Port;
  /** Of a function that declares so many parameters. */
  readonly parameters?: readonly number[] | undefined;
  readonly says: RuleSays | { readonly asked: string; readonly of: RuleSays };
}
