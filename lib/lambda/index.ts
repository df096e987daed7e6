export { awsClients } from './aws-clients.ts';
export { EnvironmentError, readEnvironment } from './read-environment.ts';
export { toBatchResponse, toDeliveries } from './sqs-event.ts';
export { OutOfTimeError, timeLeft } from './time-left.ts';
