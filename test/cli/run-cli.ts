import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const testCache = join(tmpdir(), "borderline-test-cache");

/** The built command line tool, as it is shipped. */
export const cli = fileURLToPath(new URL("../../dist/cli.cjs", import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Another copy of the tool. */
  readonly cli?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the tool as a process, with pipes for its streams. */
export function runCli(
  args: readonly string[],
  { cwd, env, cli: tool = cli }: RunOptions = {},
): Promise<CliResult> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [tool, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    // What tests leave behind is not for those who run them.
    env: { ...inherited, XDG_CACHE_HOME: testCache, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
