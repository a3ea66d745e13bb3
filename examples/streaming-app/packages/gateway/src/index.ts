export { share } from "./share.ts";
export type { Purpose, SharedCase } from "./shared-case.ts";
