import { z } from 'zod';
import { InvalidLimitsError, limitDefinitions, parseLimits } from '../lib/limits/index.ts';

const examples = limitDefinitions.slice(0, 1).map(({ name, default: value }) => `${name}=${value}`);

/** The setting `limits`: what holds in place of the defaults, by the names of the limits, as text. */
export const limitsShape = {
  limits: z
    .record(
      z.string(),
      z.union([z.string(), z.number()]).transform((value) => String(value)),
    )
    .default({})
    .superRefine((limits, context) => {
      try {
        parseLimits(limits);
      } catch (error) {
        if (!(error instanceof InvalidLimitsError)) throw error;
        for (const message of error.problems) context.addIssue({ code: 'custom', message });
      }
    })
    .meta({
      description:
        'what [limits](docs/operations.md#limits) are, in place of their defaults, until an operator sets them. In context each has a setting of its own',
      allowed: `in context: ${examples.join()}, and so on`,
    }),
};
