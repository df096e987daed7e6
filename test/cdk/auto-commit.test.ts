import { beforeAll, describe, expect, it } from 'vitest';
import { type Synthesised, synthesised } from './synthesised.ts';

let stack: Synthesised;
beforeAll(() => {
  stack = synthesised();
});

const handler = () => stack.resource('AWS::Lambda::Function', 'AutoCommitFunction');
const targets = () => stack.resource('AWS::Events::Rule').Properties['Targets'] as Record<string, unknown>[];

describe('the schedule of auto-commits', () => {
  it('runs its function once a minute', () => {
    expect(stack.resource('AWS::Events::Rule').Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
    });
    expect(targets().map(({ Arn }) => stack.referred(Arn))).toEqual([handler()]);
  });

  it('is over before its next time, so that runs do not pile up', () => {
    expect(handler().Properties['Timeout']).toBeLessThan(60);
  });

  it('repeats no run: neither the rule does, nor Lambda, which would unless told', () => {
    const once = { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 };
    expect(targets().map(({ RetryPolicy }) => RetryPolicy)).toEqual([once]);
    const { Properties } = stack.resource('AWS::Lambda::EventInvokeConfig');
    expect(Properties).toMatchObject(once);
    expect(stack.referred(Properties['FunctionName'])).toEqual(handler());
  });

  it('alone may run it', () => {
    const permissions = stack
      .resources('AWS::Lambda::Permission')
      .filter(({ Properties: { FunctionName } }) => stack.referred(FunctionName) === handler());
    expect(permissions).toMatchObject([{ Properties: { Principal: 'events.amazonaws.com' } }]);
    const sources = permissions.map(({ Properties: { SourceArn } }) => stack.referred(SourceArn));
    expect(sources).toEqual([stack.resource('AWS::Events::Rule')]);
  });
});
