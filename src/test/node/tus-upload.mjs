/**
 * Uploads a file with tus-js-client as it is published, over whatever link there is.
 *
 * Arguments: the address of the uploads, the file, its name on the server. WHERRY_AUTHORIZATION holds the header.
 * Tells, one JSON object a line, each answer with its method and status, and at last how it ended.
 */
import { createReadStream } from 'node:fs';
import { Upload } from 'tus-js-client';

const [endpoint, file, filename] = process.argv.slice(2);
const tell = said => console.log(JSON.stringify(said));

new Upload(createReadStream(file), {
  endpoint,
  metadata: { filename, filetype: 'application/octet-stream' },
  headers: { Authorization: process.env.WHERRY_AUTHORIZATION },
  retryDelays: [100, 200, 400, 800, 1600, 3200, 3200, 3200],
  onAfterResponse: (request, answer) =>
    tell({ method: request.getMethod(), status: answer.getStatus(), offset: answer.getHeader('Upload-Offset') }),
  onSuccess: () => tell({ done: true }),
  onError: error => {
    tell({ failed: String(error) });
    process.exitCode = 1;
  },
}).start();
