// P: reads the files that are listed, and parses each, with nothing besides the tree. Prints how much that was.
//
//   node parse-alone.mjs <root> <list of files, as JSON>
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { parse } from "@typescript-eslint/typescript-estree";

const [root, list] = process.argv.slice(2);
let lines = 0;
let bytes = 0;
let unparsed = 0;
const files = JSON.parse(readFileSync(list, "utf8"));
for (const file of files) {
  const text = readFileSync(join(root, file), "utf8");
  lines += text.split("\n").length;
  bytes += text.length;
  try {
    parse(text, {
      filePath: file,
      jsx: [".tsx", ".jsx", ".js"].includes(extname(file)),
      loc: true,
      range: true,
      jsDocParsingMode: "none",
      suppressDeprecatedPropertyWarnings: true,
      allowInvalidAST: true,
    });
  } catch {
    unparsed++;
  }
}
console.log(JSON.stringify({ files: files.length, lines, bytes, unparsed }));
