export interface NewLibrary {
  readonly name: string;
  readonly kind: string;
  readonly member: string;
  readonly readFrom: string;
}
export function filesOfLibrary(library: NewLibrary): Map<string, string>;
