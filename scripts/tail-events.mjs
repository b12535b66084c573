#!/usr/bin/env node
/**
 * Shows what happens on a Wherry server, by Vert.x's own event bus client: a pattern for programs in other languages.
 *
 *   npm install @vertx/eventbus-bridge-client.js          # beside this file, or above it
 *   wherry token create tail --out token                   # or any other token
 *   NODE_EXTRA_CA_CERTS=data/tls/certificate.pem \
 *     node tail-events.mjs https://localhost:8443 token [--metrics]
 *
 * Prints one JSON object a line: the events, with --metrics the snapshot of each second instead. It connects again when
 * the link is lost, and ends when the login is refused or the session ends.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const EventBus = createRequire(import.meta.url)('@vertx/eventbus-bridge-client.js');
const TRIES = 10;

const [server, tokenFile, option] = process.argv.slice(2);
if (!server || !tokenFile || (option && option !== '--metrics')) {
  console.error('usage: node tail-events.mjs https://HOST:PORT TOKEN-FILE [--metrics]');
  process.exit(2);
}
const address = option ? 'wherry.metrics' : 'wherry.events';
const token = readFileSync(tokenFile, 'utf8').trim();

// Only a WebSocket can carry the header; the other ways of SockJS are closed here.
const bus = new EventBus(`${server.replace(/\/$/, '')}/eventbus`, {
  transports: 'websocket',
  transportOptions: { websocket: { headers: { Authorization: `Bearer ${token}` } } },
  vertxbus_reconnect_attempts_max: TRIES,
});
bus.enableReconnect(true);

let opened = false;
bus.onopen = () => {
  opened = true;
  bus.registerHandler(address, (error, message) => {
    if (error) console.error(`tail-events: the server refuses: ${error.message ?? JSON.stringify(error)}`);
    else console.log(JSON.stringify(message.body));
  });
};
bus.onerror = error => {
  console.error(`tail-events: ${error.message ?? error.body}`);
  if (error.failureType === 'session-ended') process.exit(4);
};
bus.onclose = () => {
  if (!opened || bus.reconnectAttempts >= TRIES) {
    console.error(`tail-events: cannot connect to ${server}; check the address, the token and the certificate`);
    process.exit(3);
  }
};
