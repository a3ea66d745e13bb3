export * from "./types.ts";
export { logger } from "./logger.ts";
export { archiveEurope, archiveUnitedStates, mirrorBeijing } from "./clients/object-store.ts";
export { opsConsole, usCollector, usInternal } from "./clients/http.ts";
export { maskEmail, maskPhone } from "./privacy/mask.ts";
export { toReference } from "./privacy/reference.ts";
