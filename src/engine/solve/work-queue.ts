/**
 * Functions that wait to be solved again. Callees come before their callers, in the order in which they were first done:
 * a caller that is solved before its callees are settled is solved in vain.
 */
export class WorkQueue {
  private readonly ranks = new Map<number, number>();
  private readonly waiting = new Set<number>();
  /** A binary heap by rank. It may still hold functions that were solved in the meantime. */
  private readonly heap: number[] = [];

  /** A function is done for the first time: all callees that it waited for came before it. */
  rank(id: number): void {
    if (!this.ranks.has(id)) this.ranks.set(id, this.ranks.size);
  }

  add(id: number): void {
    if (this.waiting.has(id)) return;
    this.waiting.add(id);
    this.heap.push(id);
    this.rise(this.heap.length - 1);
  }

  delete(id: number): void {
    this.waiting.delete(id);
  }

  take(): number | undefined {
    while (this.heap.length > 0) {
      const [first] = this.heap as [number];
      const last = this.heap.pop() as number;
      if (this.heap.length > 0) {
        this.heap[0] = last;
        this.sink(0);
      }
      if (this.waiting.delete(first)) return first;
    }
    return undefined;
  }

  private before(a: number, b: number): boolean {
    const [one, other] = [this.heap[a] as number, this.heap[b] as number];
    return (
      (this.ranks.get(one) ?? Number.POSITIVE_INFINITY) < (this.ranks.get(other) ?? Number.POSITIVE_INFINITY)
    );
  }

  private rise(at: number): void {
    for (let child = at; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.before(child, parent)) return;
      this.swap(child, parent);
      child = parent;
    }
  }

  private sink(at: number): void {
    for (let parent = at; ; ) {
      let least = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2])
        if (child < this.heap.length && this.before(child, least)) least = child;
      if (least === parent) return;
      this.swap(parent, least);
      parent = least;
    }
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b] as number, this.heap[a] as number];
  }
}
