import { describe, expect, it } from 'vitest';
import { TemplateError } from '../../local/errors.ts';
import type { Schedule } from '../../local/lambda/schedule.ts';
import { startSchedules } from '../../local/resources/make-schedules.ts';
import { makeResolver } from '../../local/template/resolver.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { fakeFunction } from './fake-function.ts';

const HOUR_MS = 60 * 60_000;
const arn = 'arn:aws:lambda:us-east-1:000000000000:function:Sweep';

/** Starts the rules on the function that the template calls Sweep, under a clock that stands still. */
function startRules(rules: Readonly<Record<string, object>>) {
  const Resources = Object.fromEntries(
    Object.entries(rules).map(([id, properties]) => [
      id,
      {
        Type: 'AWS::Events::Rule',
        Properties: {
          ScheduleExpression: 'rate(1 hour)',
          Targets: [{ Arn: { 'Fn::GetAtt': ['Sweep', 'Arn'] }, Id: 'Target0' }],
          ...properties,
        },
      },
    ]),
  );
  const resolver = makeResolver({ Resources }, 'test', {});
  resolver.define('Sweep', { ref: 'Sweep', attributes: { Arn: arn } });
  resolver.define('Queue', { ref: 'Queue', attributes: { Arn: 'arn:aws:sqs:us-east-1:000000000000:Queue' } });
  const clock = fakeClock();
  const sweep = fakeFunction<{ readonly resources: readonly string[] }>(() => undefined);
  const warnings: string[] = [];
  const start = () =>
    startSchedules({ Resources }, resolver, new Map([[arn, sweep]]), {
      clock,
      newId: () => 'id',
      onError: (error) => expect.unreachable(String(error)),
      onLog: () => undefined,
      onWarning: (warning) => warnings.push(warning),
    });
  return { start, clock, sweep, warnings };
}

async function stopAll(schedules: readonly Schedule[]): Promise<void> {
  await Promise.all(schedules.map((schedule) => schedule[Symbol.asyncDispose]()));
}

describe('the rules of a template', () => {
  it.each([
    ['rate(1 minute)', HOUR_MS / 60],
    ['rate(5 minutes)', HOUR_MS / 12],
    ['rate(1 hour)', HOUR_MS],
    ['rate(12 hours)', 12 * HOUR_MS],
    ['rate(1 day)', 24 * HOUR_MS],
    ['rate(7 days)', 7 * 24 * HOUR_MS],
  ])('run their function at their rate: %s', async (ScheduleExpression, everyMs) => {
    const { start, clock, sweep, warnings } = startRules({ Often: { ScheduleExpression } });
    const schedules = start();
    await clock.advance(everyMs - 1);
    expect(sweep.events).toEqual([]);
    await clock.advance(1);
    expect(sweep.events).toMatchObject([{ resources: ['arn:aws:events:us-east-1:000000000000:rule/Often'] }]);
    expect(warnings).toEqual([]);
    await stopAll(schedules);
  });

  it('run nothing while they are disabled', () => {
    const { start, clock, warnings } = startRules({ Often: { State: 'DISABLED' } });
    expect(start()).toEqual([]);
    expect(clock.sleepers).toBe(0);
    expect(warnings).toEqual([]);
  });

  it('say by name that a schedule by the calendar is left out', () => {
    const { start, warnings } = startRules({ Nightly: { ScheduleExpression: 'cron(0 3 * * ? *)' } });
    expect(start()).toEqual([]);
    expect(warnings).toEqual([
      'Nightly (AWS::Events::Rule) has the schedule cron(0 3 * * ? *), which the embedded stack leaves out',
    ]);
  });

  it.each([
    ['a queue', { 'Fn::GetAtt': ['Queue', 'Arn'] }],
    ['something that the embedded stack does not have', { Ref: 'Topic' }],
  ])('say by name that a target is left out: %s', async (_what, Arn) => {
    const { start, clock, sweep, warnings } = startRules({
      Often: {
        Targets: [
          { Arn, Id: 'Target0' },
          { Arn: arn, Id: 'Target1' },
        ],
      },
    });
    const schedules = start();
    expect(warnings).toEqual([
      `Often (AWS::Events::Rule) has a target that is no function of the template, ${JSON.stringify(Arn)}, which the embedded stack leaves out`,
    ]);
    await clock.advance(HOUR_MS);
    expect(sweep.events).toHaveLength(1);
    await stopAll(schedules);
  });

  it('say what of a target would make a difference, and is left out', async () => {
    const target = { Arn: arn, Id: 'Target0', RetryPolicy: { MaximumRetryAttempts: 0 }, Input: '{}' };
    const { start, warnings } = startRules({ Often: { Targets: [target] } });
    await stopAll(start());
    expect(warnings).toEqual([
      'Often (AWS::Events::Rule) has Input for its target Faked, which the embedded stack leaves out',
    ]);
  });

  it.each(['rate(0 minutes)', 'rate(1 minutes)', 'rate(5 minute)', 'rate(1 week)', 'every minute', 'cron()'])(
    'are refused, as AWS would: %s',
    (ScheduleExpression) => {
      const { start, clock } = startRules({ Good: {}, Bad: { ScheduleExpression } });
      expect(start).toThrow(TemplateError);
      expect(start).toThrow(`Bad has the schedule ${ScheduleExpression}.`);
      expect(clock.sleepers).toBe(0);
    },
  );
});
