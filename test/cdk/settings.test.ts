import { RootConstruct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { checkTimeouts, type Timeouts } from '../../cdk/check-timeouts.ts';
import { readSettings } from '../../cdk/read-settings.ts';
import { synthesised } from './synthesised.ts';

function settings(given: Readonly<Record<string, unknown>> = {}) {
  const context = Object.entries(given).map(([name, value]) => [`commitlane:${name}`, value]);
  return readSettings(nodeWith(Object.fromEntries(context))).settings;
}

/** Not an App's: that would leave a folder behind. */
function nodeWith(context: Readonly<Record<string, unknown>>) {
  const { node } = new RootConstruct();
  for (const [name, value] of Object.entries(context)) node.setContext(name, value);
  return node;
}

const timeouts: Timeouts = {
  commitTimeoutMs: 600_000,
  followUpTimeoutMs: 900_000,
  commitVisibilityMs: 3_600_000,
  followUpVisibilityMs: 5_400_000,
  maxReceiveCount: 5,
};

describe('the settings of a deployment', () => {
  it('have defaults that fit together', () => {
    expect(settings()).toMatchObject({ stage: 'dev', auth: 'jwt', maxReceiveCount: 5 });
    expect(checkTimeouts(timeouts)).toEqual([]);
  });

  it('may come as text, as they do on the command line', () => {
    expect(settings({ maxReceiveCount: '8', commitTimeoutSeconds: '700' })).toMatchObject({
      maxReceiveCount: 8,
      commitTimeoutSeconds: 700,
    });
  });

  it.each([
    ['stage', 'Prod'],
    ['stage', 'a/b'],
    ['stage', 'x'.repeat(21)],
    ['auth', 'none'],
    ['maxReceiveCount', '1'],
    ['maxReceiveCount', 'many'],
    ['maxReceiveCount', '2.5'],
    ['commitTimeoutSeconds', '901'],
    ['commitTimeoutSeconds', '0'],
    ['followUpTimeoutSeconds', ''],
    ['maxConcurrency', '1'],
    ['corsOrigins', 'chat.example'],
    ['corsOrigins', 'https://chat.example/'],
    ['corsOrigins', 'https://chat.example/app'],
    ['corsOrigins', '*'],
    ['corsOrigins', ''],
  ])('are refused by name when they are wrong: %s = %j', (name, value) => {
    expect(() => settings({ [name]: value })).toThrow(`commitlane:${name}`);
    expect(() => settings({ [name]: value })).toThrow('CDK context is wrong');
  });

  it('are refused when nobody knows them, and the message says which there are', () => {
    expect(() => settings({ comitTimeoutSeconds: 600 })).toThrow(
      /comitTimeoutSeconds.*Known settings: .*commitlane:commitTimeoutSeconds/,
    );
  });

  it('leave the context of others alone', () => {
    const node = nodeWith({ 'other:stage': 'PROD', '@aws-cdk/core:x': true });
    expect(readSettings(node).settings.stage).toBe('dev');
  });

  it('name the deployment: its parameters are under its own path', () => {
    const stack = synthesised({ stage: 'blue' });
    for (const { Properties } of stack.resources('AWS::SSM::Parameter')) {
      expect(Properties['Name']).toMatch(/^\/commitlane\/blue\//);
    }
  });

  it('say how often a message is delivered, to the queue and to the functions alike', () => {
    const stack = synthesised({ maxReceiveCount: 9 });
    expect(stack.resource('AWS::SQS::Queue', 'CommitsQueue').Properties['RedrivePolicy']).toMatchObject({
      maxReceiveCount: 9,
    });
    expect(stack.resource('AWS::Lambda::Function', 'CommitFunction').Properties['Environment']).toMatchObject(
      { Variables: { MAX_RECEIVE_COUNT: '9' } },
    );
  });
});

describe('timeouts that contradict one another', () => {
  it('stop the synthesis when an operator could set a deadline beyond what a function has', () => {
    expect(() => synthesised({ commitTimeoutSeconds: 555 })).toThrow(
      'commit.deadlineMs may be set to 540000 ms, which must be less than the commit ' +
        "function's timeout minus the margin (555000 - 15000 ms): raise the setting commitTimeoutSeconds",
    );
    expect(() => synthesised({ commitTimeoutSeconds: 556 })).not.toThrow();
  });

  it('are told apart: the one of the follow-up names its own setting', () => {
    expect(() => synthesised({ followUpTimeoutSeconds: 855 })).toThrow(
      'followUp.deadlineMs may be set to 840000 ms, which must be less than the follow-up ' +
        "function's timeout minus the margin (855000 - 15000 ms): raise the setting followUpTimeoutSeconds",
    );
    expect(() => synthesised({ followUpTimeoutSeconds: 856 })).not.toThrow();
  });

  it('are told all at once', () => {
    expect(() => synthesised({ commitTimeoutSeconds: 300, followUpTimeoutSeconds: 300 })).toThrow(
      /The timeouts contradict one another:\n- .*commit\.deadlineMs.*\n- .*followUp\.deadlineMs/,
    );
  });

  it.each([
    ['commit', { commitVisibilityMs: 3_599_999 }, '3599999', '3600000'],
    ['follow-up', { followUpVisibilityMs: 5_399_999 }, '5399999', '5400000'],
  ])(
    'include a visibility timeout of the %s queue under six times the timeout',
    (name, change, has, needs) => {
      const problems = checkTimeouts({ ...timeouts, ...change });
      expect(problems).toEqual([
        expect.stringMatching(
          `the ${name} queue's visibility timeout \\(${has} ms\\) must be at least 6 times .*${needs} ms`,
        ),
      ]);
    },
  );

  it('include the defaults of the limits: a single delivery could not outlast a crashed holder', () => {
    expect(checkTimeouts({ ...timeouts, maxReceiveCount: 1 })).toEqual([
      expect.stringContaining('lease.ttlMs'),
      expect.stringContaining('memoryLease.ttlMs'),
    ]);
  });
});
