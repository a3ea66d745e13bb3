/** A program of assignments, stores, branches, loops, jumps and closures, the same for the same seed. */
export function randomProgram(seed: number): string {
  const random = randomNumbers(seed);
  const scope: Scope = {
    random,
    texts: 0,
    sinks: 0,
    labels: 0,
    closures: [],
    loops: [],
    depth: 0,
    inFunction: false,
  };
  return [
    'let a = "a", b = "b", c = "c";',
    'const o = { f: "of", n: { f: "onf" } }, p = { f: "pf", n: { f: "pnf" } };',
    "let q = o;",
    block(scope, 10),
    sink(scope),
  ].join("\n");
}

/** Numbers below the limit that is asked for. */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % limit;
  };
}

interface Scope {
  readonly random: (limit: number) => number;
  texts: number;
  sinks: number;
  labels: number;
  /** Closures that can be called here. */
  closures: string[];
  /** Labels of the loops around, the innermost last. */
  loops: string[];
  depth: number;
  inFunction: boolean;
}

const pick = <T>({ random }: Scope, items: readonly T[]): T => items[random(items.length)] as T;

const variable = (scope: Scope) => pick(scope, ["a", "b", "c"]);

/**
 * Closures leave `q` alone: that it may be `o` is known only where both are local. Loops do not set it: that it may be an
 * object of the round before is known too late.
 */
const place = (scope: Scope) =>
  pick(scope, scope.inFunction ? ["o.f", "p.f", "o.n.f"] : ["o.f", "p.f", "q.f", "o.n.f", "q.n.f"]);

const object = (scope: Scope) => pick(scope, scope.inFunction ? ["o", "p"] : ["o", "p", "q"]);

const text = (scope: Scope) => `"k${scope.texts++}"`;

const value = (scope: Scope) =>
  pick(scope, [text, text, variable, place, () => `(r(2) ? ${variable(scope)} : ${text(scope)})`])(scope);

const sink = (scope: Scope) => `sink(${scope.sinks++}, ${pick(scope, [variable, place])(scope)});`;

function block(scope: Scope, most: number): string {
  const { closures } = scope;
  scope.closures = [...closures];
  const lines: string[] = [];
  for (let i = 1 + scope.random(most); i > 0; i--) lines.push(statement(scope));
  scope.closures = closures;
  return lines.join("\n");
}

function statement(scope: Scope): string {
  if (scope.depth > 3 || scope.random(2) === 0) return simple(scope);
  scope.depth++;
  const made = pick(scope, [branch, loop, choice, attempt, closure, jump])(scope);
  scope.depth--;
  return made;
}

function simple(scope: Scope): string {
  const kinds = [
    () => `${variable(scope)} = ${value(scope)};`,
    () => `${place(scope)} = ${value(scope)};`,
    () => (scope.inFunction || scope.loops.length > 0 ? sink(scope) : `q = ${object(scope)};`),
    () => `{ const m = ${object(scope)}.n; m.f = ${value(scope)}; }`,
    () => `r(2) && (${variable(scope)} = ${value(scope)});`,
    () => sink(scope),
    () => sink(scope),
    () => (scope.closures.length > 0 ? `${pick(scope, scope.closures)}();` : sink(scope)),
  ];
  return pick(scope, kinds)();
}

function branch(scope: Scope): string {
  const tested = variable(scope);
  const test = pick(scope, ["r(2)", "r(2)", `${tested} === "k1"`, `${tested} !== "k2"`]);
  const otherwise = scope.random(2) === 0 ? ` else {\n${block(scope, 3)}\n}` : "";
  return `if (${test}) {\n${block(scope, 3)}\n}${otherwise}`;
}

function loop(scope: Scope): string {
  const label = `l${scope.labels++}`;
  scope.loops.push(label);
  const body = block(scope, 4);
  scope.loops.pop();
  const update = `${variable(scope)} = ${value(scope)}`;
  return pick(scope, [
    `${label}: while (r(3)) {\n${body}\n}`,
    `${label}: do {\n${body}\n} while (r(3));`,
    `${label}: for (const x of [1, 2]) {\n${body}\n}`,
    `${label}: for (; r(3); ${update}) {\n${body}\n}`,
  ]);
}

function choice(scope: Scope): string {
  const ending = () => (scope.random(2) === 0 ? "\nbreak;" : "");
  const subject = scope.random(2) === 0 ? "r(3)" : variable(scope);
  const first = subject === "r(3)" ? "0" : '"k3"';
  const last = scope.random(2) === 0 ? `\ndefault:\n${block(scope, 2)}${ending()}` : "";
  return `switch (${subject}) {\ncase ${first}:\n${block(scope, 2)}${ending()}\ncase 1:\n${block(scope, 2)}${ending()}${last}\n}`;
}

function attempt(scope: Scope): string {
  const thrown = scope.random(2) === 0 ? `\nif (r(2)) throw ${value(scope)};` : "";
  const body = `try {\n${block(scope, 3)}${thrown}\n${block(scope, 2)}\n}`;
  const caught = ` catch (e) {\n${variable(scope)} = e;\n${block(scope, 2)}\n}`;
  const last = ` finally {\n${block(scope, 2)}\n}`;
  return body + pick(scope, [caught, caught + last, caught]);
}

function closure(scope: Scope): string {
  const name = `g${scope.labels++}`;
  const { loops, inFunction, closures } = scope;
  scope.loops = [];
  scope.inFunction = true;
  const body = block(scope, 3);
  scope.loops = loops;
  scope.inFunction = inFunction;
  scope.closures = [...closures, name];
  return `const ${name} = () => {\n${body}\n};`;
}

function jump(scope: Scope): string {
  const jumps = scope.loops.flatMap((label) => [`break ${label};`, `continue ${label};`]);
  if (scope.loops.length > 0) jumps.push("continue;");
  jumps.push("return;");
  return `if (r(4) === 0) { ${sink(scope)} ${pick(scope, jumps)} }`;
}
