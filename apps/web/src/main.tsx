import { createClient } from '@koreromai/client';
import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { outboxInTab } from './composer/outbox-in-tab.ts';
import { readLanguage } from './language/languages.ts';
import { speak } from './language/words.ts';
import { readTheme, wearTheme } from './settings/theme.ts';
import './styles/tokens.css';
import './styles/base.css';

wearTheme(readTheme());

const client = createClient({ url: location.origin, storage: outboxInTab() });
void client.resume().catch(() => undefined); // the connection's status tells the page
window.addEventListener('online', () => client.wake());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && client.wake());

const root = document.getElementById('app');
// English is here already; for another language a moment is waited, rather than showing English first.
await speak(readLanguage()).catch(() => undefined); // its words did not come, and English is spoken
if (root !== null) render(() => <App client={client} />, root);
