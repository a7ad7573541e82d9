import type { Pending } from '@koreromai/contract';
import Mail from 'lucide-solid/icons/mail';
import type { JSX } from 'solid-js';
import { CopyButton } from '../ui/copy-button.tsx';
import './pending-link.css';
import { t } from './words.ts';

/** A seat kept for an address without an account, and the link that its owner needs (C7). */
export function PendingLink(props: { pending: Pending; action?: JSX.Element }) {
  let link: HTMLInputElement | undefined;
  return (
    <li class="pending">
      <span class="pending-icon" aria-hidden="true">
        <Mail size={18} />
      </span>
      <div class="pending-who">
        <bdi class="pending-mail">{props.pending.email}</bdi>
        <span class="pending-state">{t('invitedNotHere')}</span>
      </div>
      {props.action}
      <div class="pending-link">
        <input
          ref={link}
          class="pending-address"
          readonly
          value={props.pending.link}
          aria-label={t('linkFor', props.pending.email)}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={props.pending.link} label={t('copyLinkFor', props.pending.email)} onBlocked={() => link?.focus()} />
      </div>
    </li>
  );
}
