import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { findCycles } from "./find-cycles.ts";
import {
  closedZones,
  importableOutside,
  importTable,
  packageZones,
  rooms,
  typeZones,
  type Zone,
  zoneOf,
  zonesWithoutNode,
} from "./import-table.ts";
import { type Import, readImports } from "./read-imports.ts";

/** The files of `src`: path under it (`engine/index.ts`) → text. */
export type Sources = ReadonlyMap<string, string>;

const hardLimit = 400;
const doorLines = ["// Takes: ", "// Gives: ", "// Never: ", "// Start reading at: "];

/** What breaks the rules of ARCHITECTURE.md: one line each, with file and line. Empty when the house stands. */
export function checkArchitecture(sources: Sources): string[] {
  const graph = new Map<string, string[]>();
  const complaints: string[] = [];
  for (const [path, text] of [...sources].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const imports = readImports(text);
    graph.set(
      path,
      imports.flatMap(({ specifier }) => targetOf(path, specifier) ?? []),
    );
    complaints.push(...checkSize(path, text), ...checkImports(path, imports));
  }
  const cycles = findCycles(graph).map((cycle) => `import cycle: ${cycle.join(" → ")}`);
  return [...complaints, ...cycles, ...checkDoors(sources)];
}

function checkSize(path: string, text: string): string[] {
  const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  return lines > hardLimit ? [`${path}: ${lines} lines, the hard limit is ${hardLimit}`] : [];
}

function checkDoors(sources: Sources): string[] {
  const inUse = rooms.filter((room) =>
    [...sources.keys()].some((path) => path.startsWith(`engine/${room}/`)),
  );
  return inUse.flatMap((room) => {
    const path = `engine/${room}/index.ts`;
    const text = sources.get(path);
    if (text === undefined) return [`${path}: the room has no door`];
    const lines = text.split("\n");
    const wrong = doorLines.findIndex((start, index) => !lines[index]?.startsWith(start));
    return wrong < 0 ? [] : [`${path}:${wrong + 1}: the line must begin with "${doorLines[wrong]}"`];
  });
}

function checkImports(path: string, imports: readonly Import[]): string[] {
  const zone = zoneOf(path);
  if (zone === undefined) return [`${path}: belongs to no zone of the import table`];
  return imports.flatMap((each) => {
    const complaint = complaintOf(path, zone, each);
    return complaint === undefined ? [] : [`${path}:${each.line}: ${complaint}`];
  });
}

function complaintOf(path: string, zone: Zone, { specifier, typeOnly }: Import): string | undefined {
  if (specifier === undefined) return "a computed import cannot be checked";
  if (typeZones.includes(zone) && !typeOnly) return `${zone} may import types only, not ${specifier}`;
  const target = targetOf(path, specifier);
  return target === undefined ? packageComplaint(zone, specifier) : zoneComplaint(zone, target, typeOnly);
}

function zoneComplaint(zone: Zone, target: string, typeOnly: boolean): string | undefined {
  if (target.startsWith("../")) {
    return importableOutside.includes(target) ? undefined : `${target} is outside src`;
  }
  const other = zoneOf(target);
  if (other === zone) return undefined;
  const permit = other === undefined ? undefined : importTable[zone]?.[other];
  if (permit === undefined) return `${zone} may not import ${target}`;
  if (permit.door !== undefined && permit.door !== target) {
    return `${target} is behind the door ${permit.door}`;
  }
  if (permit.typesOnly && !typeOnly) return `${zone} may import types only from ${target} (import type …)`;
  return undefined;
}

function packageComplaint(zone: Zone, specifier: string): string | undefined {
  if (isBuiltin(specifier)) {
    return zonesWithoutNode.includes(zone) ? `${zone} may not use Node's ${specifier}` : undefined;
  }
  const name = packageName(specifier);
  const owners = packageZones[name];
  const allowed = owners ? owners.includes(zone) : (closedZones[zone]?.includes(name) ?? true);
  return allowed ? undefined : `${zone} may not use the package ${name}`;
}

/** The path under `src` that a relative specifier means; absent for a package. */
function targetOf(path: string, specifier: string | undefined): string | undefined {
  if (specifier === undefined || !/^\.{0,2}\//.test(specifier)) return undefined;
  return posix.join(posix.dirname(path), specifier);
}

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
