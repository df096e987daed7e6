import {
  CfnStage,
  CorsHttpMethod,
  HttpApi,
  type HttpMethod,
  HttpNoneAuthorizer,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { routes } from '../lib/api/index.ts';
import type { CommitlaneAuth } from './commitlane-props.ts';
import type { Settings } from './settings.ts';

/** What one deployment admits before the gateway answers 429; the account's own limits come on top. */
const THROTTLE = { ratePerSecond: 1_000, burst: 2_000 };

/** The HTTP API in front of the API function: every route has the authorizer, but for what is open to anybody. */
export class ApiGateway extends Construct {
  readonly url: string;
  readonly apiId: string;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly handler: IFunction;
      readonly settings: Pick<Settings, 'stage' | 'corsOrigins'>;
      readonly auth: CommitlaneAuth;
    },
  ) {
    super(scope, id);
    const { handler, settings, auth } = props;
    const api = new HttpApi(this, 'Api', {
      apiName: `commitlane-${settings.stage}`,
      defaultAuthorizer: authorizer(auth),
      ...(settings.corsOrigins && {
        corsPreflight: {
          allowOrigins: settings.corsOrigins,
          allowMethods: [CorsHttpMethod.ANY],
          allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'traceparent'],
          exposeHeaders: ['retry-after'],
        },
      }),
    });
    const integration = new HttpLambdaIntegration('Integration', handler);
    for (const { method, path, ...route } of Object.values(routes)) {
      const open = 'isOpen' in route ? { authorizer: new HttpNoneAuthorizer() } : {};
      api.addRoutes({ path, methods: [method as HttpMethod], integration, ...open });
    }
    configureStage(this, api);
    this.url = api.apiEndpoint;
    this.apiId = api.apiId;
  }
}

function authorizer(auth: CommitlaneAuth): IHttpRouteAuthorizer {
  if (auth === 'iam') return new HttpIamAuthorizer();
  return new HttpJwtAuthorizer('Jwt', auth.issuer, { jwtAudience: [auth.audience] });
}

function configureStage(scope: Construct, api: HttpApi): void {
  const stage = api.defaultStage?.node.defaultChild;
  if (!(stage instanceof CfnStage)) throw new Error('the HTTP API has no default stage');
  const logs = new LogGroup(scope, 'AccessLogs', { retention: RetentionDays.ONE_MONTH });
  stage.defaultRouteSettings = {
    throttlingRateLimit: THROTTLE.ratePerSecond,
    throttlingBurstLimit: THROTTLE.burst,
  };
  stage.accessLogSettings = {
    destinationArn: logs.logGroupArn,
    format: JSON.stringify({
      requestId: '$context.requestId',
      at: '$context.requestTime',
      route: '$context.routeKey',
      status: '$context.status',
      latencyMs: '$context.responseLatency',
      error: '$context.authorizer.error',
    }),
  };
}
