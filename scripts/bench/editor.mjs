// A small editor: starts the built server, opens a folder, types, and waits for what is shown.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { repositoryRoot } from "../../test/ruling/fetch.mjs";

/** The server waits so long, in milliseconds, for the next key: `typingDelay` of `src/server/analysis/analysis.ts`. */
export const typingDelay = 80;

export class Editor {
  /** Who waits for diagnostics, by URI and version. */
  #waiting = new Map();
  #texts = new Map();
  #versions = new Map();

  /**
   * @param {string} root
   * @param {string} cacheFolder
   */
  constructor(root, cacheFolder) {
    this.root = root;
    this.cacheFolder = cacheFolder;
    this.child = spawn(process.execPath, [join(repositoryRoot, "dist/server.cjs"), "--stdio"], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    this.connection = createMessageConnection(
      new StreamMessageReader(this.child.stdout),
      new StreamMessageWriter(this.child.stdin),
    );
    this.connection.onNotification("textDocument/publishDiagnostics", ({ uri, version }) => {
      const key = `${uri} ${version}`;
      this.#waiting.get(key)?.();
      this.#waiting.delete(key);
    });
    this.connection.onRequest("client/registerCapability", () => null);
    this.connection.listen();
  }

  async start() {
    const uri = pathToFileURL(this.root).href;
    await this.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: "bench" }],
      initializationOptions: { cacheFolder: this.cacheFolder },
      capabilities: {
        workspace: { workspaceFolders: true },
        textDocument: { publishDiagnostics: { versionSupport: true } },
      },
    });
    await this.connection.sendNotification("initialized", {});
  }

  /** All files are analysed; resolves when the report is there. */
  scan() {
    return this.connection.sendRequest("borderline/scanWorkspace", null);
  }

  /** @returns {Promise<void>} when what is wrong with the file is shown */
  open(file) {
    const text = readFileSync(join(this.root, file), "utf8");
    this.#texts.set(file, text);
    this.#versions.set(file, 1);
    const shown = this.#shown(file);
    const textDocument = { uri: this.#uriOf(file), languageId: "typescript", version: 1, text };
    void this.connection.sendNotification("textDocument/didOpen", { textDocument });
    return shown;
  }

  /**
   * Replaces the text, and waits until the diagnostics of just this version are shown.
   *
   * @param {string} file
   * @param {(text: string) => string} edit
   * @returns {Promise<number>} milliseconds
   */
  async type(file, edit) {
    const text = edit(this.#texts.get(file));
    const version = this.#versions.get(file) + 1;
    this.#texts.set(file, text);
    this.#versions.set(file, version);
    const shown = this.#shown(file);
    const started = performance.now();
    const change = { textDocument: { uri: this.#uriOf(file), version }, contentChanges: [{ text }] };
    void this.connection.sendNotification("textDocument/didChange", change);
    await shown;
    return performance.now() - started;
  }

  /** @returns {Promise<number>} milliseconds until a hover is answered: how long the server is deaf */
  async hover(file) {
    const started = performance.now();
    const textDocument = { uri: this.#uriOf(file) };
    await this.connection.sendRequest("textDocument/hover", {
      textDocument,
      position: { line: 0, character: 0 },
    });
    return performance.now() - started;
  }

  /** Resident memory in MB; NaN where /proc is not. */
  megabytes() {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000;
    } catch {
      return Number.NaN;
    }
  }

  /** Milliseconds that the server has computed, in steps of 10; NaN where /proc is not. */
  cpu() {
    try {
      const fields = readFileSync(`/proc/${this.child.pid}/stat`, "utf8").split(") ")[1].split(" ");
      return 10 * (Number(fields[11]) + Number(fields[12]));
    } catch {
      return Number.NaN;
    }
  }

  stop() {
    this.child.kill("SIGKILL");
  }

  #uriOf(file) {
    return pathToFileURL(join(this.root, file)).href;
  }

  #shown(file) {
    const key = `${this.#uriOf(file)} ${this.#versions.get(file)}`;
    return new Promise((resolve) => this.#waiting.set(key, resolve));
  }
}
