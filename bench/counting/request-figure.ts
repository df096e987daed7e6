export type Service = 'dynamodb' | 'sqs' | 'ssm' | 'redis';

/** What requests of one kind took together. */
export interface RequestFigure {
  readonly service: Service;
  /** Such as `PutItem`. */
  readonly operation: string;
  /** What it is about: of the table the kind of item (`META`, `LOG`, …), else empty. */
  readonly target: string;
  readonly count: number;
  /** How many of them were conditional writes whose condition did not hold. They are billed, too. */
  readonly refused: number;
  /** Of 1 KB each, as AWS bills them. */
  readonly writeUnits: number;
  /** Of 4 KB each, strongly consistent. */
  readonly readUnits: number;
  /** Bodies of requests and answers; unknown, and 0, for Redis. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
}
