import type { FileId } from "../base/location.ts";
import type { ConfigTexts, EnvironmentValue } from "./project-files.ts";

/** Whether a file gives values to environment variables, by its name alone. */
export function isEnvironmentFile(file: FileId): boolean {
  const name = file.slice(file.lastIndexOf("/") + 1);
  return (
    /^\.env(\.[\w.-]+)?$/.test(name) ||
    /^(docker-)?compose([\w.-]*)\.ya?ml$/.test(name) ||
    /^serverless\.ya?ml$/.test(name) ||
    /^[\w.-]*(configmap|config-map|deployment)[\w.-]*\.ya?ml$/i.test(name) ||
    name === "fly.toml" ||
    name === "vercel.json"
  );
}

/**
 * The values that the workspace's own files give to environment variables, each where it is written. Read line by line:
 * enough for `NAME=value`, `NAME: value`, `"NAME": "value"`, and `name: NAME` with `value:` on the next line. What refers to
 * something else (`${…}`) is no value.
 */
export function readEnvironment(configs: ConfigTexts): EnvironmentValue[] {
  const files = [...configs.keys()].filter(isEnvironmentFile).sort();
  return files.flatMap((file) => valuesIn(file, configs.get(file) ?? ""));
}

const assignment = /^\s*(?:-\s+)?(?:export\s+)?["']?([A-Z][A-Z0-9_]{2,})["']?\s*[:=]\s*(.+)$/;
const nameLine = /^\s*-\s+name:\s*["']?([A-Z][A-Z0-9_]{2,})["']?\s*$/;
const valueLine = /^\s*value:\s*(.+)$/;
/** Where a service of its own runs, by the name of the variable that its code reads. */
const ownRegion: Readonly<Record<string, RegExp>> = {
  AWS_REGION: /^\s+region:\s*(.+)$/,
  FLY_REGION: /^primary_region\s*=\s*(.+)$/,
};

function valuesIn(file: FileId, text: string): EnvironmentValue[] {
  const values: EnvironmentValue[] = [];
  let at = 0;
  let named: string | undefined;
  const add = (name: string, line: string, written: string) => {
    const value = plainValue(written);
    if (value === undefined) return;
    const start = at + line.lastIndexOf(written.trim()) + Math.max(0, written.trim().indexOf(value));
    values.push({ name, value, site: { file, start, end: start + value.length } });
  };
  for (const line of text.split("\n")) {
    const [, name, written] = assignment.exec(line) ?? [];
    const below = named === undefined ? undefined : valueLine.exec(line)?.[1];
    if (name && written) add(name, line, written);
    else if (named !== undefined && below) add(named, line, below);
    named = nameLine.exec(line)?.[1];
    for (const [variable, pattern] of Object.entries(ownRegion)) {
      const region =
        variable === "AWS_REGION" && !/serverless/.test(file) ? undefined : pattern.exec(line)?.[1];
      if (region) add(variable, line, region);
    }
    at += line.length + 1;
  }
  return values;
}

/** Without quotes, commas and comments; undefined for a reference and for nothing. */
function plainValue(written: string): string | undefined {
  const quoted = /^(["'])(.*?)\1/.exec(written.trim());
  const value = quoted
    ? (quoted[2] ?? "")
    : written
        .replace(/\s+#.*$/, "")
        .replace(/,\s*$/, "")
        .trim();
  return value === "" || /\$\{|\$\(|<.*>/.test(value) ? undefined : value;
}
