import { type Connection, DidChangeWatchedFilesNotification } from "vscode-languageserver/node";

const watched = [
  "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}",
  "**/package.json",
  "**/{tsconfig,jsconfig}*.json",
  "**/*.prisma",
  "**/borderline.jsonc",
];

/** Asks the editor to tell of changes on the disk to source files, configuration and policies. */
export async function watchFiles(connection: Connection): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: watched.map((globPattern) => ({ globPattern })),
  });
}
