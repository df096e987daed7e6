import type { Check } from '../../operator/doctor/index.ts';
import { displayText, wrapText } from '../../terminal/index.ts';
import type { View } from '../display/view.ts';

/** What still stands of what letters died of, and what follows from it. */
export function causeLines({ colors, columns }: View, causes: readonly Check[]): string[] {
  const wrapped = (text: string, indent: string) =>
    wrapText(displayText(text), columns - indent.length).map((line) => `${indent}${line}`);
  return causes
    .filter(({ status }) => status !== 'ok')
    .flatMap(({ name, detail, whatToDo }) => [
      ...wrapped(`The cause persists: ${name}: ${detail}`, '').map((line) => colors.red(line)),
      ...(whatToDo === undefined ? [] : wrapped(whatToDo, '  ')),
    ]);
}
