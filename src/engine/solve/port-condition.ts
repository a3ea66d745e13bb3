import { type Port, portKey } from "./port.ts";

/** A hit is there only where the caller's value at an in-port is one of some constants, as far as that can be told. */
export interface PortCondition {
  readonly port: Port;
  readonly among: readonly (string | number)[];
}

export const always: readonly PortCondition[] = [];

export function conditionsKey(conditions: readonly PortCondition[]): string {
  return conditions.map(({ port, among }) => `${portKey(port)}=${among.join("|")}`).join("&");
}
