import { z } from 'zod';
import { TemplateError } from '../errors.ts';
import type { Cors } from '../http/cors.ts';
import type { RouteAuthorizer, RouteTarget } from '../http/gateway.ts';
import type { Route } from '../http/match-route.ts';
import type { LocalFunction } from '../lambda/local-function.ts';
import type { Resolver } from '../template/resolver.ts';
import type { Template } from '../template/template.ts';
import { resourcesOf } from './resources-of.ts';

const apiSchema = z.object({
  ProtocolType: z.literal('HTTP', 'only HTTP APIs run locally'),
  CorsConfiguration: z.record(z.string(), z.unknown()).optional(),
});
const integrationSchema = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});
const authorizerSchema = z.object({
  AuthorizerType: z.string(),
  JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()) }).optional(),
});
const routeSchema = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.string().default('NONE'),
  AuthorizerId: z.string().optional(),
});

export interface ApiRoutes {
  readonly routes: readonly Route<RouteTarget>[];
  readonly cors?: Cors;
}

/** What the template says of its HTTP API: the address is known once its port is. */
export function defineApi(template: Template, resolver: Resolver, url: string): void {
  for (const { logicalId } of resourcesOf(
    template,
    'AWS::ApiGatewayV2::Api',
    (value) => value,
    z.object({}),
  )) {
    resolver.define(logicalId, { ref: logicalId, attributes: { ApiEndpoint: url } });
  }
}

/**
 * Reads the routes of the template's HTTP API.
 *
 * @param warn told of an authorizer that the embedded stack does not have; its routes refuse every request.
 */
export function readRoutes(
  template: Template,
  resolver: Resolver,
  functions: ReadonlyMap<string, LocalFunction>,
  warn: (warning: string) => void,
): ApiRoutes {
  for (const type of [
    'AWS::ApiGatewayV2::Integration',
    'AWS::ApiGatewayV2::Authorizer',
    'AWS::ApiGatewayV2::Api',
  ]) {
    for (const { logicalId } of resourcesOf(template, type, (value) => value, z.object({}))) {
      resolver.define(logicalId, { ref: logicalId });
    }
  }
  const { resolve } = resolver;
  const [api] = resourcesOf(template, 'AWS::ApiGatewayV2::Api', resolve, apiSchema);
  const integrations = new Map(
    resourcesOf(template, 'AWS::ApiGatewayV2::Integration', resolve, integrationSchema).map(
      ({ logicalId, properties }) => [logicalId, properties.IntegrationUri],
    ),
  );
  const authorizers = new Map(
    resourcesOf(template, 'AWS::ApiGatewayV2::Authorizer', resolve, authorizerSchema).map(
      ({ logicalId, properties }) => [logicalId, properties],
    ),
  );

  function authorizerOf({
    RouteKey,
    AuthorizationType,
    AuthorizerId = '',
  }: z.output<typeof routeSchema>): RouteAuthorizer {
    const { JwtConfiguration } = authorizers.get(AuthorizerId) ?? {};
    if (AuthorizationType === 'NONE') return { kind: 'none' };
    if (AuthorizationType === 'JWT' && JwtConfiguration) {
      return { kind: 'jwt', issuer: JwtConfiguration.Issuer, audience: JwtConfiguration.Audience };
    }
    warn(
      `${RouteKey} is authorized by ${AuthorizationType}, which the embedded stack does not have: it is refused`,
    );
    return { kind: 'refuse' };
  }

  const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route', resolve, routeSchema).map(
    ({ logicalId, properties }) => {
      const uri = integrations.get(properties.Target.replace('integrations/', ''));
      const handler = functions.get(uri ?? '');
      if (!handler) throw new TemplateError(`${logicalId} leads to no function of the template.`);
      return { routeKey: properties.RouteKey, target: { handler, authorizer: authorizerOf(properties) } };
    },
  );
  const cors = api?.properties.CorsConfiguration as Cors | undefined;
  return { routes, ...(cors && { cors }) };
}
