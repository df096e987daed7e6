import { type Function as LambdaFunction, LayerVersion } from 'aws-cdk-lib/aws-lambda';

/** Starts a function with the layer's SDK of OpenTelemetry, by the wrapper that such layers have. */
export function useTracing(handler: LambdaFunction, layerArn: string | undefined): void {
  if (layerArn === undefined) return;
  handler.addLayers(LayerVersion.fromLayerVersionArn(handler, 'TracingLayer', layerArn));
  handler.addEnvironment('AWS_LAMBDA_EXEC_WRAPPER', '/opt/otel-instrument');
}
