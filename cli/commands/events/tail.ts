import { Option } from '@commander-js/extra-typings';
import { eventTypes } from '../../../lib/events/index.ts';
import { followLocalEvents } from '../../../operator/events/index.ts';
import { findLocalStack } from '../../../operator/target/index.ts';
import type { Cli } from '../../cli.ts';
import { noteOn } from '../../command/note-on.ts';
import { parseName } from '../../command/parse-name.ts';
import { requireLocal } from '../../command/require-local.ts';
import { targetCommand } from '../../command/target-command.ts';
import { eventLine } from '../../display/event-line.ts';

export function eventsTail(cli: Cli) {
  return targetCommand(cli, {
    name: 'tail',
    summary: 'print the events of the local stack as they happen',
    details:
      'Until Ctrl-C, or until the stack ends. With --json, each event is one line. Those of a deployed stack come by rules ' +
      'on its event bus.',
    example: 'commitlane events tail --local --session chat-42',
  })
    .addOption(new Option('--type <type>', 'only events of this type').choices(eventTypes))
    .option('--session <session>', 'only events of this session, and of memories known from it', parseName)
    .option('--tenant <tenant>', 'only events of this tenant; default: of all', parseName)
    .option('--from-start', 'begin with the events that the stack still keeps, 1000 at most')
    .action(async ({ type, session, tenant, fromStart, ...options }) => {
      requireLocal(options, 'Events can be followed of the local stack only');
      const stack = await findLocalStack(cli.discoveryFile, noteOn(cli));
      const events = followLocalEvents(stack, { type, session, tenant, fromStart }, cli);
      noteOn(cli)(`Following the events of ${stack.stackName} at ${stack.apiUrl}. Ctrl-C ends it.`);
      for await (const event of events)
        await cli.show(options, {
          document: event,
          isOneOfMany: true,
          lines: (view) => [eventLine(view, event)],
        });
      noteOn(cli)('The stack has ended.');
    });
}
