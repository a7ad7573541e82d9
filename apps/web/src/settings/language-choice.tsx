import { For } from 'solid-js';
import { keepLanguage, type Language, languages, offered } from '../language/languages.ts';
import { language, speak } from '../language/words.ts';
import { createCommand } from '../ui/command.ts';
import { t } from './words.ts';

/** The language of this browser's page. Each is named in itself; what nobody has reviewed says so where it is chosen. */
export function LanguageChoice() {
  const choosing = createCommand(async (next: Language) => {
    await speak(next);
    keepLanguage(next);
  });
  return (
    <section class="settings-part" aria-labelledby="language-title">
      <h2 id="language-title">{t('language')}</h2>
      <div class="themes" role="radiogroup" aria-labelledby="language-title" aria-describedby="language-unreviewed">
        <For each={offered}>
          {(each) => (
            <label class="theme">
              <input
                class="theme-radio"
                type="radio"
                name="language"
                value={each}
                checked={language() === each}
                onChange={() => void choosing.run(each)}
              />
              <span lang={languages[each].tag}>{languages[each].name}</span>
            </label>
          )}
        </For>
      </div>
      <p class="field-hint" id="language-unreviewed">
        {t('unreviewed')}
      </p>
    </section>
  );
}
