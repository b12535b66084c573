/**
 * A plain WebSocket at /live: tells each message as it came, a line each.
 *
 * Arguments: the server's address. WHERRY_AUTHORIZATION holds the header.
 */
import { WebSocket } from 'ws';

const socket = new WebSocket(`${process.argv[2].replace(/^http/, 'ws')}/live`, {
  headers: { Authorization: process.env.WHERRY_AUTHORIZATION },
});
const tell = said => console.log(JSON.stringify(said));
socket.on('open', () => tell({ open: true }));
socket.on('message', data => console.log(String(data)));
socket.on('error', error => tell({ failed: error.message }));
socket.on('close', code => tell({ closed: code }));
