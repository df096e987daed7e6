import type { SessionReport } from '../../lib/verify/index.ts';
import { displayText, wrapText } from '../../terminal/index.ts';
import type { View } from './view.ts';

/** What verifying found of one thing, and what to do about each, under its name; with an empty line at the end. */
export function findingLines(view: View, title: string, findings: SessionReport['findings']): string[] {
  const { colors } = view;
  const wrapped = (text: string, indent: string, paint: (line: string) => string) =>
    wrapText(displayText(text), view.columns - indent.length).map((line) => `${indent}${paint(line)}`);
  return [
    colors.bold(title),
    ...findings.flatMap(({ code, severity, what, whatToDo }) => [
      ...wrapped(
        `${severity === 'problem' ? '✗' : '·'} ${code}: ${what}`,
        '  ',
        severity === 'problem' ? colors.red : colors.yellow,
      ),
      ...wrapped(whatToDo, '    ', String),
    ]),
    '',
  ];
}
