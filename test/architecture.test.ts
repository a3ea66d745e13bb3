import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkArchitecture, type Sources } from "./architecture/check-architecture.ts";
import { rooms } from "./architecture/import-table.ts";

const src = fileURLToPath(new URL("../src", import.meta.url));

function sourcesOnDisk(): Sources {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  return new Map(files.map((file) => [file.replaceAll("\\", "/"), readFileSync(join(src, file), "utf8")]));
}

test("the house stands as ARCHITECTURE.md says", () => {
  const sources = sourcesOnDisk();
  expect(checkArchitecture(sources)).toEqual([]);
  // A wrong folder would make the line above pass with nothing read.
  expect([...sources.keys()]).toEqual(
    expect.arrayContaining(["engine/index.ts", ...rooms.map((room) => `engine/${room}/index.ts`)]),
  );
});

const door = "// Takes: a\n// Gives: b\n// Never: c\n// Start reading at: d.ts\n";
const doors = rooms.map((room) => [`engine/${room}/index.ts`, door] as const);

function check(files: Readonly<Record<string, string>>): string[] {
  return checkArchitecture(new Map([...doors, ...Object.entries(files)]));
}

/** File, text, and what must be said of it. */
type Case = readonly [path: string, text: string, complaint: string];

describe("each wall is shown to hold:", () => {
  const betweenZones: Case[] = [
    ["engine/base/a.ts", 'import "../parse/index.ts";', "engine/base may not import engine/parse/index.ts"],
    [
      "engine/solve/a.ts",
      'import type { A } from "../report/index.ts";',
      "engine/solve may not import engine/report/index.ts",
    ],
    [
      "engine/solve/a.ts",
      'import type { A } from "../session.ts";',
      "engine/solve may not import engine/session.ts",
    ],
    [
      "engine/solve/a.ts",
      'import type { A } from "../link/b.ts";',
      "engine/link/b.ts is behind the door engine/link/index.ts",
    ],
    [
      "engine/pipeline.ts",
      'import { a } from "./link/b.ts";',
      "engine/link/b.ts is behind the door engine/link/index.ts",
    ],
    ["engine/pipeline.ts", 'import "./index.ts";', "corridor may not import engine/index.ts"],
    ["engine/index.ts", 'export * from "../catalog/index.ts";', "engine may not import catalog/index.ts"],
    [
      "catalog/a.ts",
      'import type { A } from "../engine/base/b.ts";',
      "catalog may not import engine/base/b.ts",
    ],
    ["reporters/a.ts", 'import "../catalog/index.ts";', "reporters may not import catalog/index.ts"],
    ["workspace/a.ts", 'import "../catalog/index.ts";', "workspace may not import catalog/index.ts"],
    [
      "protocol/index.ts",
      'import type { A } from "../engine/index.ts";',
      "protocol may not import engine/index.ts",
    ],
    ["server/a.ts", 'import "../cli/main.ts";', "server may not import cli/main.ts"],
    ["server/a.ts", 'import "../reporters/b.ts";', "reporters/b.ts is behind the door reporters/index.ts"],
    ["cli/a.ts", 'import "../protocol/index.ts";', "cli may not import protocol/index.ts"],
    ["cli/a.ts", 'import("../server/b.ts");', "server/b.ts is behind the door server/main.ts"],
    [
      "extension/a.ts",
      'import type { A } from "../engine/index.ts";',
      "extension may not import engine/index.ts",
    ],
    ["extension/a.ts", 'import "../server/main.ts";', "extension may not import server/main.ts"],
    ["server/a.ts", 'import "../../test/b.ts";', "../test/b.ts is outside src"],
  ];
  test.each(betweenZones)("%s: %s", (path, text, complaint) => {
    expect(check({ [path]: text })).toEqual([`${path}:1: ${complaint}`]);
  });

  const packages: Case[] = [
    ["engine/base/a.ts", 'import "vscode";', "engine/base may not use the package vscode"],
    ["server/a.ts", 'import type { A } from "vscode";', "server may not use the package vscode"],
    [
      "extension/a.ts",
      'import "vscode-languageserver/node";',
      "extension may not use the package vscode-languageserver",
    ],
    ["cli/a.ts", 'import "vscode-languageclient";', "cli may not use the package vscode-languageclient"],
    [
      "engine/extract/a.ts",
      'import type { A } from "@typescript-eslint/typescript-estree";',
      "engine/extract may not use the package @typescript-eslint/typescript-estree",
    ],
    ["workspace/a.ts", 'import ts from "typescript";', "workspace may not use the package typescript"],
    [
      "engine/link/a.ts",
      'import type { TSESTree } from "@typescript-eslint/types";',
      "engine/link may not use the package @typescript-eslint/types",
    ],
    ["engine/solve/a.ts", 'import "tinyglobby";', "engine/solve may not use the package tinyglobby"],
    ["engine/session.ts", 'import "node:fs";', "corridor may not use Node's node:fs"],
    ["engine/report/a.ts", 'import "fs/promises";', "engine/report may not use Node's fs/promises"],
    ["reporters/a.ts", 'import "node:process";', "reporters may not use Node's node:process"],
    [
      "protocol/index.ts",
      'import { A } from "vscode-languageserver-protocol";',
      "protocol may import types only, not vscode-languageserver-protocol",
    ],
    [
      "extension/a.ts",
      'import "@typescript-eslint/types";',
      "extension may not use the package @typescript-eslint/types",
    ],
  ];
  test.each(packages)("%s: %s", (path, text, complaint) => {
    expect(check({ [path]: text })).toEqual([`${path}:1: ${complaint}`]);
  });

  test.each([
    'import { a } from "../link/index.ts";',
    // `type` inside the braces leaves an import behind at run time.
    'import { type A } from "../link/index.ts";',
    'export { a } from "../link/index.ts";',
    'export * from "../link/index.ts";',
    'const a = () => import("../link/index.ts");',
    "const a = () => import(`../link/index.ts`);",
    'const a = require("../link/index.ts");',
    'const a = require.resolve("../link/index.ts");',
    'import a = require("../link/index.ts");',
  ])("a room takes no values from an earlier one: %s", (text) => {
    expect(check({ "engine/solve/a.ts": text })).toEqual([
      "engine/solve/a.ts:1: engine/solve may import types only from engine/link/index.ts (import type …)",
    ]);
  });

  test("a type named by import() is an import", () => {
    expect(check({ "server/a.ts": '\nlet a: import("../cli/b.ts").B;' })).toEqual([
      "server/a.ts:2: server may not import cli/b.ts",
    ]);
  });

  test("an import that cannot be read is refused", () => {
    expect(check({ "cli/a.ts": "import(name);" })).toEqual([
      "cli/a.ts:1: a computed import cannot be checked",
    ]);
  });

  test.each(["a.ts", "helpers/a.ts", "engine/render/a.ts"])("%s belongs nowhere", (path) => {
    expect(check({ [path]: "" })).toEqual([`${path}: belongs to no zone of the import table`]);
  });

  test("files do not import in a circle, not even types, not even themselves", () => {
    const files = {
      "server/a.ts": 'import "./b.ts";',
      "server/b.ts": 'import type { C } from "./c.ts";',
      "server/c.ts": 'export * from "./a.ts";',
      "server/self.ts": 'import "./self.ts";',
    };
    expect(check(files)).toEqual([
      "import cycle: server/a.ts → server/b.ts → server/c.ts → server/a.ts",
      "import cycle: server/self.ts → server/self.ts",
    ]);
  });

  test("a file has 400 lines at most", () => {
    expect(check({ "cli/a.ts": "//\n".repeat(400) })).toEqual([]);
    expect(check({ "cli/a.ts": "//\n".repeat(401) })).toEqual(["cli/a.ts: 401 lines, the hard limit is 400"]);
  });

  test("a room has a door, which begins with its four lines", () => {
    expect(checkArchitecture(new Map([["engine/link/a.ts", ""]]))).toEqual([
      "engine/link/index.ts: the room has no door",
    ]);
    const swapped = "// Takes: a\n// Never: c\n// Gives: b\n// Start reading at: d.ts\n";
    expect(check({ "engine/link/index.ts": swapped })).toEqual([
      'engine/link/index.ts:2: the line must begin with "// Gives: "',
    ]);
    expect(check({ "engine/link/index.ts": `"use strict";\n${door}` })).toEqual([
      'engine/link/index.ts:1: the line must begin with "// Takes: "',
    ]);
  });
});

