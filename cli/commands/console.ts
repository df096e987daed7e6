import { once } from 'node:events';
import { explainError } from '../../operator/errors/index.ts';
import type { Cli } from '../cli.ts';
import { openTarget } from '../command/open-target.ts';
import { parseNumber } from '../command/parse-number.ts';
import { targetCommand } from '../command/target-command.ts';

const DEFAULT_PORT = 4600;
const MAX_PORT = 65_535;

export function operatorConsole(cli: Cli) {
  return targetCommand(cli, {
    name: 'console',
    summary: 'serve web pages that do what these commands do',
    details: 'On this machine only, until Ctrl-C. It prints the address to open, which holds a secret.',
    example: 'commitlane console --local',
  })
    .option(
      '--port <port>',
      'the port on 127.0.0.1; 0 takes any free one',
      parseNumber(0, MAX_PORT),
      DEFAULT_PORT,
    )
    .action(async ({ port, ...options }) => {
      using target = await openTarget(cli, options);
      // Only when it is needed: no other command serves pages.
      const { operationsOn, startConsole } = await import('../../console/index.ts');
      await using console = await startConsole({
        operations: operationsOn(target),
        clock: cli.clock,
        newId: cli.newId,
        port,
        onError: (error) => cli.stderr.write(`${explainError(error).message}\n`),
      });
      await cli.show(options, {
        document: { stack: target.stackName, url: console.url },
        lines: ({ colors }) => [
          `The console of ${target.stackName} is at`,
          '',
          `  ${colors.bold(console.url)}`,
          '',
          'Anyone who has this address can do what you can: keep it secret. Ctrl-C ends the console.',
        ],
      });
      if (!cli.signal.aborted) await once(cli.signal, 'abort');
    });
}
