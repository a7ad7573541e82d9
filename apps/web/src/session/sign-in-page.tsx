import { A, useNavigate, useSearchParams } from '@solidjs/router';
import { Show } from 'solid-js';
import { Notice } from '../ui/notice.tsx';
import { Door } from './door.tsx';
import { returnPath } from './return-path.ts';
import { useState } from './session.tsx';
import { SignInForm } from './sign-in-form.tsx';

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
      title="Welcome back"
      lead={
        <Show when={ended()}>
          <Notice tone="info">Your session has ended. Sign in again to go on.</Notice>
        </Show>
      }
      below={
        <p class="door-below">
          New here? <A href={`/sign-up${location.search}`}>Create an account</A>
          {' · '}
          <A href="/forgot">Forgot your password?</A>
        </p>
      }
    >
      <SignInForm onDone={() => navigate(returnPath(query.to), { replace: true })} />
    </Door>
  );
}
