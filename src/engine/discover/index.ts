// Takes: the list of all files of the workspace, the texts of its configuration files, the policy.
// Gives: `ProjectFiles`: which files, packages and path aliases make up the program.
// Never: reads the disk; parses code.
// Start reading at: discover-project.ts
export { discoverProject, isSourceFile, missingConfigs } from "./discover-project.ts";
export type * from "./project-files.ts";
export { isEnvironmentFile } from "./read-environment.ts";
export { isSchemaFile } from "./read-schemas.ts";
export { reasonToExclude } from "./reason-to-exclude.ts";
