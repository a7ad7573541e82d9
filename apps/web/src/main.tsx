import { createClient } from '@koreromai/client';
import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { readLanguage } from './language/languages.ts';
import { speak } from './language/words.ts';
import { createKeeping } from './offline/keeping.ts';
import { tellOfTrouble } from './offline/trouble.ts';
import { wearDensity } from './settings/display.ts';
import { readTheme, wearTheme } from './settings/theme.ts';
import './styles/tokens.css';
import './styles/base.css';

wearTheme(readTheme());
wearDensity();

const { shelf, outbox, drafts } = createKeeping(tellOfTrouble);
const client = createClient({ url: location.origin, storage: outbox, shelf });
void client.resume().catch(() => undefined); // the connection's status tells the page
window.addEventListener('online', () => client.wake());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') client.wake();
  else void client.keep(); // it may never be seen again
});

if (import.meta.env.PROD) window.addEventListener('load', () => void import('./offline/shell.ts').then(({ keepShell }) => keepShell()));

const root = document.getElementById('app');
const show = () => root !== null && render(() => <App client={client} drafts={drafts} />, root);
// English is here already; for another language a moment is waited, rather than showing English first. When its words do not come,
// English is spoken. No `await`: a page that waits while it loads cannot be shared by its later parts, and twelve kilobytes more would be sent.
speak(readLanguage()).then(show, show);
