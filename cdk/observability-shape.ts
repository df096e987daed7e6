import { z } from 'zod';

/** The settings of alarms and traces, as they are given. */
export const observabilityShape = {
  alarmEmail: z.email().optional().meta({
    description:
      'receives a mail for each alarm, and when it ends. The address must confirm the subscription once',
    allowed: 'a mail address',
  }),
  runbookUrl: z
    .url({ protocol: /^https?$/ })
    .default('docs/operations.md')
    .meta({
      description: 'where docs/operations.md can be read: alarms link to it',
      allowed: 'an `http` or `https` address',
    }),
  tracingLayer: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[\w-]+:\d+$/,
      'the ARN of a version of a Lambda layer',
    )
    .optional()
    .meta({
      description:
        'a Lambda layer with an OpenTelemetry SDK, which records the spans; without it none are kept',
      allowed: 'the ARN of a version of a Lambda layer',
    }),
};
