type Readers = ReadonlyMap<number, ReadonlySet<number>>;

/**
 * Functions that only call each other: somebody calls each of them, but nothing that nobody calls leads there. Of such
 * circles, those that no other one leads to.
 */
export function calledInCircles(applied: ReadonlySet<number>, readers: Readers, count: number): Set<number> {
  const left = new Set(applied);
  const callees = calleesOf(readers);
  for (let id = 0; id < count; id++) if (!applied.has(id)) take(id, callees, left);
  const found = new Set<number>();
  const inside = new Set(left);
  for (const id of lastDoneFirst(left, callees)) {
    if (!left.has(id)) continue;
    const led = take(id, callees, left);
    // Whoever leads back to it is of its circle.
    for (const member of take(id, readers, new Set([...inside].filter((each) => led.has(each)))))
      found.add(member);
  }
  return found;
}

function calleesOf(readers: Readers): Readers {
  const callees = new Map<number, Set<number>>();
  for (const [callee, callers] of readers)
    for (const caller of callers) {
      const known = callees.get(caller);
      if (known) known.add(callee);
      else callees.set(caller, new Set([callee]));
    }
  return callees;
}

/** Takes out of `left` what a function leads to, and gives it. */
function take(from: number, next: Readers, left: Set<number>): Set<number> {
  const taken = new Set([from]);
  left.delete(from);
  for (const id of taken) for (const each of next.get(id) ?? []) if (left.delete(each)) taken.add(each);
  return taken;
}

/** In this order, a circle stands before those that it leads to. */
function lastDoneFirst(of: ReadonlySet<number>, callees: Readers): number[] {
  const seen = new Set<number>();
  const done: number[] = [];
  for (const start of of) {
    const stack = [start];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      if (!seen.has(id)) {
        seen.add(id);
        for (const each of callees.get(id) ?? []) if (of.has(each) && !seen.has(each)) stack.push(each);
      } else {
        stack.pop();
        if (!done.includes(id)) done.push(id);
      }
    }
  }
  return done.reverse();
}