test("what the table allows is not complained of", () => {
  const files = {
    "engine/solve/a.ts":
      'import { b } from "../base/b.ts"; import type { A } from "../link/index.ts"; import "./c.ts"; import "picomatch/posix";',
    "engine/parse/a.ts": 'import ts from "typescript";',
    "engine/session.ts": 'import { a } from "./solve/index.ts"; import "./base/b.ts";',
    "engine/pipeline.ts": 'import "./session.ts";',
    "engine/index.ts":
      'export * from "./pipeline.ts"; export * from "./base/b.ts"; export * from "./report/index.ts";',
    "catalog/a.ts": 'import { a } from "../engine/index.ts"; import "node:fs"; import "ajv";',
    "reporters/a.ts": 'import { a } from "../engine/index.ts"; import pkg from "../../package.json";',
    "protocol/index.ts": 'import type { A } from "vscode-languageserver-protocol";',
    "server/a.ts":
      'import "../engine/index.ts"; import "../catalog/index.ts"; import "../workspace/index.ts"; import "../reporters/index.ts"; import "../protocol/index.ts"; import "vscode-languageserver/node";',
    "cli/main.ts": 'import "../engine/index.ts"; import("../server/main.ts"); import "commander";',
    "extension/index.ts":
      'import "vscode"; import "vscode-languageclient/node"; import "node:path"; import "../protocol/index.ts";',
  };
  expect(check(files)).toEqual([]);
});
