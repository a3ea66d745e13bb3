import { folderOf } from "../base/file-path.ts";
import type { FileId } from "../base/location.ts";
import type { PackageInfo } from "./project-files.ts";
import { isObject, type JsonObject } from "./read-config.ts";

const dependencyFields = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

/** As TypeScript, Node and the bundlers know them; the sources themselves first. */
const entryFields = ["source", "main", "module", "types", "typings"];

/** What the workspace's `package.json` files say, by their folder. */
export function readPackages(contents: ReadonlyMap<FileId, JsonObject>): PackageInfo[] {
  return [...contents]
    .filter(([file]) => file === "package.json" || file.endsWith("/package.json"))
    .map(([file, content]) => packageOf(folderOf(file), content));
}

function packageOf(folder: string, content: JsonObject): PackageInfo {
  const { name, exports, imports } = content;
  const dependencies = dependencyFields.flatMap((field) => {
    const listed = content[field];
    return isObject(listed) ? Object.keys(listed) : [];
  });
  return {
    folder,
    ...(typeof name === "string" && name !== "" ? { name } : {}),
    entries: entryFields.flatMap((field) => {
      const entry = content[field];
      return typeof entry === "string" && entry !== "" ? [entry] : [];
    }),
    ...(exports === undefined ? {} : { exports }),
    ...(imports === undefined ? {} : { imports }),
    dependencies: [...new Set(dependencies)].sort(),
    ...(content.private !== true && givesBuiltFiles(content) && { published: true as const }),
  };
}

const builtFile = /\.(?:[cm]?js|jsx|d\.[cm]?ts)$/;

/** A package whose entries are its sources, as in `"main": "src/index.ts"`, is for its own workspace. */
function givesBuiltFiles(content: JsonObject): boolean {
  const holds = (field: unknown): boolean =>
    typeof field === "string"
      ? builtFile.test(field)
      : typeof field === "object" && field !== null && Object.values(field).some(holds);
  return [...entryFields, "exports", "bin"].some((field) => holds(content[field]));
}
