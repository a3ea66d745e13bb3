const meanings: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOENT: "it does not exist, or is a link to a file that does not exist",
  ELOOP: "it is a link that leads back to itself",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is not a folder",
  EMFILE: "too many files are open",
  EIO: "the disk reported an error",
};

/** Why the disk said no, in plain words and without the machine's paths. */
export function describeIoError(error: unknown): string {
  const code =
    typeof error === "object" && error !== null && "code" in error ? String(error.code) : undefined;
  if (code !== undefined) return meanings[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}
