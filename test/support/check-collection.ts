import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Fixture } from "./find-fixtures.ts";
import { readMarkedFiles } from "./run-fixture.ts";

const safe = /\.safe$/;

/** What is wrong with the fixtures as a collection: no reason, no twin, a twin that is not safe, a case that shows nothing. */
export function checkCollection(fixtures: readonly Fixture[]): string[] {
  const names = new Set(fixtures.map((fixture) => fixture.name));
  return fixtures.flatMap((fixture) => {
    const { name } = fixture;
    const marked = readMarkedFiles(fixture);
    const markers = marked.flatMap((file) => file.markers);
    const wrong: string[] = [];
    if (!reasonOf(fixture))
      wrong.push("its first line must be a comment: one sentence, ending in a full stop");
    if (safe.test(name)) {
      if (!names.has(name.replace(safe, ""))) wrong.push("it is the safe twin of nothing");
      const unsafe = markers.filter((marker) => marker.known !== "spurious" && !marker.facts.suppressed);
      if (unsafe.length > 0) wrong.push("a safe twin must have no finding that counts");
    } else {
      if (!names.has(`${name}.safe`)) wrong.push("it has no safe twin");
      if (markers.length === 0) wrong.push("it has no marker, so it shows nothing");
    }
    return wrong.map((text) => `${name}: ${text}`);
  });
}

/** The first comment of the main file, or what `package.json` says of a project without one. */
function reasonOf(fixture: Fixture): string | undefined {
  const main = fixture.files.find((file) => /^main\./.test(file)) ?? fixture.files[0] ?? "";
  if (fixture.files.length > 1 && !/^main\./.test(main)) {
    const text = readFileSync(join(fixture.root, "package.json"), "utf8");
    return sentence((JSON.parse(text) as { description?: string }).description);
  }
  return sentence(readMarkedFiles(fixture).find((file) => file.file === main)?.reason);
}

function sentence(text: string | undefined): string | undefined {
  return text && /^[A-Z"`].*\.$/.test(text) ? text : undefined;
}
