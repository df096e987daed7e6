import type { LimitDocument } from '../../operator/limits/index.ts';
import { displayText, table } from '../../terminal/index.ts';
import type { View } from '../display/view.ts';

export function limitLines(
  view: View,
  limits: readonly LimitDocument[],
  problems: readonly string[],
): string[] {
  const { colors } = view;
  return [
    ...table(
      [
        ['LIMIT', 'VALUE', 'FROM', 'DEFAULT', 'ALLOWED'],
        ...limits.map(({ name, value, source, default: byDefault, isDefault, allowed }) => [
          name,
          isDefault ? displayText(value) : colors.bold(displayText(value)),
          source,
          colors.dim(byDefault),
          allowed,
        ]),
      ],
      { paintHeading: colors.dim },
    ),
    ...problemLines(view, problems),
  ];
}

/** Why functions do not take a set of limits. */
export function problemLines({ colors }: View, problems: readonly string[]): string[] {
  if (problems.length === 0) return [];
  return [
    '',
    colors.red('Functions reject this set: they keep the last good one, or the defaults.'),
    ...problems.map((problem) => colors.red(`  ${displayText(problem)}`)),
  ];
}

/** Parameters that no limit is named after. */
export function unknownLines({ colors }: View, unknown: readonly string[]): string[] {
  if (unknown.length === 0) return [];
  const names = unknown.map((name) => displayText(name)).join(', ');
  return [
    '',
    colors.yellow(`Some parameters are not limits of this version; functions ignore them: ${names}.`),
  ];
}

/** What is not known of the limits, and why. */
export function unseenLines({ colors }: View, unseen: string | undefined): string[] {
  if (unseen === undefined) return [];
  return [
    '',
    colors.yellow(
      `What the environments of functions set is not known (lambda:GetFunctionConfiguration): ${displayText(unseen)}.`,
    ),
  ];
}
