import { Duration } from 'aws-cdk-lib';
import type { Events } from './events.ts';
import { pipelineMetric } from './pipeline-metric.ts';
import type { AlarmDefinition } from './queue-alarms.ts';

/** Events are there within a second or two; whoever acts on them waits. */
const AGE = Duration.minutes(10);

export interface EventAlarmsProps {
  readonly stage: string;
  readonly events: Pick<Events, 'handler' | 'deadLetterQueue'>;
}

/** What rings when events are late, or missing. */
export function eventAlarms({ stage, events }: EventAlarmsProps): AlarmDefinition[] {
  const period = Duration.minutes(5);
  return [
    {
      id: 'event-age',
      meaning: `Events are more than ${AGE.toMinutes()} minutes late.`,
      metric: events.handler.metric('IteratorAge', { period, statistic: 'Maximum' }),
      threshold: AGE.toMilliseconds(),
    },
    {
      id: 'event-dead-letters',
      meaning: 'Events were given up: whoever waits for them waits in vain.',
      metric: events.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 0,
    },
    {
      id: 'events-skipped',
      meaning: 'Writes were left out whose events could not be told.',
      metric: pipelineMetric('EventsSkipped', { stage, period }),
      threshold: 0,
    },
  ];
}
