import type { RequestFigure, Service } from './request-figure.ts';
import type { Usage } from './usage.ts';

/** What some work took in all. */
export interface Totals {
  readonly dynamodbRequests: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly sqsRequests: number;
  readonly ssmRequests: number;
  readonly redisRequests: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

export function totalsOf(usage: Usage): Totals {
  const sum = (numberOf: (figure: RequestFigure) => number) =>
    usage.reduce((total, figure) => total + numberOf(figure), 0);
  const requestsTo = (service: Service) => sum((figure) => (figure.service === service ? figure.count : 0));
  return {
    dynamodbRequests: requestsTo('dynamodb'),
    writeUnits: sum(({ writeUnits }) => writeUnits),
    readUnits: sum(({ readUnits }) => readUnits),
    sqsRequests: requestsTo('sqs'),
    ssmRequests: requestsTo('ssm'),
    redisRequests: requestsTo('redis'),
    sentBytes: sum(({ sentBytes }) => sentBytes),
    receivedBytes: sum(({ receivedBytes }) => receivedBytes),
  };
}
