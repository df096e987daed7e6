import { PassThrough } from 'node:stream';
import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { type CommitlaneClient, commitlaneClient } from '../../lib/client/index.ts';
import { commitSession } from '../../lib/commit/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import type { CommitMessage, FollowUpMessage } from '../../lib/queue/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { boundedCalls, type Restriction, serverBounds, serveStdio, startHttp } from '../../mcp/index.ts';
import { apiFetch } from '../adapters/api-fetch.ts';
import { instantClock } from '../client/instant-clock.ts';
import { commitWorld, recordingSender } from '../support/commit-world.ts';

const BASE_URL = 'https://api.example.com';
const tenants = ['acme', 'globex'] as const;
type Tenant = (typeof tenants)[number];

export interface WorldOptions {
  readonly restriction?: Restriction;
  readonly maxCalls?: number;
  /** What servers get in place of the client. */
  readonly wrap?: (client: CommitlaneClient) => CommitlaneClient;
  /** Awaited before a request is served, such as `GET /sessions/tea`. */
  readonly before?: (request: string, signal: AbortSignal | undefined) => Promise<void>;
}

export interface ConnectOptions {
  readonly over: 'stdio' | 'http';
  /** `auto` takes the newest revision that both know, and `legacy` one of 2025. */
  readonly era?: 'auto' | 'legacy';
  /** The tenant is the token. */
  readonly tenant?: Tenant;
}

/** MCP servers before the real API, over stores in this process. */
export async function mcpWorld({
  restriction = {},
  maxCalls = serverBounds.maxCalls,
  wrap = (client) => client,
  before,
}: WorldOptions = {}) {
  const resources = new AsyncDisposableStack();
  const world = await commitWorld();
  const { store, context, clock, log } = world;
  const commits = recordingSender<CommitMessage>();
  const memories = inProcessMemoryStore(store.sessions);
  const api = {
    ...{ store, memories, clock, commits, lease: context.lease, limits: defaultLimits, owner: 'api' },
    ...{ newId: log.newId, followUps: recordingSender<FollowUpMessage>(), onEvent: () => undefined },
  };
  const serve = new Map(
    tenants.map((tenant) => [`Bearer ${tenant}`, apiFetch(api, { tenant, clock, maxPage: 100 })]),
  );
  const requests: string[] = [];
  const errors: unknown[] = [];

  const clientOf = (token: string) =>
    commitlaneClient({
      baseUrl: BASE_URL,
      token,
      clock: instantClock(),
      maxRetries: 0,
      async fetch(input, init) {
        const request = `${init?.method} ${String(input).slice(BASE_URL.length)}`;
        requests.push(request);
        await before?.(request, init?.signal ?? undefined);
        const served = serve.get(new Headers(init?.headers).get('authorization') ?? '');
        if (!served) return Response.json({ message: 'Unauthorized' }, { status: 401 });
        return served(input, init);
      },
    });
  const common = {
    restriction,
    calls: boundedCalls(maxCalls),
    onError: (error: unknown) => errors.push(error),
  };

  function overStdio(tenant: string): Transport {
    const [toServer, toClient, stop] = [new PassThrough(), new PassThrough(), new AbortController()];
    const served = serveStdio({
      ...{ ...common, client: wrap(clientOf(tenant)), stdin: toServer, stdout: toClient },
      signal: stop.signal,
    });
    resources.defer(async () => {
      stop.abort();
      await served;
    });
    // Lines in one direction and in the other: the transport of a client differs only in starting the server.
    return new StdioServerTransport(toClient, toServer);
  }

  let http: Awaited<ReturnType<typeof startHttp>> | undefined;
  async function httpServer() {
    http ??= resources.use(await startHttp({ ...common, clientOf, port: 0 }));
    return http;
  }

  return {
    ...{ ...world, memories, requests, errors, httpServer, client: clientOf('acme') },

    async connect({ over, era = 'auto', tenant = 'acme' }: ConnectOptions): Promise<Client> {
      const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: era } });
      const headers = { authorization: `Bearer ${tenant}` };
      const transport =
        over === 'stdio'
          ? overStdio(tenant)
          : new StreamableHTTPClientTransport(new URL((await httpServer()).url), {
              requestInit: { headers },
            });
      await client.connect(transport);
      resources.defer(() => client.close());
      return client;
    },

    /** Does what the commit queue has. */
    async commitAll(): Promise<void> {
      const messages = [...commits.sent.values()];
      commits.sent.clear();
      for (const message of messages) {
        await clock.runUntil(commitSession(context, message, new AbortController().signal));
      }
    },

    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

export type McpWorld = Awaited<ReturnType<typeof mcpWorld>>;
