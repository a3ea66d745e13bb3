import { folderOf } from "../base/file-path.ts";
import { clientOfSchema } from "./client-of-schema.ts";
import type { PackageInfo, ProjectFiles } from "./project-files.ts";
import type { Schema } from "./read-schemas.ts";

/** Modules of a generated client besides its index; they all say the same here. */
const modules = ["client", "models", "enums", "browser"];

/** The files of generated clients, where programs import them from. A client without a folder is a package. */
export function generateClients(schemas: readonly Schema[]): {
  readonly files: ProjectFiles["generated"];
  readonly packages: readonly PackageInfo[];
} {
  const files: { file: string; text: string }[] = [];
  const packages: PackageInfo[] = [];
  for (const schema of schemas) {
    const folder = schema.output ?? [folderOf(schema.file), "@prisma/client"].filter(Boolean).join("/");
    files.push({ file: `${folder}/index.ts`, text: clientOfSchema(schema) });
    for (const name of modules)
      files.push({ file: `${folder}/${name}.ts`, text: 'export * from "./index";\n' });
    if (schema.output === undefined)
      packages.push({ folder, name: "@prisma/client", entries: ["index.ts"], dependencies: [] });
  }
  return { files, packages };
}
