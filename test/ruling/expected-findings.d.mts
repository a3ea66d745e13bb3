export interface ExpectedFinding {
  readonly id: string;
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly call: string;
  readonly dataTypes: readonly string[];
  readonly confidence: string;
  readonly verdict?: string;
  readonly why?: string;
}

export function compareToExpected(
  expected: readonly ExpectedFinding[],
  found: readonly ExpectedFinding[],
): readonly { readonly sign: "+" | "-"; readonly finding: ExpectedFinding }[];

export function keepReviews(
  expected: readonly ExpectedFinding[],
  found: readonly ExpectedFinding[],
): readonly ExpectedFinding[];

export function wordPrecision(findings: readonly ExpectedFinding[]): string;

export function writeExpected(expected: {
  readonly application: string;
  readonly revision: string;
  readonly findings: readonly ExpectedFinding[];
}): string;
