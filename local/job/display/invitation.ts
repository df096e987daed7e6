import { type Colors, table } from '../../../terminal/index.ts';
import type { RunningStack } from '../running-stack.ts';
import type { StartEnvironment } from '../start-environment.ts';

/** What there is to try on a stack that stays up, in a few lines. */
export function invitation(
  { apiUrl, caller }: Pick<RunningStack, 'apiUrl' | 'caller'>,
  { chat }: Pick<StartEnvironment, 'chat'>,
  { bold, dim }: Pick<Colors, 'bold' | 'dim'>,
): string[] {
  const { tenant, sub } = caller;
  const rows = [
    ['API', bold(apiUrl), `tenant ${tenant}, user ${sub}`],
    ['Token', 'npx commitlane token --local', '--tenant T --sub U for others'],
    ['Console', 'npx commitlane console --local', 'sessions, dead letters, limits in a browser'],
    ['Chat', chat, 'a chat page that remembers'],
  ];
  return [
    'Try it, in another terminal',
    ...table(rows.map(([name = '', what = '', about = '']) => [`  ${name}`, what, dim(about)])),
    '',
    'Ctrl-C stops.',
  ];
}
