import { createInterface } from 'node:readline';
import type { CliWorld, Run } from '../cli/cli-world.ts';

export interface OpenConsole extends AsyncDisposable {
  readonly url: string;
  /** Ends it as Ctrl-C does. */
  end(): Promise<Run>;
}

/** `commitlane console`, as a process of its own on the local stack of a test. */
export async function openConsole(world: CliWorld, ...more: string[]): Promise<OpenConsole> {
  const { child, ended } = world.start(['console', '--local', '--port', '0', ...more]);
  if (!child.stdout) throw new Error('Its output cannot be read.');
  const end = () => {
    child.kill('SIGINT');
    return ended;
  };
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(line) ?? [];
    if (url === undefined) continue;
    return {
      url,
      end,
      async [Symbol.asyncDispose]() {
        await end();
      },
    };
  }
  const { stderr } = await ended;
  throw new Error(`The console has ended: ${stderr}`);
}
