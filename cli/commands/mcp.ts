import { once } from 'node:events';
import { Command } from '@commander-js/extra-typings';
import { type ClientOptions, commitlaneClient } from '../../lib/client/index.ts';
import type { Restriction } from '../../mcp/index.ts';
import { explainError } from '../../operator/errors/index.ts';
import { configuredCommand } from '../../terminal/index.ts';
import type { Cli } from '../cli.ts';
import { type ApiAccess, apiAccess } from '../command/api-access.ts';
import { noteOn } from '../command/note-on.ts';
import { parseName } from '../command/parse-name.ts';
import { parseNumber } from '../command/parse-number.ts';
import { UsageError } from '../errors.ts';

const DEFAULT_PORT = 4800;
const MAX_PORT = 65_535;

export function mcp(cli: Cli) {
  return configuredCommand(new Command('mcp'), cli)
    .summary('serve sessions and memories to agents, by the Model Context Protocol')
    .description(
      'Serve sessions and memories to agents, by the Model Context Protocol: on standard input and output to the program that starts it, or with --http to programs of this machine, each with a token of its own. It does what the API lets the owner of the token do.',
    )
    .addHelpText('after', '\nExample:\n  commitlane mcp --url https://api.example.com')
    .optionsGroup('API:')
    .option('--url <url>', 'the address of the API; the token is taken from COMMITLANE_TOKEN')
    .option('--local', 'that of the stack that npm start runs on this machine, as its user')
    .optionsGroup('Options:')
    .option('--session <session>', 'only this session', parseName)
    .option('--scope <scope>', 'only the memories of this scope, and the sessions that feed them', parseName)
    .option('--http', 'serve over HTTP on 127.0.0.1, until Ctrl-C; callers bring their tokens')
    .option(
      '--port <port>',
      `with --http: the port, by default ${DEFAULT_PORT}; 0 takes any free one`,
      parseNumber(0, MAX_PORT),
    )
    .option('--json', 'with --http: print one JSON document, for programs')
    .action(async ({ url, local, session, scope, http = false, port, json }) => {
      if (port !== undefined && !http) throw new UsageError('--port needs --http.');
      if (json && !http)
        throw new UsageError("--json needs --http: without it, standard output is the protocol's.");
      const api = await apiAccess(cli, { url, local });
      const restriction = {
        ...(session !== undefined && { session }),
        ...(scope !== undefined && { scope }),
      };
      if (http) await serveCallers(cli, api, restriction, { port: port ?? DEFAULT_PORT, json });
      else await serveStarter(cli, api, restriction);
    });
}

/** Standard output is the protocol's: nothing else is written there. */
async function serveStarter(cli: Cli, api: ApiAccess, restriction: Restriction): Promise<void> {
  // Before anything is answered: a server without a token would fail at every call.
  await api.token();
  const { serveStdio, ...common } = await loadServer(cli, restriction);
  const { stdin, stdout, signal } = cli;
  await serveStdio({ ...common, client: clientOf(api, api.token), stdin, stdout, signal });
}

async function serveCallers(
  cli: Cli,
  api: ApiAccess,
  restriction: Restriction,
  { port, json }: { readonly port: number; readonly json: true | undefined },
): Promise<void> {
  const { startHttp, ...common } = await loadServer(cli, restriction);
  await using server = await startHttp({ ...common, clientOf: (token) => clientOf(api, token), port });
  await cli.show(
    { json },
    {
      document: { url: server.url, api: api.baseUrl },
      lines: ({ colors }) => [
        `The MCP server of ${api.baseUrl} is at`,
        '',
        `  ${colors.bold(server.url)}`,
        '',
        'Callers send a token of theirs that the API accepts. Ctrl-C ends the server.',
      ],
    },
  );
  if (!cli.signal.aborted) await once(cli.signal, 'abort');
}

/** Only when it is needed: no other command speaks the protocol. */
async function loadServer(cli: Cli, restriction: Restriction) {
  const { boundedCalls, serveStdio, serverBounds, startHttp } = await import('../../mcp/index.ts');
  const onError = (error: unknown) => noteOn(cli)(explainError(error).message);
  return { restriction, calls: boundedCalls(serverBounds.maxCalls), onError, serveStdio, startHttp };
}

function clientOf({ baseUrl }: ApiAccess, token: ClientOptions['token']) {
  return commitlaneClient({ baseUrl, token });
}
