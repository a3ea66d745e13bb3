export function draw<T>(items: readonly T[], count: number, seed: number): readonly T[];
