export interface SinkCall {
  readonly kind: string;
  readonly file: string;
  readonly line: number;
  readonly lastLine: number;
}

export function callsIn(file: string, text: string): readonly SinkCall[];
