import { Command, InvalidArgumentError, Option } from "commander";
import { version } from "../../package.json";
import type { ExitCode } from "./exit-code.ts";
import type { ExplainOptions } from "./explain.ts";
import type { InitOptions } from "./init.ts";
import type { ListModelsOptions } from "./list-models.ts";
import type { MapOptions } from "./map.ts";
import type { ScanOptions } from "./scan.ts";

const examples = `
Examples:
  $ borderline scan                                      the current folder
  $ borderline scan packages/api --min-confidence low    with findings that rest on an ambiguous name alone
  $ borderline scan --format sarif --output out.sarif    for code scanning
  $ borderline scan --fail-on error                      in a pipeline that bears warnings
  $ borderline scan --gaps                               what to write a model for
  $ borderline explain 052da3839d10                      why is this a finding?

Exit codes of scan:
  0  no findings at or above --fail-on
  1  findings at or above --fail-on
  2  could not run: wrong arguments, no such folder, a mistake in borderline.jsonc
  4  with --strict: no such findings, but not everything was seen
  130  interrupted`;

/**
 * The commands and their options. Everything behind them is a bundle of its own (`scripts/late-bundles-plugin.mjs`), which
 * is loaded when a command runs, so that `--version` and `--help` answer at once.
 *
 * @param onDone is told the exit code of a command that has run
 */
export function createProgram(onDone: (code: ExitCode) => void): Command {
  const program = new Command("borderline")
    .description(
      "Finds the code paths on which personal data reaches logs, exports, or clients across a border.",
    )
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", examples)
    .showHelpAfterError("Run borderline --help for the commands and options.")
    .exitOverride();

  program
    .command("scan")
    .description("find what leaks in a folder")
    .argument("[dir]", "the folder", ".")
    .addOption(choice("-f, --format <format>", "how to report", ["text", "json", "sarif"], "text"))
    .option("-o, --output <file>", "write the report to a file")
    .addOption(choice("--fail-on <severity>", "exit with 1 from this severity on", failOn, "warning"))
    .addOption(
      choice(
        "--min-confidence <level>",
        "leave out findings below this",
        ["low", "medium", "high"],
        "medium",
      ),
    )
    .option("--no-color", "plain text also on a terminal")
    .option("-q, --quiet", "findings only: no progress, problems or summary")
    .option(
      "--workers <number>",
      "threads that parse (default: by the machine's cores and the number of files)",
      toWorkers,
    )
    .option("--stats", "list also suppressed findings, gaps, skipped files, limits that were hit, and times")
    .option(
      "--gaps",
      "list the npm packages that get personal data and that no model knows, not the findings",
    )
    .option("--strict", "exit with 4 when nothing was found, but not everything was seen")
    .option("--trace-function <name>", "say also what functions of this name contribute")
    .option("--cache-dir <dir>", "keep there what the next scan can use, not with the project's packages")
    .option("--no-cache", "compute all anew, and keep nothing")
    .option("--timing", "say what each room of the analysis took, in time and memory")
    .option("--profile <file>", "write a CPU profile, for Chrome and VS Code")
    .addHelpText("after", examples)
    .action(async (dir: string, options: ScanOptions) => {
      const { scan } = await import("./commands.ts");
      onDone(await scan(dir, options, version));
    });

  program
    .command("explain")
    .description("tell one finding's way, hop by hop, and what each function on it contributes")
    .argument("[id]", "the finding's id, or its beginning, as scan prints it; not with --function")
    .argument("[dir]", "the folder", ".")
    .option("--function <name>", "tell what the functions of this name contribute")
    .option("--no-color", "plain text also on a terminal")
    .action(async (id: string | undefined, dir: string, options: ExplainOptions) => {
      const { explain } = await import("./commands.ts");
      // With --function there is no id: the only argument is the folder.
      onDone(
        options.function === undefined
          ? await explain(id, dir, options)
          : await explain(undefined, id ?? ".", options),
      );
    });

  program
    .command("map")
    .description("draw which personal data goes where: data types, sinks and jurisdictions")
    .argument("[dir]", "the folder", ".")
    .addOption(choice("-f, --format <format>", "how to draw it", ["html", "json", "csv", "mermaid"], "html"))
    .option("-o, --output <file>", "write it to a file")
    .addOption(
      choice("--min-confidence <level>", "leave out data below this", ["low", "medium", "high"], "medium"),
    )
    .action(async (dir: string, options: MapOptions) => {
      const { map } = await import("./map.ts");
      onDone(await map(dir, options, version));
    });

  program
    .command("init")
    .description("write a policy to start from, with the clients that are found and where they stand")
    .argument("[dir]", "the folder", ".")
    .option("--force", "write it anew where there is one")
    .action(async (dir: string, options: InitOptions) => {
      const { init } = await import("./commands.ts");
      onDone(await init(dir, options));
    });

  program
    .command("models")
    .description("show what is known of packages and globals")
    .command("list")
    .description("count the built-in models by kind, or show one of them")
    .option("--library <name>", "show each row of the model of this package or global")
    .action(async (options: ListModelsOptions) => {
      const { listModels } = await import("./commands.ts");
      onDone(await listModels(options));
    });

  program
    .command("lsp")
    .description("run the language server, for any editor")
    .option("--stdio", "talk over standard input and output (the default)")
    .action(async () => {
      // Imported for its effect: it serves until its editor ends the conversation, and sets its own exit code.
      await import("../server/main.ts");
    });
  return program;
}

const failOn = ["error", "warning", "information", "never"];

function choice(flags: string, description: string, choices: string[], fallback: string): Option {
  return new Option(flags, description).choices(choices).default(fallback);
}

function toWorkers(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 64)
    throw new InvalidArgumentError("Give a number from 1 to 64.");
  return number;
}
