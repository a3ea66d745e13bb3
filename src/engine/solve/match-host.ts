/** `*` stands for any run of characters; `*.example.com` is also `example.com` itself. */
export function matchesHost(pattern: string, host: string): boolean {
  const text = pattern.toLowerCase();
  if (text === host || (text.startsWith("*.") && text.slice(2) === host)) return true;
  const parts = text.split("*");
  if (parts.length === 1) return false;
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const next = nextOf(host, part, at, index === 0, index === parts.length - 1);
    if (next < at || host.slice(next, next + part.length) !== part) return false;
    at = next + part.length;
  }
  return true;
}

/** Where a part of a pattern stands in the host: at its start, at its end, or anywhere behind the last one. */
function nextOf(host: string, part: string, from: number, first: boolean, last: boolean): number {
  if (first) return host.startsWith(part) ? 0 : -1;
  return last ? host.length - part.length : host.indexOf(part, from);
}
