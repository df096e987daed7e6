import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../lib/api/index.ts';
import { type Synthesised, synthesised } from './synthesised.ts';

let stack: Synthesised;
beforeAll(() => {
  stack = synthesised();
});

const routesOf = (from: Synthesised) =>
  from.resources('AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties);

/** What says nothing that is of anybody. */
const OPEN = 'GET /openapi.json';
const guardedRoutesOf = (from: Synthesised) => routesOf(from).filter(({ RouteKey }) => RouteKey !== OPEN);

describe('the HTTP API', () => {
  it('has exactly the routes that the API function serves', () => {
    const served = Object.values(routes).map(({ method, path }) => `${method} ${path}`);
    expect(
      routesOf(stack)
        .map(({ RouteKey }) => RouteKey)
        .sort(),
    ).toEqual(served.sort());
  });

  it('asks every caller for a token of the issuer and for the audience given at deployment', () => {
    for (const { AuthorizationType, AuthorizerId, RouteKey } of guardedRoutesOf(stack)) {
      expect(AuthorizationType, String(RouteKey)).toBe('JWT');
      expect(stack.referred(AuthorizerId).Properties).toMatchObject({
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: { Ref: 'JwtIssuer' }, Audience: [{ Ref: 'JwtAudience' }] },
      });
    }
    for (const name of ['JwtIssuer', 'JwtAudience']) {
      expect(stack.Parameters[name]).toMatchObject({ Type: 'String', MinLength: 1 });
      expect(stack.Parameters[name]).not.toHaveProperty('Default');
    }
  });

  it('asks for requests signed for IAM instead, and for no issuer, when it is deployed so', () => {
    const signed = synthesised({ auth: 'iam' });
    expect(routesOf(signed)).toHaveLength(Object.keys(routes).length);
    for (const { AuthorizationType } of guardedRoutesOf(signed)) expect(AuthorizationType).toBe('AWS_IAM');
    expect(signed.resources('AWS::ApiGatewayV2::Authorizer')).toEqual([]);
    expect(signed.Parameters).not.toHaveProperty('JwtIssuer');
  });

  it.each(['jwt', 'iam'] as const)(
    'describes itself to anybody, whoever else must prove who they are: %s',
    (auth) => {
      const open = routesOf(auth === 'jwt' ? stack : synthesised({ auth })).filter(
        ({ AuthorizationType }) => AuthorizationType === 'NONE',
      );
      expect(open).toMatchObject([{ RouteKey: OPEN }]);
      expect(open[0]).not.toHaveProperty('AuthorizerId');
    },
  );

  it('calls the API function, which nobody else may call', () => {
    const { Properties } = stack.resource('AWS::ApiGatewayV2::Integration');
    expect(Properties).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
    expect(stack.referred(Properties['IntegrationUri']).logicalId).toMatch(/^ApiFunction/);
    const permissions = stack
      .resources('AWS::Lambda::Permission')
      .filter(({ Properties: { FunctionName } }) =>
        /^ApiFunction/.test(stack.referred(FunctionName).logicalId),
      );
    expect(permissions).not.toEqual([]);
    for (const permission of permissions) {
      expect(permission.Properties['Principal']).toBe('apigateway.amazonaws.com');
      expect(JSON.stringify(permission.Properties['SourceArn'])).toContain(
        stack.resource('AWS::ApiGatewayV2::Api').logicalId,
      );
    }
  });

  it('waits for an answer longer than the function may take', () => {
    const { Timeout } = stack.resource('AWS::Lambda::Function', 'ApiFunction').Properties;
    expect(Timeout).toBeLessThan(30);
  });

  it('has a bound on what it admits, and a log of it that names no caller', () => {
    const { Properties } = stack.resource('AWS::ApiGatewayV2::Stage');
    expect(Properties['DefaultRouteSettings']).toEqual({
      ThrottlingRateLimit: 1_000,
      ThrottlingBurstLimit: 2_000,
    });
    const { DestinationArn, Format } = Properties['AccessLogSettings'] as Record<string, unknown>;
    expect(stack.referred(DestinationArn).Properties['RetentionInDays']).toBe(30);
    expect(Format).toContain('$context.status');
    expect(Format).not.toMatch(/authorizer\.claims|identity|header/);
  });

  it('lets pages of no other origin call it, unless they are named', () => {
    expect(stack.resource('AWS::ApiGatewayV2::Api').Properties).not.toHaveProperty('CorsConfiguration');
    const open = synthesised({ corsOrigins: 'https://chat.example, http://localhost:8080' });
    expect(open.resource('AWS::ApiGatewayV2::Api').Properties['CorsConfiguration']).toMatchObject({
      AllowOrigins: ['https://chat.example', 'http://localhost:8080'],
      AllowHeaders: ['authorization', 'content-type', 'idempotency-key', 'traceparent'],
      ExposeHeaders: ['retry-after'],
    });
  });

  it('says where it is, and where everything is that the command line needs', () => {
    expect(Object.keys(stack.Outputs)).toEqual(
      expect.arrayContaining([
        'ApiUrl',
        'TableName',
        'LimitsPath',
        'CommitQueueUrl',
        'CommitDeadLetterQueueUrl',
        'FollowUpQueueUrl',
        'FollowUpDeadLetterQueueUrl',
        'CommitFunctionTimeoutMs',
        'FollowUpFunctionTimeoutMs',
        'MaxReceiveCount',
        'LeaseStore',
      ]),
    );
  });
});
