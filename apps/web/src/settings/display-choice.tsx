import { For } from 'solid-js';
import { type Display, type DisplayName, display, displays, keepDisplay } from './display.ts';
import { t } from './words.ts';

/** The order of messages (R060), how close things stand, and 12 or 24 hours: of this browser alone (UI46). */
export const DisplayChoice = () => (
  <section class="settings-part" aria-labelledby="display-title">
    <h2 id="display-title">{t('display')}</h2>
    <Choice name="order" />
    <Choice name="density" />
    <Choice name="hours" />
  </section>
);

function Choice(props: { name: DisplayName }) {
  const id = () => `display-${props.name}`;
  const choices = (): readonly Display<DisplayName>[] => displays[props.name];
  return (
    <div class="settings-list">
      <h3 class="field-label" id={id()}>
        {t(props.name)}
      </h3>
      <div class="themes" role="radiogroup" aria-labelledby={id()}>
        <For each={choices()}>
          {(each) => (
            <label class="theme">
              <input
                class="theme-radio"
                type="radio"
                name={id()}
                value={each}
                checked={display[props.name]() === each}
                onChange={() => keepDisplay(props.name, each)}
              />
              {t(each)}
            </label>
          )}
        </For>
      </div>
    </div>
  );
}
