import { A, useNavigate, useSearchParams } from '@solidjs/router';
import { Door } from './door.tsx';
import { returnPath } from './return-path.ts';
import { SignUpForm } from './sign-up-form.tsx';

export function SignUpPage() {
  const navigate = useNavigate();
  const [query] = useSearchParams<{ to: string }>();
  return (
    <Door
      title="Create your account"
      lead={<p class="door-lead">A name, an e-mail, a password – and you can talk.</p>}
      below={
        <p class="door-below">
          Already here? <A href={`/sign-in${location.search}`}>Sign in</A>
        </p>
      }
    >
      <SignUpForm onDone={() => navigate(returnPath(query.to), { replace: true })} />
    </Door>
  );
}
