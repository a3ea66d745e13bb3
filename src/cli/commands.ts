/** What runs behind the commands; `create-program.ts` has their words and options. */
export { explain } from "./explain.ts";
export { init } from "./init.ts";
export { listModels } from "./list-models.ts";
export { scan } from "./scan.ts";
