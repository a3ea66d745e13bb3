import type { Model } from "../base/catalog.ts";
import type { Policy } from "../base/policy.ts";

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
