import { parameters } from '../../http/parameters';

/** Not part of the public API. */
export const OPEN = parameters({
  used: 'websocket_features',
  ignored: `
    device_name forward_connect_to_url forward_thin_connect_to_url forward_thin_to_url forward_to_url
  `,
});
