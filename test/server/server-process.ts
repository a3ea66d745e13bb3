import { type ChildProcess, fork, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { LspClient } from "./lsp-client.ts";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

/** The built server as a process, and a client that talks to it. It ends with the test. */
export interface ServerProcess {
  readonly client: LspClient;
  readonly child: ChildProcess;
  /** The exit code, once it has ended. */
  readonly exit: Promise<number | null>;
}

/** Starts the built server, over its standard streams unless told otherwise. */
export function startServer(how: "stdio" | "node-ipc" | "cli" = "stdio"): ServerProcess {
  // What tests leave behind is not for those who run them.
  const env = { ...process.env, XDG_CACHE_HOME: join(tmpdir(), "borderline-test-cache") };
  const child =
    how === "node-ipc"
      ? fork(join(dist, "server.cjs"), ["--node-ipc"], { stdio: ["ignore", "ignore", "inherit", "ipc"], env })
      : spawn(
          process.execPath,
          how === "cli" ? [join(dist, "cli.cjs"), "lsp", "--stdio"] : [join(dist, "server.cjs"), "--stdio"],
          {
            stdio: ["pipe", "pipe", "inherit"],
            env,
          },
        );
  const exit = new Promise<number | null>((resolve) => child.on("exit", resolve));
  onTestFinished(() => void child.kill("SIGKILL"));
  const connection =
    child.stdout && child.stdin
      ? createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
      : createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  return { client: new LspClient(connection), child, exit };
}

/** A folder with these files, gone when the test is over. */
export function createFolder(files: Readonly<Record<string, string>>): {
  readonly uri: string;
  uriOf(file: string): string;
  write(file: string, text: string): void;
} {
  const root = mkdtempSync(join(tmpdir(), "borderline-server-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  const uriOf = (file: string) => pathToFileURL(join(root, file)).href;
  return { uri: pathToFileURL(root).href, uriOf, write };
}

/** The range of the text between `«` and `»`, and the text without these marks. */
export function takeMarks(marked: string): {
  readonly text: string;
  readonly range: { start: { line: number; character: number }; end: { line: number; character: number } };
} {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  const text = marked.replace("«", "").replace("»", "");
  const positionAt = (offset: number) => {
    const before = text.slice(0, offset).split("\n");
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  };
  return { text, range: { start: positionAt(start), end: positionAt(end) } };
}
