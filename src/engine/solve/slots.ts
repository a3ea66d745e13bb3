import { empty, join, load, type Shape, slotPrefix, store, withFields } from "./shape.ts";

/**
 * Hidden fields that travel with an object as data does, also through a caller's value: the listeners that were added to
 * it, the reason that a promise may be rejected with. What is not known here is a symbol: the caller's slot.
 */
export const rejectedSlot = `${slotPrefix}rejected`;
/** What a generator returns at its end, and what its `next(value)` writes to. */
export const returnedSlot = `${slotPrefix}returned`;
export const sentSlot = `${slotPrefix}sent`;

/** What the first argument of a test is where its answer holds. */
export const acceptedSlot = "@@accepted";

export function listenerSlot(event: string): string {
  return `${slotPrefix}on ${event}`;
}

export function addToSlot(shape: Shape, slot: string, value: Shape): Shape {
  return value === empty ? shape : store(shape, slot, join(load(shape, slot), value));
}

/** The value without what a slot says of it: a promise that was awaited is no longer rejected. */
export function withoutSlot(shape: Shape, slot: string): Shape {
  if (!shape.fields?.has(slot)) return shape;
  return withFields(shape, new Map([...shape.fields].filter(([key]) => key !== slot)));
}
