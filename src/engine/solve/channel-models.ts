import type { Model } from "../base/catalog.ts";
import type { Policy } from "../base/policy.ts";
import type { FunctionFacts } from "../extract/index.ts";
import type { FunctionNode } from "../link/index.ts";
import type { Solver } from "./solver.ts";

/** The policy's channels as models: `@corp/gateway#share` is a package's member, `src/gateway.ts#share` a file's. */
export function channelModels(policy: Policy): Model[] {
  return policy.channels.map(({ name, call }) => {
    const [where = "", member = ""] = call.split("#");
    const path = `${member
      .split(".")
      .map((each) => `Member[${each}]`)
      .join(".")}.Argument[0..]`;
    const channels = [{ path, name }];
    return /\.[cm]?[jt]sx?$/.test(where) ? { module: where, channels } : { library: where, channels };
  });
}

/** The official channel that a function of the workspace is: by `@channel`, or by a model; so are the functions in it. */
export function channelOfFunction(solver: Solver, node: FunctionNode): string | undefined {
  const functions = solver.program.files.get(node.file)?.functions ?? [];
  let facts: FunctionFacts | undefined = node.facts;
  while (facts) {
    const tag = facts.tags?.find((each) => each.name === "channel");
    if (tag) return tag.text;
    const nodes = solver.declared.ofFunction(solver.program.functionId(node.file, facts.index));
    const row = nodes.flatMap((each) => each.channels)[0];
    if (row) return row.name;
    facts = facts.parent === undefined ? undefined : functions[facts.parent];
  }
  return undefined;
}
