import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver/node";

/** What one document should show. `version` is given for open documents. */
export interface DocumentDiagnostics {
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Brings the editor's diagnostics of one folder to what is wanted, and sends nothing that the editor has already. */
export class DiagnosticsPublisher {
  readonly #send: (params: PublishDiagnosticsParams) => void;
  /** URI → what was sent last. */
  readonly #sent = new Map<string, string>();

  constructor(send: (params: PublishDiagnosticsParams) => void) {
    this.#send = send;
  }

  /** Shows exactly `wanted`: documents that are not in it are cleared. */
  publish(wanted: ReadonlyMap<string, DocumentDiagnostics>): void {
    for (const uri of [...this.#sent.keys()]) {
      if (!wanted.has(uri)) this.#clear(uri);
    }
    for (const [uri, { version, diagnostics }] of wanted) {
      const signature = JSON.stringify([version, diagnostics]);
      if (this.#sent.get(uri) === signature) continue;
      this.#sent.set(uri, signature);
      this.#send({ uri, ...(version === undefined ? {} : { version }), diagnostics: [...diagnostics] });
    }
  }

  #clear(uri: string): void {
    this.#sent.delete(uri);
    this.#send({ uri, diagnostics: [] });
  }
}
