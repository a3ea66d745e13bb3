import type { Model } from "../base/catalog.ts";

/**
 * Models of libraries that nothing has asked for yet: a program uses a few of the hundreds that the catalog knows. Models
 * that share a name or an alias go together, in the order of the catalog, so that what comes of them does not depend on
 * who asks first.
 */
export interface PendingModels {
  /** The models that a library's name stands for, with their places in the catalog; each is given once. */
  take(library: string): readonly PendingModel[];
}

export interface PendingModel {
  readonly model: Model;
  readonly index: number;
}

export function createPendingModels(models: readonly PendingModel[]): PendingModels {
  const groups = new Map<string, PendingModel[]>();
  for (const each of models) {
    const group = [each];
    const names = new Set([each.model.library ?? "", ...(each.model.aliases ?? [])]);
    for (const name of names)
      for (const other of groups.get(name) ?? []) if (!group.includes(other)) group.push(other);
    for (const { model } of group)
      for (const name of [model.library ?? "", ...(model.aliases ?? [])]) groups.set(name, group);
  }
  return {
    take: (library) => {
      const group = groups.get(library);
      return group ? group.splice(0).sort((a, b) => a.index - b.index) : [];
    },
  };
}
