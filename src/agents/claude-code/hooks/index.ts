// Hooking Claude Code: which events its version knows, the entries in its settings, and how to take them out again.
export { applyInstall, applyUninstall, type InstallPlan, planInstall, planUninstall } from './install.ts';
export { configDir } from './target.ts';
export { installedVersion } from './version.ts';
