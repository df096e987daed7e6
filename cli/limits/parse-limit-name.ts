import { InvalidArgumentError } from '@commander-js/extra-typings';
import { type LimitName, limitDefinitions } from '../../lib/limits/index.ts';

/** The name of a limit. */
export function parseLimitName(text: string): LimitName {
  const found = limitDefinitions.find(({ name }) => name === text);
  if (found) return found.name;
  throw new InvalidArgumentError(
    `There is no limit '${text}'; the known limits are ${limitDefinitions.map(({ name }) => name).join(', ')}.`,
  );
}
