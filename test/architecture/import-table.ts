// The import table of ARCHITECTURE.md, as data.

/** The corridor: each room may look at the doors of those before it. */
export const rooms = ["discover", "parse", "extract", "link", "solve", "report"] as const;

/** A folder with a rule of its own: `engine/solve`, `server`, … `engine` is its front door, `corridor` the files around it. */
export type Zone = string;

/** How one zone may import another: values too or types alone, and through which file (none: any file of it). */
export interface Permit {
  readonly door?: string;
  readonly typesOnly?: true;
}

type Row = Readonly<Record<Zone, Permit>>;

const base: Row = { "engine/base": {} };
const engine: Row = { engine: { door: "engine/index.ts" } };
const allRooms: Row = Object.fromEntries(rooms.map((room) => [`engine/${room}`, { door: doorOf(room) }]));
const outside: Row = {
  ...engine,
  catalog: { door: "catalog/index.ts" },
  workspace: { door: "workspace/index.ts" },
  reporters: { door: "reporters/index.ts" },
};

export const importTable: Readonly<Record<Zone, Row>> = {
  "engine/base": {},
  ...Object.fromEntries(rooms.map((room, index) => [`engine/${room}`, rowOfRoom(index)])),
  corridor: { ...base, ...allRooms },
  engine: { ...base, ...allRooms, corridor: {} },
  catalog: engine,
  reporters: engine,
  workspace: engine,
  protocol: {},
  server: { ...outside, protocol: { door: "protocol/index.ts" } },
  // `main.ts` exports nothing: importing it is starting the server, and there is nothing else to do with it.
  cli: { ...outside, server: { door: "server/main.ts" } },
  extension: { protocol: { door: "protocol/index.ts" } },
};

function rowOfRoom(index: number): Row {
  const earlier = rooms.slice(0, index);
  const doors = earlier.map((room) => [`engine/${room}`, { door: doorOf(room), typesOnly: true }] as const);
  return { ...base, ...Object.fromEntries(doors) };
}

function doorOf(room: string): string {
  return `engine/${room}/index.ts`;
}

/** Packages that belong to some zones alone. */
export const packageZones: Readonly<Record<string, readonly Zone[]>> = {
  vscode: ["extension"],
  "vscode-languageclient": ["extension"],
  "vscode-languageserver": ["server"],
  "vscode-languageserver-textdocument": ["server"],
  "vscode-languageserver-protocol": ["protocol", "server"],
  "vscode-languageserver-types": ["protocol", "server"],
  "vscode-jsonrpc": ["protocol", "server"],
  typescript: ["engine/parse"],
  "@typescript-eslint/typescript-estree": ["engine/parse"],
  // Nodes of the tree do not leave `extract`.
  "@typescript-eslint/types": ["engine/parse", "engine/extract"],
  "@typescript-eslint/visitor-keys": ["engine/parse", "engine/extract"],
  commander: ["cli"],
  "cli-progress": ["cli"],
};

/** Zones that may use no other packages than those given here and in `packageZones`; the rest may use any. */
export const closedZones: Readonly<Record<Zone, readonly string[]>> = {
  ...Object.fromEntries(
    // They compute, and touch neither disk nor process.
    ["engine", "corridor", "engine/base", ...rooms.map((room) => `engine/${room}`)].map((zone) => [
      zone,
      ["picomatch", "jsonc-parser", "ignore"],
    ]),
  ),
  protocol: [],
  extension: [],
};

/** Zones where Node's own modules (`node:fs`, …) may not be used. */
export const zonesWithoutNode: readonly Zone[] = [
  ...Object.keys(closedZones).filter((zone) => zone !== "extension"),
  "reporters",
];

/** Of our files outside `src`, these may be imported: they are bundled as data. */
export const importableOutside: readonly string[] = ["../package.json"];

/** Zones whose imports must all be types. */
export const typeZones: readonly Zone[] = ["protocol"];

/** The zone of a file, by its path under `src`. Absent when it stands where nothing may stand. */
export function zoneOf(path: string): Zone | undefined {
  const [first = "", second = "", third] = path.split("/");
  if (first === "engine") {
    if (third === undefined) return second === "index.ts" ? "engine" : "corridor";
    return `engine/${second}` in importTable ? `engine/${second}` : undefined;
  }
  return second !== "" && first in importTable ? first : undefined;
}
