/** A value that only the caller knows: the in-port that it comes by, and the path from there. */
export interface Port {
  readonly root: string;
  readonly path: readonly string[];
}

export function portKey({ root, path }: Port): string {
  return `${root}.${path.join(".")}`;
}

export function samePort(a: Port, b: Port): boolean {
  return (
    a.root === b.root && a.path.length === b.path.length && a.path.every((key, at) => key === b.path[at])
  );
}
