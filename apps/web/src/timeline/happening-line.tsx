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
  const { what, user } = happening;
  if (what === 'gone') return t('wentAway', user.name);
  if (what === 'owns') return user.id === meId ? t('ownedByYou') : t('ownedBy', user.name);
  return user.id === meId ? t('joinedYou') : t('joined', user.name);
}
