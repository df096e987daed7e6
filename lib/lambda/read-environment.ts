import type { z } from 'zod';
import { CommitlaneError } from '../errors/index.ts';

/** The function was deployed without a setting that it needs, or with one that is wrong. */
class EnvironmentError extends CommitlaneError {
  override readonly name = 'EnvironmentError';
  readonly code = 'environment';
}

/**
 * The function's settings, from its environment variables.
 *
 * @throws EnvironmentError naming each variable that is missing or wrong.
 */
export function readEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new EnvironmentError(`Environment variables are missing or wrong: ${problems.join('; ')}`);
}
