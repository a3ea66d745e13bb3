const prime = 0x100000001b3n;
const offsetBasis = 0xcbf29ce484222325n;

/**
 * The 64-bit FNV-1a hash of a text's UTF-16 code units, as 16 hexadecimal digits. For names that must be the same on every
 * machine and in every run; it withstands no attacker.
 */
export function hashText(text: string): string {
  let hash = offsetBasis;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = BigInt.asUintN(64, (hash ^ BigInt(unit & 0xff)) * prime);
    hash = BigInt.asUintN(64, (hash ^ BigInt(unit >> 8)) * prime);
  }
  return hash.toString(16).padStart(16, "0");
}
