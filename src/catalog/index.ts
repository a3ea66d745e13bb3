/**
 * What the tool knows: data types, libraries, regions, presets and rules, as JSON files with a schema each, and the loader.
 * It also reads the user's own policy and models, which are written in the same words.
 */
export { type CatalogFiles, type LoadOptions, loadCatalog } from "./load-catalog.ts";
export { loadModels } from "./load-models.ts";
export { type LoadedPolicy, loadPolicy } from "./load-policy.ts";
