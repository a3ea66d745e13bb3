import { join } from "node:path";
import { makeFolder } from "../workspace/make-folder.ts";

/** A folder of 300 files; a tool that is run with `env` interrupts itself when it reads a certain one of them: the moment is the same on every machine. */
export function interruptingFolder(text: string) {
  const hook = `const fs = require("node:fs/promises");
    const { readFile } = fs;
    fs.readFile = (path, ...rest) => {
      if (String(path).endsWith("f50.ts")) process.kill(process.pid, "SIGINT");
      return readFile(path, ...rest);
    };`;
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`f${at}.ts`, text]));
  const root = makeFolder({ ...files, "hook.cjs": hook });
  return { root, env: { NODE_OPTIONS: `--require ${join(root, "hook.cjs")}` } };
}
