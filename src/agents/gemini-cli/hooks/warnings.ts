// Reasons why hooks that stand in the settings would not run.
import type { HookPlan } from '../../../model/agent.ts';
import { settingsOf } from '../../shared/hooks/settings.ts';
import { object } from '../../shared/shapes.ts';

export function hookWarnings(file: string, text: string, isProject: boolean): HookPlan['warnings'] {
  const settings = settingsOf(text, file);
  const isOff = (group: string, name: string): boolean => object(settings[group])?.[name] === false;
  const off = [
    isOff('tools', 'enableHooks') && 'tools.enableHooks',
    isOff('hooksConfig', 'enabled') && 'hooksConfig.enabled',
  ].filter((one) => one !== false);
  return [
    ...off.map((name) => ({ code: 'disabled', file, message: `${name} is false: every hook is off` })),
    ...(isProject
      ? [{ code: 'trust', file, message: 'is read by Gemini CLI only once you trust this folder' }]
      : []),
  ];
}
