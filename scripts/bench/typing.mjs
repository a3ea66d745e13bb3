// From a key to what is shown, over the real protocol; and the server's memory before and after.
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Editor, typingDelay } from "./editor.mjs";
import { percentile } from "./measured.mjs";

/**
 * @param {string} root
 * @param {readonly string[]} files
 * @param {string} cacheFolder
 * @param {{ keys: number, edits: number }} counts
 */
export async function measureTyping(root, files, cacheFolder, { keys, edits }) {
  const editor = new Editor(root, cacheFolder);
  try {
    const started = performance.now();
    await editor.start();
    await editor.scan();
    const ready = performance.now() - started;
    await setTimeout(2000);
    const atRest = editor.megabytes();
    const typical = await typeInto(editor, root, middleOf(root, files), keys);
    const popular = mostImported(root, files);
    const everywhere = await typeInto(editor, root, popular.file, Math.ceil(keys / 4));
    const afterEdits = edits > 0 ? await manyEdits(editor, files, edits) : editor.megabytes();
    return {
      ready,
      typical,
      everywhere: { ...everywhere, importers: popular.importers },
      memory: { atRest, afterEdits, edits },
    };
  } finally {
    editor.stop();
  }
}

/** Types in functions, a key at a time; between two keys, the server is asked for a hover while it works. */
async function typeInto(editor, root, targets, keys) {
  const times = [];
  const deaf = [];
  let cpu = 0;
  const chosen = [targets].flat();
  await Promise.all(chosen.map((file) => editor.open(file)));
  for (let key = 0; key < keys; key++) {
    const file = chosen[key % chosen.length];
    const text = readFileSync(join(root, file), "utf8");
    const place = bodyOf(text, key);
    const before = editor.cpu();
    times.push(
      await editor.type(
        file,
        () => `${text.slice(0, place)} void ${"k".repeat((key % 5) + 1)};${text.slice(place)}`,
      ),
    );
    cpu += editor.cpu() - before;
    deaf.push(await editor.hover(file));
  }
  const figures = (list) => ({
    p50: percentile(list, 50),
    p95: percentile(list, 95),
    p99: percentile(list, 99),
  });
  return { keys, cpu: cpu / keys, ...figures(times.map((time) => time - typingDelay)), deaf: figures(deaf) };
}

/** Somewhere behind the opening brace of a function. */
function bodyOf(text, key) {
  const places = [...text.matchAll(/(?:\)|=>)[^\n;{}()]*\{\n/g)].map(
    (match) => match.index + match[0].length - 1,
  );
  return places.length === 0 ? text.length : places[key % places.length];
}

/** Files of middling size, from all over the workspace. */
function middleOf(root, files) {
  const sized = files.map((file) => ({ file, size: readFileSync(join(root, file), "utf8").length }));
  const middling = sized.filter(({ size }) => size > 1500 && size < 12_000);
  const step = Math.max(1, Math.floor(middling.length / 8));
  return middling.filter((_, index) => index % step === 0).map(({ file }) => file);
}

/** The file that most others import by a relative path. */
function mostImported(root, files) {
  const counts = new Map();
  const known = new Map(
    files.map((file) => [file.replace(/\.[cm]?[jt]sx?$/, "").replace(/\/index$/, ""), file]),
  );
  for (const file of files) {
    const text = readFileSync(join(root, file), "utf8");
    for (const [, specifier] of text.matchAll(/(?:from|require\() ?["'](\.[^"']*)["']/g)) {
      const target = known.get(normalize(join(dirname(file), specifier)).replace(/\.[cm]?[jt]sx?$/, ""));
      if (target !== undefined) counts.set(target, (counts.get(target) ?? 0) + 1);
    }
  }
  const [file, importers] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [files[0], 0];
  return { file, importers };
}

/** Edits all over the workspace, one after the other, each undone by the next of the same file. */
async function manyEdits(editor, files, count) {
  const open = files
    .filter((_, index) => index % Math.max(1, Math.floor(files.length / 20)) === 0)
    .slice(0, 20);
  await Promise.all(open.map((file) => editor.open(file)));
  for (let index = 0; index < count; index++) {
    const file = open[(index * 7) % open.length];
    await editor.type(file, (text) => (text.startsWith("\n") ? text.slice(1) : `\n${text}`));
  }
  await editor.scan();
  await setTimeout(2000);
  return editor.megabytes();
}
