import { A, useNavigate, useSearchParams } from '@solidjs/router';
import { Door } from './door.tsx';
import { returnPath } from './return-path.ts';
import { SignUpForm } from './sign-up-form.tsx';
import { t } from './words.ts';

export function SignUpPage() {
  const navigate = useNavigate();
  const [query] = useSearchParams<{ to: string }>();
  return (
    <Door
      title={t('createYourAccount')}
      lead={<p class="door-lead">{t('signUpLead')}</p>}
      below={
        <p class="door-below">
          {t('alreadyHere')} <A href={`/sign-in${location.search}`}>{t('signIn')}</A>
        </p>
      }
    >
      <SignUpForm onDone={() => navigate(returnPath(query.to), { replace: true })} />
    </Door>
  );
}
