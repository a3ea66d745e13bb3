import { withElements } from "./array-shape.ts";
import { openAtom } from "./atom.ts";
import {
  after,
  clean,
  each,
  folded,
  isList,
  itemAt,
  list,
  type Method,
  type Methods,
  numberOf,
  open,
  record,
} from "./builtin-call.ts";
import { listOfMapped } from "./copied-list.ts";
import { guardedType } from "./evaluate-judged.ts";
import { joinKnown } from "./join-known.ts";
import { elementKey, keysField } from "./key-words.ts";
import { narrowToType } from "./narrow-to-type.ts";
import { empty, join, joinAll, load, ofAtom, type Shape, store } from "./shape.ts";
import { acceptedSlot } from "./slots.ts";

const element = (self: Shape): Shape => load(self, elementKey);
const elements: Method = ({ self }) => list(element(self));

/** Calls back with the elements, and answers with nothing of them. */
const answer: Method = ({ self, back }) => after(back(0, element(self), open(), self), empty);

const push: Method = ({ self, args, mutate, entry }) => {
  entry();
  mutate(args.reduce((at, arg) => store(at, "*", arg), self));
  return empty;
};

const fill: Method = ({ self, args, mutate }) => {
  const filled = store(self, "*", args[0] ?? empty);
  mutate(filled);
  return filled;
};

const splice: Method = (call) => {
  push({ ...call, args: call.args.slice(2) });
  return list(element(call.self));
};

const reduce: Method = ({ self, args, back }) => {
  const start = args[1] ?? element(self);
  const once = back(0, start, element(self));
  return join(start, back(0, join(start, once), element(self)));
};

const sort: Method = (call) =>
  after(call.back(0, element(call.self), element(call.self)), list(element(call.self)));

const filter: Method = (call) => list(find(call));

/** The elements that a test lets pass: of the type that it is declared to test for, or with keys as it tells. */
const find: Method = ({ self, site, back, evaluation: { solver } }) => {
  const answered = back(0, element(self), open(), self);
  const type = guardedType(solver, site.args[0] ?? empty, 0);
  const some = answered.fields?.get(acceptedSlot) ?? element(self);
  return type ? narrowToType(solver, some, type, { owner: site.name, site: site.call }) : some;
};

/** Each element becomes what the callback leaves it as: or may, where it is not plain which function that is. */
const forEach: Method = ({ self, args, changed, mutate, evaluation: { solver } }) => {
  const left = changed(0, element(self), open(), self);
  const [callee] = args[0]?.atoms.values() ?? [];
  const isOne = args[0]?.atoms.size === 1 && callee?.atom.kind === "function";
  if (left)
    mutate(isOne ? withElements(self, left) : withElements(self, joinKnown(solver, [element(self), left])));
  return empty;
};

const map: Method = ({ self, back }) => listOfMapped(back(0, element(self), open(), self));

const flatMap: Method = ({ self, back }) => {
  const result = back(0, element(self), ofAtom(openAtom), self);
  return list(isList(result) ? element(result) : result);
};

const flat: Method = ({ self }) => {
  const inner = element(self);
  return isList(inner) ? list(join(element(inner), { atoms: inner.atoms, fields: undefined })) : self;
};

/** Methods of arrays, and of iterators, by name. */
export const arrayMethods: Methods = {
  map,
  flatMap,
  filter,
  forEach,
  ...each(["some", "every", "findIndex", "findLastIndex"], answer),
  ...each(["find", "findLast"], find),
  ...each(["sort", "toSorted"], sort),
  ...each(["reduce", "reduceRight"], reduce),
  ...each(["push", "unshift"], push),
  ...each(["reverse", "toReversed", "copyWithin", "toArray", "take", "drop"], elements),
  pop: ({ self }) => itemAt(self, -1),
  shift: ({ self }) => itemAt(self, 0),
  at: ({ self, args, isText }) => (isText() ? empty : itemAt(self, numberOf(args[0]))),
  splice,
  toSpliced: ({ self, args }) => list(joinAll([element(self), ...args.slice(2)])),
  with: ({ self, args }) => list(join(element(self), args[1] ?? empty)),
  fill,
  flat,
  join: folded,
  values: elements,
  keys: ({ self }) => list(load(self, keysField)),
  entries: ({ self }) => list(record({ 0: load(self, keysField), 1: element(self) })),
  "Symbol.iterator": ({ self }) => self,
  ...each(["includes", "indexOf", "lastIndexOf"], clean),
};
