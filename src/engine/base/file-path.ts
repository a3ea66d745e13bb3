// POSIX paths relative to the workspace root; "" is the root itself. Nothing here knows of a disk.

/** The folder that a file or folder stands in. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** The path that `relative` names, seen from `folder`; absent when it leads out of the workspace. */
export function joinPath(folder: string, relative: string): string | undefined {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

/** The folder itself and every folder around it, the nearest first, the root last. */
export function foldersAround(folder: string): string[] {
  const folders = [folder];
  while (folders.at(-1) !== "") folders.push(folderOf(folders.at(-1) as string));
  return folders;
}
