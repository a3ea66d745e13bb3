import { folderOf, joinPath } from "../base/file-path.ts";
import type { FileId } from "../base/location.ts";

/** One client that Prisma generates from a schema, which may stand in several files. */
export interface Schema {
  /** The file that says where the client goes. */
  readonly file: FileId;
  /** Folder of the generated client, relative to the workspace root; absent: the package `@prisma/client`. */
  readonly output: string | undefined;
  /** Where its database is, as an expression: a text, or a setting of the environment. */
  readonly url: string | undefined;
  readonly models: readonly SchemaModel[];
  readonly enums: readonly { readonly name: string; readonly values: readonly string[] }[];
}

export interface SchemaModel {
  readonly name: string;
  /** A `model` or `view` has rows of its own; a `type` only stands inside of one. */
  readonly rows: boolean;
  readonly fields: readonly SchemaField[];
}

export interface SchemaField {
  readonly name: string;
  readonly type: string;
  readonly list: boolean;
  readonly optional: boolean;
  /** What `///` says of it. */
  readonly comment: string;
}

interface Block {
  readonly kind: string;
  readonly name: string;
  readonly lines: readonly string[];
}

/** Whether a file is a schema of Prisma, by its name. */
export function isSchemaFile(file: FileId): boolean {
  return file.endsWith(".prisma");
}

/** The clients that the schemas of a workspace make. Files without a generator belong to the nearest that has one. */
export function readSchemas(texts: ReadonlyMap<FileId, string>): Schema[] {
  const blocks = new Map([...texts].map(([file, text]) => [file, blocksOf(text)]));
  const roots = [...blocks].flatMap(([file, each]) => {
    const generator = each.find(isClient);
    return generator ? [{ file, folder: folderOf(file), output: settingOf(generator, "output") }] : [];
  });
  const rootOf = (file: FileId) =>
    roots
      .filter((root) => root.file === file || isInside(file, root.folder))
      .sort(
        (a, b) => Number(b.file === file) - Number(a.file === file) || b.folder.length - a.folder.length,
      )[0];
  return roots.map((root) => {
    const own = [...blocks].flatMap(([file, each]) => (rootOf(file) === root ? each : []));
    return {
      file: root.file,
      output: root.output === undefined ? undefined : joinPath(root.folder, root.output),
      url: own.filter(({ kind }) => kind === "datasource").map(urlOf)[0],
      models: own.filter(({ kind }) => /^(?:model|view|type)$/.test(kind)).map(modelOf),
      enums: own.filter(({ kind }) => kind === "enum").map(enumOf),
    };
  });
}

function isInside(file: FileId, folder: string): boolean {
  return folder === "" || file.startsWith(`${folder}/`);
}

function isClient(block: Block): boolean {
  return block.kind === "generator" && /^prisma-client(?:-js)?$/.test(settingOf(block, "provider") ?? "");
}

function settingOf({ lines }: Block, key: string): string | undefined {
  for (const line of lines) {
    const [, name, value] = /^\s*(\w+)\s*=\s*"([^"]*)"/.exec(line) ?? [];
    if (name === key) return value;
  }
  return undefined;
}

/** `url = env("DATABASE_URL")`, or a text. */
function urlOf({ lines }: Block): string | undefined {
  for (const line of lines) {
    const [, variable, text] = /^\s*url\s*=\s*(?:env\(\s*"(\w+)"\s*\)|("[^"]*"))/.exec(line) ?? [];
    if (variable !== undefined) return `process.env.${variable}`;
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Blocks end at a brace on a line of its own; braces inside lines are values. */
function blocksOf(text: string): Block[] {
  return [...text.matchAll(/^[ \t]*(\w+)[ \t]+(\w+)[ \t]*\{[^\n]*\n([\s\S]*?)^[ \t]*\}/gm)].map(
    ([, kind = "", name = "", body = ""]) => ({ kind, name, lines: body.split(/\r?\n/) }),
  );
}

function modelOf({ kind, name, lines }: Block): SchemaModel {
  const fields: SchemaField[] = [];
  let above: string[] = [];
  for (const line of lines) {
    const [, comment] = /^\s*\/\/\/\s?(.*)$/.exec(line) ?? [];
    if (comment !== undefined) {
      above.push(comment);
      continue;
    }
    const [, field, type, list, optional] =
      /^\s*([A-Za-z]\w*)\s+(\w+)(?:\([^)]*\))?(\[\])?(\?)?/.exec(line) ?? [];
    if (field !== undefined && type !== undefined) {
      const [, beside] = /\/\/\/\s?(.*)$/.exec(line) ?? [];
      const words = [...above, beside ?? ""].join(" ").trim();
      fields.push({
        name: field,
        type,
        list: list !== undefined,
        optional: optional !== undefined,
        comment: words,
      });
    }
    above = [];
  }
  return { name, rows: kind !== "type", fields };
}

function enumOf({ name, lines }: Block): Schema["enums"][number] {
  const values = lines.flatMap((line) => /^\s*([A-Za-z]\w*)/.exec(line)?.[1] ?? []);
  return { name, values };
}
