export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const PLACE = 'koreromai.theme';
const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value);

/** The choice of this browser. Storage may be forbidden, and then it is the system's. */
export function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(PLACE);
    return isTheme(kept) ? kept : 'system';
  } catch {
    return 'system';
  }
}

export function wearTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function keepTheme(theme: Theme): void {
  wearTheme(theme);
  try {
    localStorage.setItem(PLACE, theme);
  } catch {
    // worn for this visit only
  }
}
