import type { ArtifactLocation, PhysicalLocation, Region, Location as SarifLocation } from "sarif";
import type { FileId, Location, Range } from "../engine/index.ts";

/** The name that stands for the scanned folder. */
export const sourceRoot = "%SRCROOT%";

/** A place in code with a message of its own. */
export function sarifLocation(location: Location, text: string): SarifLocation {
  return { physicalLocation: physicalLocation(location), message: { text } };
}

export function physicalLocation(location: Location): PhysicalLocation {
  return { artifactLocation: artifactLocation(location.file), region: regionOf(location) };
}

/** A file by its percent-encoded path: names may hold spaces, `#`, `%` and letters of any script. */
export function artifactLocation(file: FileId): ArtifactLocation {
  return { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: sourceRoot };
}

/** SARIF counts from 1, and ends a region just behind its last column. */
export function regionOf({ start, end }: Range): Region {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
