import type { Check } from '../../operator/doctor/index.ts';
import { displayText } from '../../terminal/index.ts';
import type { View } from './view.ts';

export function doctorLines({ colors }: View, checks: readonly Check[]): string[] {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const marks = { ok: colors.green('✓'), warning: colors.yellow('!'), failed: colors.red('✗') };
  const failed = checks.filter(({ status }) => status === 'failed').length;
  return [
    ...checks.flatMap(({ name, status, detail, whatToDo }) => [
      `${marks[status]} ${name.padEnd(width)}  ${displayText(detail)}`,
      ...(whatToDo === undefined ? [] : [`  ${' '.repeat(width)}  ${whatToDo}`]),
    ]),
    '',
    failed === 0
      ? colors.green('Nothing has failed.')
      : colors.red(`${failed} of ${checks.length} checks failed.`),
  ];
}
