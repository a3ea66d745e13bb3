const names: ReadonlySet<string> = new Set(["globalThis", "window", "global", "self"]);

/** Whether this is what code calls the global object: its properties are variables of the whole program. */
export function isGlobalObject(name: string): boolean {
  return names.has(name);
}

/** The "file" whose variables the properties of the global object are. */
export const globalScope = "@global";
