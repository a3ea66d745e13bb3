import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  fileInFolder,
  isConfiguration,
  isDependency,
  looseFileName,
  settingsFrom,
  uriKey,
} from "../../src/server/from-lsp.ts";

test("a file is found in its folder however the client spells the URIs", () => {
  const folder = uriKey("file:///c%3A/Work%20here/app");
  expect(fileInFolder(folder, uriKey("file:///C:/Work here/app/src/a.ts"))).toBe("src/a.ts");
  expect(fileInFolder(folder, uriKey("file:///c%3A/Work%20here/app2/a.ts"))).toBeUndefined();
  expect(fileInFolder(folder, folder)).toBeUndefined();
  expect(fileInFolder(folder, uriKey("untitled:/c:/Work here/app/a.ts"))).toBeUndefined();
  expect(fileInFolder(uriKey("file:///"), uriKey("file:///a.ts"))).toBe("a.ts");
  expect(fileInFolder(uriKey("file:///app/"), uriKey("file:///app/[id]/ü%20b.ts"))).toBe("[id]/ü b.ts");
});

test("a document outside every folder is named by its file, or by its language", () => {
  const nameOf = (uri: string, language = "typescript") =>
    looseFileName(TextDocument.create(uri, language, 1, ""));
  expect(nameOf("untitled:Untitled-1")).toBe("untitled-1.ts");
  expect(nameOf("untitled:Untitled-2", "typescriptreact")).toBe("untitled-2.tsx");
  expect(nameOf("untitled:/work/new.mts")).toBe("new.mts");
  expect(nameOf("untitled:Untitled-3", "plaintext")).toBeUndefined();
  expect(nameOf("file:///a/b.cjs", "javascript")).toBe("b.cjs");
  expect(nameOf("file:///a/b.css", "css")).toBeUndefined();
  expect(nameOf("git:/a/b.ts")).toBeUndefined();
});

test("settings of a wrong type get their default", () => {
  expect(settingsFrom(null)).toEqual({ enable: true, minimumConfidence: "medium" });
  expect(settingsFrom({ enable: "no", minimumConfidence: "none" })).toEqual({
    enable: true,
    minimumConfidence: "medium",
  });
  expect(settingsFrom({ enable: false, minimumConfidence: "low" })).toEqual({
    enable: false,
    minimumConfidence: "low",
  });
});

test("configuration and dependencies are told from the program's own files", () => {
  expect(
    ["package.json", "a/tsconfig.build.json", "jsconfig.json", "x/borderline.jsonc"].every(isConfiguration),
  ).toBe(true);
  expect(["a.ts", "my-package.json", "tsconfig.ts"].some(isConfiguration)).toBe(false);
  expect(["node_modules/x/a.ts", "a/node_modules/x.ts", ".git/x.js"].every(isDependency)).toBe(true);
  expect(["src/node_modules.ts", "a.git/x.ts"].some(isDependency)).toBe(false);
});
