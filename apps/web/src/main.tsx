import { createClient } from '@koreromai/client';
import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { outboxInTab } from './composer/outbox-in-tab.ts';
import { readTheme, wearTheme } from './settings/theme.ts';
import './styles/tokens.css';
import './styles/base.css';

wearTheme(readTheme());

const client = createClient({ url: location.origin, storage: outboxInTab() });
void client.resume().catch(() => undefined); // the connection's status tells the page
window.addEventListener('online', () => client.wake());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && client.wake());

const root = document.getElementById('app');
if (root !== null) render(() => <App client={client} />, root);
