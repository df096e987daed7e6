import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface OpenChat extends AsyncDisposable {
  readonly url: string;
  /** Ends it as Ctrl-C does; returns the exit code. */
  end(): Promise<number | null>;
}

/** The server of the chat page, as a process of its own, once it has printed its address. */
export async function openChat(args: readonly string[], options: SpawnOptions): Promise<OpenChat> {
  const child = spawn(process.execPath, [...args, '--port', '0'], {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const end = async () => {
    child.kill('SIGINT');
    const [code] = await closed;
    return code;
  };
  // It is piped, as the options say.
  for await (const line of createInterface({ input: child.stdout as Readable })) {
    const url = /http:\/\/localhost:\d+/.exec(line)?.[0];
    if (url === undefined) continue;
    return {
      url,
      end,
      async [Symbol.asyncDispose]() {
        await end();
      },
    };
  }
  throw new Error(`The chat has ended with ${await end()}.`);
}
