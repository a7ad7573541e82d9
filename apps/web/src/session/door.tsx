import type { JSX, ParentProps } from 'solid-js';
import { Wordmark } from '../ui/brand.tsx';
import './door.css';
import { t } from './words.ts';

/** The frame of every page outside: sign-in, sign-up, an invitation. */
export function Door(props: ParentProps<{ title: string; lead?: JSX.Element; below?: JSX.Element }>) {
  return (
    <div class="door">
      <aside class="door-side" aria-label={t('aboutKoreroMai')}>
        <Wordmark />
        <p class="door-tagline">
          <span lang="mi">Kōrero mai</span> – {t('speakToMe')}
        </p>
        <div class="door-talk" aria-hidden="true">
          <span class="door-bubble">{t('bubbleOne')}</span>
          <span class="door-bubble door-bubble-own">{t('bubbleTwo')}</span>
          <span class="door-bubble">{t('bubbleThree')}</span>
        </div>
      </aside>
      <main class="door-main" id="main" tabindex="-1">
        <div class="door-card">
          <h1 class="door-title">{props.title}</h1>
          {props.lead}
          {props.children}
        </div>
        {props.below}
      </main>
    </div>
  );
}
