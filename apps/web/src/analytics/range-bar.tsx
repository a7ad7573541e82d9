import { For, Show } from 'solid-js';
import { Field } from '../ui/field.tsx';
import { type Preset, presets, type Range } from './range.ts';
import { t } from './words.ts';

interface RangeBarProps {
  preset: Preset;
  custom: Range;
  onPreset: (preset: Preset) => void;
  onCustom: (range: Range) => void;
}

export function RangeBar(props: RangeBarProps) {
  return (
    <div class="range">
      <fieldset class="range-presets">
        <legend class="quiet">{t('range')}</legend>
        <For each={presets}>
          {(each) => (
            <label class="range-preset">
              <input
                type="radio"
                name="range"
                value={each.value}
                checked={props.preset === each.value}
                onChange={() => props.onPreset(each.value)}
              />
              {t(each.text)}
            </label>
          )}
        </For>
      </fieldset>
      <Show when={props.preset === 'custom'}>
        <div class="toolbar">
          <Field label={t('firstDay')} type="date" value={props.custom.from} onText={(from) => props.onCustom({ ...props.custom, from })} />
          <Field label={t('lastDay')} type="date" value={props.custom.to} onText={(to) => props.onCustom({ ...props.custom, to })} />
        </div>
      </Show>
    </div>
  );
}
