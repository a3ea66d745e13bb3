export const catalogFolders: readonly string[];
export function bundleCatalog(catalogDirectory: string): Record<string, unknown>;
