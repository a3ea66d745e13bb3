import type { Confidence } from "../base/kinds.ts";

/** In a constant that was put together, the part that is not known. */
export const unknownPart = "\u0000";

/** Where something stands, and how that was told. */
export interface ToldPlace {
  readonly jurisdiction: string;
  readonly because: string;
  readonly confidence: Confidence;
  /** The policy's region that says so. */
  readonly region?: string;
}

/** The host of a URL, a connection string (also of Azure's sort), a broker or a bare host. */
export function hostOf(text: string): string {
  const match =
    /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/?#:,]+)/i.exec(text) ??
    /(?:^|;)Endpoint(?:Suffix)?=(?:[a-z]+:\/\/)?([^;/:]+)/i.exec(text);
  return (match?.[1] ?? text.split(/[/?#:,]/)[0] ?? "").toLowerCase();
}
