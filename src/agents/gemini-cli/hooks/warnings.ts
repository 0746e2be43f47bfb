// Reasons why hooks that stand in the settings would not run.
import type { HookPlan } from '../../../model/agent.ts';
import { settingsOf } from '../../shared/hooks/settings.ts';
import { object } from '../../shared/shapes.ts';

export function hookWarnings(file: string, text: string): HookPlan['warnings'] {
  const settings = settingsOf(text, file);
  const isOff = (group: string, name: string): boolean => object(settings[group])?.[name] === false;
  return [
    isOff('tools', 'enableHooks') && 'tools.enableHooks',
    isOff('hooksConfig', 'enabled') && 'hooksConfig.enabled',
  ]
    .filter((one) => one !== false)
    .map((name) => ({ code: 'disabled', file, message: `${name} is false: every hook is off` }));
}
