import { readSetting, writeSetting } from './settings';

export type Theme = 'system' | 'light' | 'dark';

export const theme: { now: Theme } = $state({ now: readSetting<Theme>('theme') ?? 'system' });

export function setTheme(to: Theme): void {
  theme.now = to;
  writeSetting('theme', to === 'system' ? null : to);
  applyTheme();
}

export function applyTheme(): void {
  if (theme.now === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme.now;
}
