import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request to DynamoDB, as a test recognises it. */
export interface TableRequest {
  /** Such as `PutItem`. */
  readonly operation: string;
  readonly body: string;
  /** The execution environment that sent it, if it was one. */
  readonly sender: string | undefined;
}

/** A request that is stopped on its way. */
export interface HeldRequest {
  /** Resolves when the request has come, and, for one that is held after its effect, has had it. */
  readonly reached: Promise<TableRequest>;
  /**
   * Lets it go on, and waits for no other. One that is never let go looks to its sender like a hung network; once its
   * sender has died, it never arrives.
   */
  release(): void;
}

export interface HoldingProxy extends AsyncDisposable {
  readonly endpoint: string;
  /**
   * Stops the next request that matches: on its way to the table, or on its way back. Until it is let go, nothing else
   * of the function that sent it gets to the table: one that asks again because it has waited for long would go on.
   */
  hold(matches: (request: TableRequest) => boolean, where: 'before' | 'after'): HeldRequest;
}

interface Trap {
  readonly matches: (request: TableRequest) => boolean;
  readonly where: 'before' | 'after';
  readonly reach: (request: TableRequest) => void;
  readonly released: Promise<void>;
  /** Who sent the request that is held. */
  sender?: string | undefined;
}

/** Stands between functions and an emulated table, so that a test can stop the world at one exact request. */
export async function holdingProxy(target: string): Promise<HoldingProxy> {
  const traps = new Set<Trap>();
  /** Traps that have caught a request of a function, and have not let it go. */
  const frozenBy = new Set<Trap>();
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await readAll(incoming);
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const sender = / app\/(\S+)/.exec(String(incoming.headers['user-agent']))?.[1];
    const held = { operation, body: body.toString(), sender };
    const frozen = [...frozenBy].find((one) => one.sender === sender);
    const trap = frozen ? undefined : [...traps].find(({ matches }) => matches(held));
    if (trap) {
      traps.delete(trap);
      trap.sender = sender;
      if (sender !== undefined) frozenBy.add(trap);
    }
    if (trap?.where === 'before') trap.reach(held);
    const isHeld = frozen ?? (trap?.where === 'before' ? trap : undefined);
    if (isHeld) {
      await Promise.race([isHeld.released, once(outgoing, 'close')]);
      if (outgoing.destroyed) return;
    }
    const answer = await forward(target, incoming, body);
    if (trap?.where === 'after') {
      trap.reach(held);
      await trap.released;
    }
    outgoing.writeHead(answer.status, answer.headers);
    outgoing.end(answer.body);
  }

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold(matches, where) {
      const reached = Promise.withResolvers<TableRequest>();
      const released = Promise.withResolvers<void>();
      const trap: Trap = { matches, where, reach: reached.resolve, released: released.promise };
      traps.add(trap);
      return {
        reached: reached.promise,
        release() {
          traps.delete(trap);
          frozenBy.delete(trap);
          released.resolve();
        },
      };
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function forward(target: string, { method, headers, url }: IncomingMessage, body: Buffer) {
  const to = new URL(url ?? '/', target);
  const outgoing = request(to, { method, headers: { ...headers, host: to.host } });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await readAll(answer) };
}
