import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/**
 * `npm run new -- library NAME [--kind log] [--function send]`: a model of an npm package with its fixture and safe twin,
 * to be mended until they say what the package's declarations say. Nothing that exists is written over.
 */
const usage = "Usage: npm run new -- library NAME [--kind SINK_KIND] [--function NAME]";

/**
 * The files of a new library: a model with one sink, a fixture that meets it, and a twin that does not.
 *
 * @param {{ name: string, kind: string, member: string, readFrom: string }} library
 * @returns {Map<string, string>} texts by path, relative to the repository
 */
export function filesOfLibrary({ name, kind, member, readFrom }) {
  const slug = name.replace(/^@/, "").replaceAll(/[^A-Za-z0-9]+/g, "-");
  const model = {
    $schema: "../schema/library.schema.json",
    library: name,
    readFrom,
    sinks: [{ path: `Member[${member}].Argument[0..]`, kind }],
  };
  const fixture = join("test/fixtures/libraries", folderOf(kind), slug);
  return new Map([
    [join("src/catalog/libraries", `${slug}.json`), `${JSON.stringify(model, null, 2)}\n`],
    [`${fixture}.ts`, fixtureText(name, member, kind)],
    [`${fixture}.safe.ts`, safeText(name, member)],
  ]);
}

/** Calls and stores have folders with a policy of their own, under which they are findings. */
function folderOf(kind) {
  return kind === "call" ? "calls" : (kind.split(".").at(-1) ?? kind);
}

function fixtureText(name, member, kind) {
  const rule = kind.startsWith("log") ? "pii-in-log" : "pii-in-export";
  const indent = " ".repeat(member.length + 1);
  return `// What \`${member}\` is given leaves the program.
import { ${member} } from "${name}";

export function onSignup(user: { id: string; email: string }) {
  ${member}(user.email);
  //${indent.slice(2)}^^^^^^^^^^ ${rule} contact.email kind=${kind}
}
`;
}

function safeText(name, member) {
  return `// The id alone is given.
import { ${member} } from "${name}";

export function onSignup(user: { id: string; email: string }) {
  ${member}(user.id);
}
`;
}

/** The package's newest version and the file of its declarations, as the registry tells them. */
function declarationsOf(name) {
  try {
    const told = JSON.parse(
      execFileSync("npm", ["view", name, "--json", "version", "types", "typings"], { encoding: "utf8" }),
    );
    return `${name}@${told.version} ${told.types ?? told.typings ?? "index.d.ts"}`.replace(" ./", " ");
  } catch {
    throw new Error(
      `The registry does not know the package "${name}", or cannot be reached. Check the name, or try again with a network.`,
    );
  }
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kind: { type: "string", default: "log" },
      function: { type: "string", default: "send" },
    },
  });
  const [sort, name] = positionals;
  if (sort !== "library" || !name || positionals.length > 2) throw new Error(usage);
  const root = fileURLToPath(new URL("..", import.meta.url));
  const kinds = readFileSync(join(root, "src/catalog/rules/sink-kinds.json"), "utf8");
  if (!kinds.includes(`"${values.kind}"`))
    throw new Error(
      `There is no sink kind "${values.kind}". The kinds are in src/catalog/rules/sink-kinds.json.`,
    );
  const files = filesOfLibrary({
    name,
    kind: values.kind,
    member: values.function,
    readFrom: declarationsOf(name),
  });
  const taken = [...files.keys()].find((file) => existsSync(join(root, file)));
  if (taken) throw new Error(`${taken} exists already: add rows to it, or choose another name.`);
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    console.log(`wrote ${relative(process.cwd(), join(root, file))}`);
  }
  console.log(
    `Read the package's declarations (npm pack ${name}), write the rows and the calls as they are there, and run\n` +
      `  npx vitest run test/engine/fixtures.test.ts test/catalog -t "${name}|libraries/"\n` +
      "docs/models.md teaches the words of a path.",
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 2;
  }
}
