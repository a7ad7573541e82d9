import { A } from '@solidjs/router';
import AtSign from 'lucide-solid/icons/at-sign';
import ChartColumn from 'lucide-solid/icons/chart-column';
import Hash from 'lucide-solid/icons/hash';
import Search from 'lucide-solid/icons/search';
import Users from 'lucide-solid/icons/users';
import { For } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import './places.css';
import { t } from './words.ts';

const places = [
  { href: '/rooms', name: 'rooms', icon: Hash },
  { href: '/people', name: 'people', icon: Users },
  { href: '/mentions', name: 'mentions', icon: AtSign },
  { href: '/search', name: 'search', icon: Search },
  { href: '/analytics', name: 'activity', icon: ChartColumn },
] as const;

/** Where else one can go, above the list of chats. */
export function Places() {
  return (
    <ul class="places">
      <For each={places}>
        {(place) => (
          <li>
            <A class="place" activeClass="place-current" href={place.href}>
              <Dynamic component={place.icon} size={19} aria-hidden="true" />
              {t(place.name)}
            </A>
          </li>
        )}
      </For>
    </ul>
  );
}
