import { describe, expect, it } from 'vitest';
import { permissionsOf } from './permissions.ts';
import { type Synthesised, synthesised } from './synthesised.ts';

const upstash = { leaseStore: 'upstash', upstashUrl: 'https://lane-1.upstash.io' };

/** A deletion takes the session's lease as a commit does, so all of them must look for it in one place. */
const functions = ['ApiFunction', 'CommitFunction', 'FollowUpFunction'];

function variablesOf(stack: Synthesised, name: string): Record<string, unknown> {
  const { Environment } = stack.resource('AWS::Lambda::Function', name).Properties;
  return (Environment as { Variables: Record<string, unknown> }).Variables;
}

const secretsOf = (stack: Synthesised, name: string) =>
  permissionsOf(stack, name).filter(({ actions }) => actions.includes('ssm:GetParameter'));

describe('leases', () => {
  it.each(functions)('of %s are in the table by default', (name) => {
    const stack = synthesised();
    expect(variablesOf(stack, name)).toMatchObject({ LEASE_STORE: 'dynamodb' });
    expect(Object.keys(variablesOf(stack, name)).filter((key) => key.startsWith('UPSTASH'))).toEqual([]);
    expect(secretsOf(stack, name)).toEqual([]);
  });

  it.each(functions)('of %s are on Upstash where that is asked for', (name) => {
    const stack = synthesised({ ...upstash, stage: 'blue' });
    expect(variablesOf(stack, name)).toMatchObject({
      LEASE_STORE: 'upstash',
      UPSTASH_REDIS_REST_URL: 'https://lane-1.upstash.io',
      UPSTASH_TOKEN_PARAMETER: '/commitlane/blue-secrets/upstash-token',
    });
    expect(secretsOf(stack, name)).toEqual([
      { actions: ['ssm:GetParameter'], on: 'parameter/commitlane/blue-secrets/upstash-token' },
    ]);
  });

  it('are not taken by the function that only asks for commits: it is told of no store and of no secret', () => {
    const stack = synthesised(upstash);
    const names = Object.keys(variablesOf(stack, 'AutoCommitFunction'));
    expect(names.filter((name) => /LEASE|UPSTASH/.test(name))).toEqual([]);
    expect(secretsOf(stack, 'AutoCommitFunction')).toEqual([]);
  });

  it('may have their token under another name, and it alone may be read', () => {
    const stack = synthesised({ ...upstash, upstashTokenParameter: '/chat/token' });
    expect(variablesOf(stack, 'CommitFunction')).toMatchObject({ UPSTASH_TOKEN_PARAMETER: '/chat/token' });
    expect(secretsOf(stack, 'CommitFunction').map(({ on }) => on)).toEqual(['parameter/chat/token']);
  });

  it('have no token in the template: an operator makes the parameter', () => {
    const parameters = synthesised(upstash).resources('AWS::SSM::Parameter');
    expect(parameters.filter(({ Properties }) => String(Properties['Name']).includes('token'))).toEqual([]);
  });

  it.each([
    [{ leaseStore: 'redis' }, 'commitlane:leaseStore'],
    [{ leaseStore: 'upstash' }, 'commitlane:upstashUrl is missing'],
    [{ ...upstash, upstashUrl: 'lane-1.upstash.io' }, 'commitlane:upstashUrl must be the REST URL'],
    [{ ...upstash, upstashUrl: 'http://lane-1.upstash.io' }, 'commitlane:upstashUrl must be the REST URL'],
    [
      { ...upstash, upstashTokenParameter: 'token' },
      'commitlane:upstashTokenParameter must be the full name',
    ],
    [
      { ...upstash, upstashTokenParameter: '/commitlane/dev/token' },
      'commitlane:upstashTokenParameter must not be under /commitlane/dev/',
    ],
    [{ upstashUrl: 'https://lane-1.upstash.io' }, 'commitlane:upstashUrl is given, but leaseStore is not'],
    [
      { upstashTokenParameter: '/chat/token' },
      'commitlane:upstashTokenParameter is given, but leaseStore is',
    ],
  ])('are refused where the settings do not fit together: %j', (settings, problem) => {
    expect(() => synthesised(settings)).toThrow(problem);
  });
});
