import Monitor from 'lucide-solid/icons/monitor';
import Moon from 'lucide-solid/icons/moon';
import Sun from 'lucide-solid/icons/sun';
import { createSignal, For } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { keepTheme, readTheme, type Theme, themes } from './theme.ts';
import { t } from './words.ts';

const icons = { system: Monitor, light: Sun, dark: Moon } as const;

export function Appearance() {
  const [theme, setTheme] = createSignal(readTheme());
  const choose = (next: Theme) => {
    setTheme(next);
    keepTheme(next);
  };
  return (
    <section class="settings-part" aria-labelledby="appearance-title">
      <h2 id="appearance-title">{t('appearance')}</h2>
      <div class="themes" role="radiogroup" aria-labelledby="appearance-title">
        <For each={themes}>
          {(each) => (
            <label class="theme">
              <input class="theme-radio" type="radio" name="theme" value={each} checked={theme() === each} onChange={() => choose(each)} />
              <Dynamic component={icons[each]} size={18} aria-hidden="true" />
              {t(each)}
            </label>
          )}
        </For>
      </div>
    </section>
  );
}
