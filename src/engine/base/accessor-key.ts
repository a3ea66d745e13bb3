const prefixes = { get: "@@get ", set: "@@set " } as const;

/** Where an object keeps the function itself that reads or writes a property, beside the property's value. */
export function accessorKey(does: "get" | "set", property: string): string {
  return prefixes[does] + property;
}

/** The property that a getter reads; undefined for other keys. */
export function propertyOfGetter(key: string): string | undefined {
  return key.startsWith(prefixes.get) ? key.slice(prefixes.get.length) : undefined;
}
