import type { MessageData } from '@strands-agents/sdk';
import { commitlaneStorage } from '../../../lib/adapters/strands/index.ts';
import type { CommitlaneClient } from '../../../lib/client/index.ts';
import { describeHistoryContract } from '../history-contract.ts';
import { snapshotOfMessages } from './snapshot-of-messages.ts';

describeHistoryContract<MessageData>('the storage for Strands', {
  open(client: CommitlaneClient, sessionId: string) {
    const storage = commitlaneStorage(client);
    const location = { sessionId, scope: 'agent', scopeId: 'agent' } as const;
    const restore = async () =>
      ((await storage.loadSnapshot({ location }))?.data['messages'] ?? []) as unknown as MessageData[];
    let agentHas: readonly MessageData[] | undefined;
    return {
      async append(items) {
        agentHas ??= await restore();
        const messages = [...agentHas, ...items];
        const snapshot = snapshotOfMessages(messages);
        await storage.saveSnapshot({ location, snapshotId: 'latest', isLatest: true, snapshot });
        agentHas = messages;
      },
      read: restore,
    };
  },
  said: (role, text, id) => ({ role, content: [{ text }], trackingId: id }),
  toolTurn: [
    {
      role: 'assistant',
      trackingId: 'call',
      content: [{ toolUse: { name: 'weather', toolUseId: 'c1', input: { city: 'Oslo' } } }],
    },
    {
      role: 'user',
      trackingId: 'result',
      content: [{ toolResult: { toolUseId: 'c1', status: 'success', content: [{ text: '9 degrees' }] } }],
    },
  ],
  shown: (item) => item,
  knowsRepeats: true,
});
