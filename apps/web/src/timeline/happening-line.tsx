import type { Happening } from './happenings.ts';
import { t } from './words.ts';

/** Said once and quietly: nothing is to be done about it. */
export const HappeningLine = (props: { happening: Happening; meId: string }) => (
  <li class="happening" data-happening={props.happening.what}>
    <span dir="auto">{says(props.happening, props.meId)}</span>
  </li>
);

function says(happening: Happening, meId: string): string {
  if (happening.what === 'renamed') return happening.name === null ? t('nameTaken') : t('renamed', happening.name);
  const { user } = happening;
  if (happening.what === 'owns') return user.id === meId ? t('ownedByYou') : t('ownedBy', user.name);
  const { what, by } = happening;
  if (what === 'gone') {
    if (by === null) return t('wentAway', user.name);
    if (by.id === user.id) return t('left', user.name);
    return by.id === meId ? t('youRemoved', user.name) : t('removed', by.name, user.name);
  }
  if (by === null) return user.id === meId ? t('joinedYou') : t('joined', user.name);
  if (by.id === user.id) return user.id === meId ? t('youCameByLink') : t('cameByLink', user.name);
  if (by.id === meId) return t('youAdded', user.name);
  return user.id === meId ? t('addedYou', by.name) : t('added', by.name, user.name);
}
