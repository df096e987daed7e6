import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { QueueConsumer } from './queue-consumer.ts';

/** A message that is older has been given back several times, or waits behind one that was. */
const COMMIT_AGE = Duration.minutes(10);
const FOLLOW_UP_AGE = Duration.minutes(30);

export interface QueueAlarmsProps {
  readonly commits: QueueConsumer;
  readonly followUps: QueueConsumer;
}

export interface AlarmDefinition {
  /** Names the alarm, and its entry in the runbook. */
  readonly id: string;
  /** What has happened, in one sentence. */
  readonly meaning: string;
  readonly metric: IMetric;
  /** It rings when the metric is above. */
  readonly threshold: number;
}

/** What rings when messages wait for too long, or on a dead-letter queue. */
export function queueAlarms({ commits, followUps }: QueueAlarmsProps): AlarmDefinition[] {
  const period = Duration.minutes(1);
  const deadLetters = ({ deadLetterQueue }: QueueConsumer) =>
    deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' });
  const age = ({ queue }: QueueConsumer) =>
    queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' });
  return [
    {
      id: 'commit-dead-letters',
      meaning: 'Commits were dead-lettered.',
      metric: deadLetters(commits),
      threshold: 0,
    },
    {
      id: 'follow-up-dead-letters',
      meaning: 'Follow-ups were dead-lettered, so summaries or memories are missing.',
      metric: deadLetters(followUps),
      threshold: 0,
    },
    {
      id: 'commit-age',
      meaning: `A commit has been waiting for more than ${COMMIT_AGE.toMinutes()} minutes.`,
      metric: age(commits),
      threshold: COMMIT_AGE.toSeconds(),
    },
    {
      id: 'follow-up-age',
      meaning: `A follow-up has been waiting for more than ${FOLLOW_UP_AGE.toMinutes()} minutes.`,
      metric: age(followUps),
      threshold: FOLLOW_UP_AGE.toSeconds(),
    },
  ];
}
