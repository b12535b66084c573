// What the page uses of tus-js-client (https://github.com/tus/tus-js-client), by hand: just enough for types in an editor.
export interface HttpRequest {
  getMethod(): string;
  getURL(): string;
  setHeader(name: string, value: string): void;
  getHeader(name: string): string | undefined;
  setProgressHandler(handler: (sent: number) => void): void;
  send(body?: Blob | null): Promise<HttpResponse>;
  abort(): Promise<void>;
  getUnderlyingObject(): XMLHttpRequest;
}
export interface HttpResponse {
  getStatus(): number;
  getHeader(name: string): string | undefined;
  getBody(): string;
}
export interface HttpStack {
  createRequest(method: string, url: string): HttpRequest;
  getName(): string;
}
export class DefaultHttpStack implements HttpStack {
  constructor(options?: object);
  createRequest(method: string, url: string): HttpRequest;
  getName(): string;
}
export class DetailedError extends Error {
  originalRequest: HttpRequest | null;
  originalResponse: HttpResponse | null;
  causingError: Error | null;
}
export interface PreviousUpload {
  size: number | null;
  metadata: Record<string, string>;
  creationTime: string;
  uploadUrl: string | null;
}
export interface UploadOptions {
  endpoint?: string;
  uploadUrl?: string | null;
  metadata?: Record<string, string>;
  headers?: Record<string, string>;
  chunkSize?: number;
  retryDelays?: number[] | null;
  fingerprint?: (file: File, options: UploadOptions) => Promise<string>;
  storeFingerprintForResuming?: boolean;
  removeFingerprintOnSuccess?: boolean;
  httpStack?: HttpStack;
  onProgress?: (sent: number, total: number) => void;
  onChunkComplete?: (chunk: number, accepted: number, total: number) => void;
  onSuccess?: (payload: { lastResponse: HttpResponse }) => void;
  onError?: (error: Error | DetailedError) => void;
  onUploadUrlAvailable?: () => void;
}
export class Upload {
  constructor(file: File, options: UploadOptions);
  url: string | null;
  options: UploadOptions;
  start(): void;
  abort(terminate?: boolean): Promise<void>;
  findPreviousUploads(): Promise<PreviousUpload[]>;
  resumeFromPreviousUpload(previous: PreviousUpload): void;
}
export const isSupported: boolean;
