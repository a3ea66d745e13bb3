import type { Constant, Fallback, Test } from "../extract/index.ts";
import { type Port, portKey } from "./port.ts";

/** A value of which the text tells all that tests ask for: a constant (`undefined` too), or that it is some object. */
export type Known = { readonly constant: Constant | undefined } | { readonly object: true };

export const missing: Known = { constant: undefined };
export const someObject: Known = { object: true };

/** A hit, or what is thrown, is there only where the caller's value at an in-port passes a test, as far as that can be told. */
export interface PortCondition {
  readonly port: Port;
  readonly test: Test;
  readonly otherwise: readonly StandIn[];
}

/** What stands in for a value that is missing: a default, `?? true`. */
export interface StandIn {
  readonly how: Fallback;
  readonly value: Known;
}

/** What is meant only where the caller's value is one of some keys. */
export interface KeyCondition {
  readonly port: Port;
  readonly among: readonly (string | number)[];
}

export function keyConditionKey({ port, among }: KeyCondition): string {
  return `${portKey(port)}=${among.join("|")}`;
}

export const always: readonly PortCondition[] = [];

/** Conditions that one hit keeps, at most: without the others, it is there more often. */
const mostConditions = 4;

export function conditionsKey(conditions: readonly PortCondition[]): string {
  return conditions.map(conditionKey).join("&");
}

function conditionKey({ port, test, otherwise }: PortCondition): string {
  return `${portKey(port)}=${JSON.stringify(test)}${otherwise.length > 0 ? JSON.stringify(otherwise) : ""}`;
}

export function bothConditions(
  one: readonly PortCondition[],
  other: readonly PortCondition[],
): readonly PortCondition[] {
  if (one.length === 0 || other.length === 0) return one.length === 0 ? other : one;
  const all = new Map([...one, ...other].map((each) => [conditionKey(each), each]));
  return [...all.values()].slice(0, mostConditions);
}

/** Whether a known value passes a test, or what stands in for it. */
export function passes(test: Test, value: Known, otherwise: readonly StandIn[] = []): boolean {
  return replaced(value, otherwise).some((each) => passesAlone(test, each));
}

/** What a known value is in the end. */
export function replaced(value: Known, otherwise: readonly StandIn[]): readonly Known[] {
  const others = otherwise.filter(({ how }) => isMissing(value, how));
  return others.length > 0 ? others.map((each) => each.value) : [value];
}

export function isMissing(value: Known, how: Fallback): boolean {
  if (how === "||") return !isTruthy(value);
  return "constant" in value && (value.constant === undefined || (how === "??" && value.constant === null));
}

function passesAlone(test: Test, value: Known): boolean {
  if ("truthy" in test) return isTruthy(value) === test.truthy;
  return isAmong(test, value) !== (test.not === true);
}

function isAmong(test: Extract<Test, { among: unknown }>, value: Known): boolean {
  if ("object" in value) return false;
  const { constant } = value;
  if (constant === undefined) return test.missing === true;
  // `==` takes a number for the text of it.
  return test.among.some((each) => each === constant || (!test.not && String(each) === String(constant)));
}

function isTruthy(value: Known): boolean {
  return "object" in value || Boolean(value.constant);
}
