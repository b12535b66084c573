/**
 * Vert.x's event bus client as it is published: registers at the addresses that are given, then sends and publishes
 * what standard input says, one JSON object a line (`{"send":…}`, `{"publish":…}` or `{"register":…}`, each an address).
 *
 * Arguments: the server's address, then those of the bus. WHERRY_AUTHORIZATION holds the header, if any.
 * Tells, one JSON object a line: that it is open, each message, what the server said against it, that it was closed.
 */
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const EventBus = createRequire(import.meta.url)('@vertx/eventbus-bridge-client.js');
const [server, ...addresses] = process.argv.slice(2);
const authorization = process.env.WHERRY_AUTHORIZATION;
const tell = said => console.log(JSON.stringify(said));

const headers = authorization ? { Authorization: authorization } : {};
const bus = new EventBus(`${server}/eventbus`, {
  transports: 'websocket',
  transportOptions: { websocket: { headers } },
});
const register = address =>
  bus.registerHandler(address, (error, message) => tell(error ? { refused: error } : { address, body: message.body }));

bus.onopen = () => {
  addresses.forEach(register);
  tell({ open: true });
};
bus.onerror = error => tell({ refused: error });
bus.onclose = event => {
  tell({ closed: event.code });
  process.exit();
};

createInterface({ input: process.stdin }).on('line', line => {
  const asked = JSON.parse(line);
  if (asked.send) bus.send(asked.send, { forged: true }, (error, message) => tell(error ? { refused: error } : { answered: message }));
  else if (asked.publish) bus.publish(asked.publish, { forged: true });
  else register(asked.register);
});
