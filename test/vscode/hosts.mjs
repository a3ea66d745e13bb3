// Which VS Code the tests run in: a desktop one that is downloaded, or the one installed from package registries.
import { spawnSync } from "node:child_process";
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from "@vscode/test-electron";
import { launcherScript } from "../../scripts/vscode-host/host-paths.mjs";
import { ensureHost } from "../../scripts/vscode-host/install.mjs";
import { HostError } from "../../scripts/vscode-host/run-command.mjs";

/**
 * @typedef {object} Host
 * @property {string} executable
 * @property {boolean} canLeaveUntrusted test-electron always switches trust off in a desktop VS Code
 * @property {(vsix: string) => NodeJS.ProcessEnv} usePackage what the tests' environment needs for this package
 */

/** @returns {Promise<Host>} */
export async function prepareHost() {
  const wanted = process.env.BORDERLINE_VSCODE ?? "";
  if (wanted === "download") return desktopHost(await downloadDesktop());
  if (wanted !== "") {
    throw new HostError(
      `BORDERLINE_VSCODE is "${wanted}". Set it to "download", or leave it out to use the local host.`,
    );
  }
  await ensureHost();
  return {
    executable: launcherScript,
    canLeaveUntrusted: true,
    usePackage: (vsix) => ({ BORDERLINE_VSIX: vsix }),
  };
}

async function downloadDesktop() {
  try {
    return await downloadAndUnzipVSCode();
  } catch (error) {
    throw new HostError(
      `VS Code could not be downloaded: ${error}. Leave BORDERLINE_VSCODE out to use the host that npm and apt can install.`,
    );
  }
}

/**
 * @param {string} executable
 * @returns {Host}
 */
function desktopHost(executable) {
  return {
    executable,
    canLeaveUntrusted: false,
    usePackage(vsix) {
      const [cli, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable);
      const shell = process.platform === "win32";
      const result = spawnSync(cli, [...args, "--install-extension", vsix, "--force"], {
        encoding: "utf8",
        shell,
      });
      if (result.status !== 0)
        throw new HostError(`VS Code did not install ${vsix}:\n${result.stdout}${result.stderr}`);
      return {};
    },
  };
}
