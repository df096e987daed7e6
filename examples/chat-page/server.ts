// Serves the chat page on this machine, gives it tokens, and asks the model for it. `node server.ts --help` has the options.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { parseArgs, promisify } from 'node:util';
import { type Assistant, cannedAssistant, openAiAssistant } from './assistants.ts';

const HELP = `A chat page that remembers. Needs a Commitlane stack: npx commitlane start, in another terminal.

  --port N           of the page, on 127.0.0.1; 0 takes any free one (default 4700)
  --user NAME        who is chatting; each user has memories of their own (default: ask the stack)
  --model-url URL    an OpenAI-compatible server, such as http://127.0.0.1:11434/v1; a canned assistant answers without
  --model NAME       its model
                     If the server needs a key, put it in the environment variable CHAT_MODEL_KEY.

For a deployed stack, set COMMITLANE_API and COMMITLANE_TOKEN.
`;
const MAX_BODY_BYTES = 1_000_000;

interface Access {
  readonly apiUrl: string;
  readonly token: string;
}

/**
 * A token of the user for Commitlane's API. Here the command line makes one for the local stack; in a product it is the JWT
 * that your login gave this user, and this server needs no part in it.
 */
async function accessFor(user: string | undefined): Promise<Access> {
  const { COMMITLANE_API: apiUrl, COMMITLANE_TOKEN: token } = process.env;
  if (apiUrl && token) return { apiUrl, token };
  const who = user === undefined ? [] : ['--sub', user];
  const { stdout } = await promisify(execFile)('npx', ['commitlane', 'token', '--local', '--json', ...who]);
  return JSON.parse(stdout);
}

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '4700' },
    user: { type: 'string' },
    model: { type: 'string' },
    'model-url': { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

function chosenAssistant(): Assistant {
  const { model, 'model-url': url } = options;
  if (model && url) return openAiAssistant({ url, model, key: process.env['CHAT_MODEL_KEY'] });
  if (model || url) throw new Error('--model and --model-url belong together: give both, or neither.');
  return cannedAssistant;
}

const files = {
  '/': { type: 'text/html', file: new URL('page/index.html', import.meta.url) },
  '/chat.js': { type: 'text/javascript', file: new URL('page/chat.js', import.meta.url) },
  '/commitlane-client.js': {
    type: 'text/javascript',
    file: new URL(import.meta.resolve('commitlane/client')),
  },
};

/** Only what this server serves runs in the page, and the page talks to nobody but it and the API. */
function policyFor(page: string, { apiUrl }: Access): string {
  const digestOf = (element: RegExp) =>
    `'sha256-${createHash('sha256')
      .update(element.exec(page)?.[1] ?? '')
      .digest('base64')}'`;
  return [
    "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'",
    `style-src ${digestOf(/<style>([\s\S]*?)<\/style>/)}`,
    `script-src 'self' ${digestOf(/<script type="importmap">([\s\S]*?)<\/script>/)}`,
    `connect-src 'self' ${new URL(apiUrl).origin}`,
    "frame-ancestors 'none'",
  ].join('; ');
}

async function serve(): Promise<void> {
  const assistant = chosenAssistant();
  // Without a stack, it says so now.
  const access = await accessFor(options.user);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const page = Object.entries(files).find(([name]) => name === pathname)?.[1];
    response.setHeader('cache-control', 'no-store');
    // Another page may open a name of its own that leads here, and must not get a token.
    if (!isOwn(request)) return void response.writeHead(403).end('Open this page at localhost.\n');
    if (page) {
      const content = await readFile(page.file, 'utf8');
      const policy = page.type === 'text/html' && { 'content-security-policy': policyFor(content, access) };
      response.writeHead(200, { 'content-type': `${page.type}; charset=utf-8`, ...policy });
      return void response.end(content);
    }
    if (pathname === '/access') return sendJson(response, await accessFor(options.user));
    if (pathname === '/answer' && request.method === 'POST') {
      const { messages } = JSON.parse(await bodyOf(request));
      const stop = new AbortController();
      response.on('close', () => stop.abort());
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
      for await (const part of assistant(messages, stop.signal)) response.write(part);
      return void response.end();
    }
    response.writeHead(404).end();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (!response.destroyed) process.stderr.write(`${message}\n`);
      if (response.headersSent) response.destroy();
      else response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' }).end(message);
    });
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    const isTaken = error.code === 'EADDRINUSE';
    process.stderr.write(
      isTaken ? `Port ${options.port} is in use: give another --port.\n` : `${error.message}\n`,
    );
    process.exitCode = 1;
  });
  server.listen(Number(options.port), '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : options.port;
    process.stdout.write(`The chat is at http://localhost:${port}. Ctrl-C ends it.\n`);
  });
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

function isOwn({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'] ?? 'none';
  return (
    /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(headers.host ?? '') &&
    ['none', 'same-origin'].includes(`${site}`)
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES)
    throw new Error('The request is too large.');
  return textOf(request);
}

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

if (options.help) {
  process.stdout.write(HELP);
} else {
  await serve().catch((error: Error & { stderr?: string }) => {
    process.stderr.write(`${(error.stderr ?? error.message).trim()}\n`);
    process.exitCode = 1;
  });
}
