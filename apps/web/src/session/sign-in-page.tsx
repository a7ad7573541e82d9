import { A, useNavigate, useSearchParams } from '@solidjs/router';
import { Show } from 'solid-js';
import { Notice } from '../ui/notice.tsx';
import { Door } from './door.tsx';
import { returnPath } from './return-path.ts';
import { useState } from './session.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { t } from './words.ts';

export function SignInPage() {
  const navigate = useNavigate();
  const [query] = useSearchParams<{ to: string }>();
  const connection = useState((state) => state.connection);
  const ended = () => {
    const now = connection();
    return now.status === 'signedOut' && now.reason === 'ended';
  };
  return (
    <Door
      title={t('welcomeBack')}
      lead={
        <Show when={ended()}>
          <Notice tone="info">{t('sessionEnded')}</Notice>
        </Show>
      }
      below={
        <p class="door-below">
          {t('newHere')} <A href={`/sign-up${location.search}`}>{t('createAnAccount')}</A>
          {' · '}
          <A href="/forgot">{t('forgotPassword')}</A>
        </p>
      }
    >
      <SignInForm onDone={() => navigate(returnPath(query.to), { replace: true })} />
    </Door>
  );
}
