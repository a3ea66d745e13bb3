/** How sure the analysis is that a value is personal data (or that a call is a sink). */
export type Confidence = "high" | "medium" | "low";

const order: Record<Confidence, number> = { low: 0, medium: 1, high: 2 };

export function isAtLeast(confidence: Confidence, floor: Confidence): boolean {
  return order[confidence] >= order[floor];
}

export function lowest(a: Confidence, b: Confidence): Confidence {
  return order[a] <= order[b] ? a : b;
}

export function highest(a: Confidence, b: Confidence): Confidence {
  return order[a] >= order[b] ? a : b;
}

/**
 * Kinds are dotted trees: sink kinds (`export.csv`) and data types (`contact.email`).
 * `isWithin("export.csv", "export")` holds; `isWithin("exporter", "export")` does not.
 * `pii` is the root of all data types.
 */
export function isWithin(kind: string, ancestor: string): boolean {
  return ancestor === "pii" || kind === ancestor || kind.startsWith(`${ancestor}.`);
}
