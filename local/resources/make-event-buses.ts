import {
  CreateEventBusCommand,
  type EventBridgeClient,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-eventbridge';
import { z } from 'zod';
import { arnOf } from '../aws/index.ts';
import type { Resolver } from '../template/resolver.ts';
import type { Template } from '../template/template.ts';
import { resourcesOf } from './resources-of.ts';

const busSchema = z.object({ Name: z.string() });

/** Makes the template's event buses, unless they are there. */
export async function makeEventBuses(
  template: Template,
  resolver: Resolver,
  eventbridge: EventBridgeClient,
): Promise<void> {
  const buses = resourcesOf(template, 'AWS::Events::EventBus', resolver.resolve, busSchema);
  for (const { logicalId, properties } of buses) {
    const { Name } = properties;
    try {
      await eventbridge.send(new CreateEventBusCommand({ Name }));
    } catch (error) {
      if (!(error instanceof ResourceAlreadyExistsException)) throw error;
    }
    resolver.define(logicalId, {
      ref: Name,
      attributes: { Name, Arn: arnOf('events', `event-bus/${Name}`) },
    });
  }
}
