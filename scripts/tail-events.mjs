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
 * the link is lost. It ends with 4 when the token is not taken or its session ends, with 3 when the server cannot be
 * reached or is not trusted, with 2 when it was called wrongly.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const LIBRARY = '@vertx/eventbus-bridge-client.js';
const TRIES = 10;

const end = (code, why) => {
  console.error(`tail-events: ${why}`);
  process.exit(code);
};

const [server, tokenFile, option] = process.argv.slice(2);
if (!/^https?:/.test(server ?? '') || !tokenFile || (option && option !== '--metrics')) {
  end(2, 'usage: node tail-events.mjs https://HOST:PORT TOKEN-FILE [--metrics]');
}
const base = server.replace(/\/$/, '');
const address = option ? 'wherry.metrics' : 'wherry.events';
const headers = { Authorization: `Bearer ${read(tokenFile)}` };
const EventBus = library();

function read(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    end(2, `the token cannot be read: ${error.message}`);
  }
}

function library() {
  try {
    return createRequire(import.meta.url)(LIBRARY);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    end(2, `a library is missing; beside this file: npm install ${LIBRARY}`);
  }
}

/** A WebSocket that is refused does not say why; a request does. Ends with that, if there is something. */
async function demandWayIn() {
  const answer = await fetch(`${base}/session`, { headers }).catch(error => {
    const code = error.cause?.code ?? error.message;
    if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') end(3, `the certificate of ${base} is for other names (${error.cause.message})`);
    if (/CERT|SIGNATURE/.test(code)) {
      end(3, `the certificate of ${base} is not trusted (${code}); set NODE_EXTRA_CA_CERTS to the server's data/tls/certificate.pem`);
    }
    return end(3, `cannot connect to ${base} (${code}); check the address, and whether the server runs`);
  });
  const problem = answer.ok ? {} : await answer.json().catch(() => ({ detail: `it answers ${answer.status}` }));
  if (answer.status === 401) {
    end(4, `the token in ${tokenFile} is not taken: it is wrong, was revoked, or has expired; make one with: wherry token create`);
  }
  if (!answer.ok) end(answer.status === 403 ? 4 : 3, `${base} refuses: ${problem.detail}`);
  await answer.body?.cancel();
}

await demandWayIn();
// Only a WebSocket can carry the header; the other ways of SockJS are closed here.
const bus = new EventBus(`${base}/eventbus`, {
  transports: 'websocket',
  transportOptions: { websocket: { headers } },
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
bus.onclose = async () => {
  if (opened && bus.reconnectAttempts < TRIES) return;
  await demandWayIn();
  end(3, `cannot keep a connection to ${base}; check what lies between it and here`);
};
