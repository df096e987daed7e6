import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';

export interface TableEmulator extends AsyncDisposable {
  readonly endpoint: string;
}

/**
 * Starts an emulated DynamoDB (dynalite) on 127.0.0.1. It does not remove expired items.
 *
 * @param options.dataFolder where tables are kept, each change before it is acknowledged; in memory unless given.
 */
export async function startTableEmulator(options: { readonly dataFolder?: string }): Promise<TableEmulator> {
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(options.dataFolder !== undefined && { path: options.dataFolder }),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
