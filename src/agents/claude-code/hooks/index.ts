// Hooking Claude Code: which events its version knows, the entries in its settings, and how to take them out again.
export { eventsFor, leftOut } from './events.ts';
export {
  applyInstall,
  applyUninstall,
  type InstallOptions,
  type InstallPlan,
  planInstall,
  planUninstall,
  type SettingsChange,
} from './install.ts';
export { settingsFile } from './target.ts';
export { installedVersion } from './version.ts';
export type { HookWarning } from './warnings.ts';
