import { arrayOf } from "./array-shape.ts";
import { openAtom } from "./atom.ts";
import { record } from "./builtin-call.ts";
import { empty, isFunction, join, load, ofAtom, type Shape, store } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { typeArgument } from "./state-objects.ts";
import { ability, type Cell } from "./state-store.ts";

/** What an endpoint gives, and the function that is run with what it is asked for. */
const dataField = "@@data";
const askField = "@@ask";

/** `createApi({ endpoints: (build) => ({ getUser: build.query<User, string>(…) }) })`: hooks by the names of endpoints. */
export function makeEndpoints(evaluation: Evaluation, site: CallSite, cell: Cell): Shape {
  const [options = empty] = site.args;
  const make = ability(cell, "endpoint");
  const builder = record({ query: make, mutation: make, infiniteQuery: make });
  const { calls } = evaluation.solver;
  const endpoints = calls.callBack(evaluation, site, load(options, "endpoints"), [builder], 0);
  let api: Shape = record({
    injectEndpoints: ability(cell, "inject"),
    enhanceEndpoints: ability(cell, "inject"),
  });
  for (const [name, endpoint] of endpoints.fields ?? []) {
    const data = endpoint.fields?.get(dataField);
    if (!data) continue;
    const answer = record({ data, currentData: data, unwrap: ability(cell, "give", data) });
    const ask = store(ability(cell, "give", answer), askField, load(endpoint, askField));
    const both = ability(cell, "give", arrayOf([ask, answer]));
    const title = name.charAt(0).toUpperCase() + name.slice(1);
    api = store(api, `use${title}Query`, ask);
    api = store(api, `useLazy${title}Query`, both);
    api = store(api, `use${title}Mutation`, both);
  }
  return join(api, ofAtom(openAtom));
}

/** `build.query<User, string>({ query, transformResponse, queryFn })` */
export function makeEndpoint(evaluation: Evaluation, site: CallSite): Shape {
  const [options = empty] = site.args;
  const { calls } = evaluation.solver;
  const queried = calls.callBack(evaluation, site, load(options, "queryFn"), [ofAtom(openAtom)], 0);
  return record({
    [dataField]: join(typeArgument(evaluation, site), load(queried, "data")),
    [askField]: load(options, "query"),
  });
}

/** A hook or what it triggers: what it is asked with goes to the endpoint's function. */
export function ask(evaluation: Evaluation, site: CallSite): Shape {
  const callee = load(site.callee, askField);
  if (isFunction(callee)) evaluation.solver.calls.callShape(evaluation, { ...site, id: -1, callee });
  return load(site.callee, "@@reducer");
}
