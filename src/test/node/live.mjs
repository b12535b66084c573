/**
 * A plain WebSocket at /live: tells each message as it came, a line each.
 *
 * Arguments: the server's address. WHERRY_AUTHORIZATION holds the header, if any.
 */
import { WebSocket } from 'ws';

const authorization = process.env.WHERRY_AUTHORIZATION;
const socket = new WebSocket(`${process.argv[2].replace(/^http/, 'ws')}/live`, {
  headers: authorization ? { Authorization: authorization } : {},
});
const tell = said => console.log(JSON.stringify(said));
socket.on('open', () => tell({ open: true }));
socket.on('message', data => console.log(String(data)));
socket.on('error', error => tell({ failed: error.message }));
socket.on('close', code => tell({ closed: code }));
