import type { Resource } from '../../http/resource';
import { API_VERSION } from '../../core/version';
import * as accepts from './stripe-cli.parameters';

/** Opens a session of `stripe listen`. */
export type OpenCliSession = () => { id: string; secret: string };

/** What the official CLI asks before it listens. */
export function stripeCliResource(open: OpenCliSession): Resource {
  return {
    routes: [
      {
        method: 'POST',
        path: '/stripecli/sessions',
        accepts: accepts.OPEN,
        handle: ({ world, input }) => {
          const session = open();
          const base = world.settings.publicUrl.replace(/^http/, 'ws');
          return {
            websocket_id: session.id,
            websocket_url: `${base}/subscribe/${session.id}`,
            websocket_authorized_feature: input.texts('websocket_features')[0] ?? 'webhooks',
            default_version: API_VERSION,
            latest_version: API_VERSION,
            reconnect_delay: 60,
            secret: session.secret,
            device_token: '',
            display_connect_filter_warning: false,
          };
        },
      },
    ],
  };
}
