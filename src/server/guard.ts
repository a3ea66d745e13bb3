import type { RemoteConsole } from "vscode-languageserver/node";

/** Runs one handler; what it throws is logged, and the handler's caller gets `fallback`. */
export type Guard = <Result>(
  what: string,
  fallback: Result,
  handler: () => Result | Promise<Result>,
) => Promise<Result>;

/** The one `try` around each request and notification: a mistake in one must not end the server. */
export function createGuard(console: RemoteConsole): Guard {
  return async (what, fallback, handler) => {
    try {
      return await handler();
    } catch (error) {
      console.error(`${what} failed: ${describeError(error)}`);
      return fallback;
    }
  };
}

/** An error for the log: with the stack, which names our own code only. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
