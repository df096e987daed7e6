import { z } from 'zod';

/** The settings of alarms and traces, as they are given. */
export const observabilityShape = {
  /** Gets a mail for each alarm; nobody does unless given. */
  alarmEmail: z.email().optional(),
  /** Where docs/operations.md can be read: what alarms link to. */
  runbookUrl: z.url({ protocol: /^https?$/ }).default('docs/operations.md'),
  /** A layer with an SDK of OpenTelemetry, such as the AWS distribution's for JavaScript; no spans are kept unless given. */
  tracingLayer: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[\w-]+:\d+$/,
      'the ARN of a version of a Lambda layer',
    )
    .optional(),
};
