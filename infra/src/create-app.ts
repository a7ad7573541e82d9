import { App, type AppProps } from 'aws-cdk-lib';
import { readSettings } from './settings.ts';
import { KoreroMaiStack } from './stack/stack.ts';

/** The app with its one stack, of what the context says. What AWS's own rules find wrong in the template is an error, not a warning. */
export function createApp({ context, ...props }: AppProps = {}): App {
  const app = new App({ ...props, context: { '@aws-cdk/core:validateAgainstDefaultRules': true, ...context } });
  new KoreroMaiStack(app, 'KoreroMai', readSettings(app.node));
  return app;
}
