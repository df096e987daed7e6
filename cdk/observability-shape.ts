import { z } from 'zod';

/** The settings of alarms and traces, as they are given. */
export const observabilityShape = {
  alarmEmail: z.email().optional().meta({
    description:
      'gets a mail when an alarm begins and when it ends. The address must confirm the subscription once',
    allowed: 'a mail address',
  }),
  runbookUrl: z
    .url({ protocol: /^https?$/ })
    .default('docs/operations.md')
    .meta({
      description: 'the address of docs/operations.md, to which alarms link',
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
        'a Lambda layer with an OpenTelemetry SDK, which records the spans; without it, no spans are recorded',
      allowed: 'the ARN of a version of a Lambda layer',
    }),
};
