import { type ErasureDocument, eraseMemories } from '../../../operator/memories/index.ts';
import type { Cli } from '../../cli.ts';
import { confirm } from '../../command/confirm.ts';
import { onTarget } from '../../command/on-target.ts';
import { withProgress } from '../../display/with-progress.ts';
import { memoriesCommand, scopeIn } from '../../memories/memories-command.ts';

export function memoriesErase(cli: Cli) {
  return memoriesCommand(cli, {
    name: 'erase',
    summary: 'erase all memories of a scope, for good',
    details:
      'With their histories. What was said until now is not remembered again, even if a follow-up is late; what is said ' +
      'from now on is. Sessions and their archives stay. If it is stopped, the same command goes on where it ended.',
    example: 'commitlane memories erase --scope ann --tenant acme --local',
  })
    .option('--yes', 'do not ask')
    .action(({ yes = false, ...options }) => {
      const scopeOf = scopeIn(options);
      return onTarget(cli, options, async (target) => {
        const scope = scopeOf(target);
        const question = `Erase all memories of ${scope.scope} (tenant ${scope.tenant}) on ${target.stackName}, for good?`;
        const document: ErasureDocument =
          yes || (await confirm(cli, question))
            ? await withProgress(cli, (report) =>
                eraseMemories(target, scope, { signal: cli.signal, report }),
              )
            : { ...scope, erased: false };
        return { document, lines: () => [sentenceOf(document)], isWell: document.erased };
      });
    });
}

function sentenceOf({ scope, saidUntil }: ErasureDocument): string {
  if (saidUntil === undefined) return 'Nothing was erased.';
  return `The memories of ${scope} are erased: all that was said until ${saidUntil}.`;
}
