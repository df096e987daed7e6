import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { type EventAlarmsProps, eventAlarms } from './event-alarms.ts';
import { pipelineAlarms } from './pipeline-alarms.ts';
import { type QueueAlarmsProps, queueAlarms } from './queue-alarms.ts';
import type { Settings } from './settings.ts';

export interface AlarmsProps extends QueueAlarmsProps, Omit<EventAlarmsProps, 'stage'> {
  readonly settings: Pick<Settings, 'stage' | 'alarmEmail' | 'runbookUrl'>;
  readonly autoCommit: IFunction;
}

/** Every alarm: its description says what has happened and where the runbook says what to do. */
export class Alarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { stage, alarmEmail, runbookUrl } = props.settings;
    const { autoCommit, events } = props;
    const definitions = [
      ...queueAlarms(props),
      ...pipelineAlarms({ stage, autoCommit }),
      ...eventAlarms({ stage, events }),
    ];
    this.alarms = definitions.map(
      ({ id, meaning, metric, threshold }) =>
        new Alarm(this, id, {
          alarmName: `commitlane-${stage}-${id}`,
          alarmDescription: `${meaning} What to do: ${runbookUrl}#alarm-${id}`,
          metric,
          threshold,
          comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
          evaluationPeriods: 1,
          treatMissingData: TreatMissingData.NOT_BREACHING,
        }),
    );
    if (alarmEmail !== undefined) mailTo(this, alarmEmail, this.alarms);
  }
}

function mailTo(scope: Construct, email: string, alarms: readonly Alarm[]): void {
  const topic = new Topic(scope, 'Topic', { enforceSSL: true });
  topic.addSubscription(new EmailSubscription(email));
  const action = new SnsAction(topic);
  for (const alarm of alarms) {
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
}
