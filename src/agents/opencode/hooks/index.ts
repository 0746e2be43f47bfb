export { configFolder, install, planInstall, planUninstall, uninstall } from './install.ts';
export { installedVersion } from './version.ts';
