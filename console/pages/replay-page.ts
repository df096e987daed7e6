import { html } from 'hono/html';
import { explainError } from '../../operator/errors/index.ts';
import type { Followed, ReplayResult } from '../../operator/letters/index.ts';
import type { Progress } from '../../operator/target/index.ts';
import type { Desk } from '../desk.ts';
import { alert } from '../html/alert.ts';
import { amount } from '../html/amount.ts';
import { form } from '../html/form.ts';
import { hidden } from '../html/hidden.ts';
import type { Html } from '../html/html.ts';
import { links } from '../html/links.ts';
import { ownText } from '../html/own-text.ts';
import { table } from '../html/table.ts';
import { rates } from '../replays/rates.ts';
import type { Plan, Replay } from '../replays/replay-desk.ts';
import type { Page } from './layout.ts';
import { planTable } from './plan-table.ts';

type DeskParts = Pick<Desk, 'secrets' | 'operations'>;

const REFRESH_SECONDS = 1;
const FOLLOW_SECONDS = 2;
const MAX_NAMED = 20;

/** A replay in whichever phase it is: planned, asked about, sent, ended. @param part of the plan, from 1. */
export function replayPage(desk: DeskParts, { id, state }: Replay, part: number): Page {
  switch (state.phase) {
    case 'planning': {
      const note = 'Each letter is moved to the end of its queue, to see those behind it. Nothing is sent.';
      return progressPage(desk, id, 'Looking for letters', state.progress, note);
    }
    case 'sending': {
      const note = 'It continues if you leave this page, as long as the console runs.';
      return progressPage(desk, id, 'Replaying', state.progress, note);
    }
    case 'planned':
      return planPage(
        'Replay these letters?',
        html`${causeNotes(state.plan.causes)} ${question(desk, id, state.plan)}`,
        {
          ...state,
          id,
          part,
        },
      );
    case 'following': {
      const first = html`${resultAlert(state.result, state.plan.letters.length)} ${followedNote(state.followed)}
        ${form(desk, '/replays/stop', html`${hidden([['id', id]])}<p><button>Stop watching</button></p>`)}`;
      return { ...planPage('Replayed', first, { ...state, id, part }), refreshSeconds: FOLLOW_SECONDS };
    }
    case 'ended': {
      const first = html`${resultAlert(state.result, state.plan.letters.length)} ${followedNote(state.followed)}`;
      return planPage('Replayed', first, { ...state, id, part });
    }
    case 'failed':
      return {
        title: 'The replay has ended early',
        place: 'letters',
        body: html`${alert('bad', explainError(state.error).message)}
          <p>No letter is lost. One that was sent and not yet removed may be sent again, which changes nothing twice.</p>${back()}`,
      };
  }
}

function progressPage(
  desk: DeskParts,
  id: string,
  title: string,
  progress: Progress | undefined,
  note: string,
): Page {
  return {
    title,
    place: 'letters',
    refreshSeconds: REFRESH_SECONDS,
    body: html`<p class="progress" role="status">${progress ? wordsOf(progress) : 'Looking for the letters…'}</p><p>${note}</p>
      ${form(desk, '/replays/stop', html`${hidden([['id', id]])}<p><button>Stop</button></p>`)}`,
  };
}

function wordsOf({ text, counted }: Progress): string {
  return counted ? `${counted.done} of ${counted.total} ${text}` : text;
}

function planPage(
  title: string,
  first: Html,
  { plan, id, part }: { readonly plan: Plan; readonly id: string; readonly part: number },
): Page {
  const { letters, unreadable, unseen } = plan;
  return {
    title,
    place: 'letters',
    body: html`${first} ${unreadable.length > 0 && unreadableNote(unreadable)}
      ${unseen > 0 && alert('warning', `${amount(unseen, 'letter')} could not be seen for the plan: somebody else held them, or there are more than one replay takes.`)}
      ${planTable(letters, part, links.replay(id))}
      ${back()}`,
  };
}

/** What has become of the commits, and why some are failed again. */
function followedNote(followed: Followed | undefined): Html {
  if (!followed) return html``;
  const { completed, deadAgain, ended, running, commits } = followed;
  const kind = deadAgain ? 'bad' : running ? 'warning' : 'good';
  const words = `${completed} completed, ${deadAgain} failed again, ${ended ? `${ended} ended otherwise, ` : ''}${running} still running.`;
  const named = commits.filter(({ outcome }) => outcome === 'dead-again').slice(0, MAX_NAMED);
  return html`${alert(kind, words)}
    ${
      named.length > 0 &&
      table({
        caption: 'Commits that are failed again',
        head: ['Commit', 'Session', 'Why'],
        rows: named.map(({ tenant, session, commitId, detail }) => [
          links.to(links.commit({ tenant, session }, commitId), commitId),
          html`${ownText(session)} of ${ownText(tenant)}`,
          ownText(detail ?? 'no reason was recorded'),
        ]),
      })
    }`;
}

function causeNotes(causes: Plan['causes']): Html {
  const standing = causes.filter(({ status }) => status !== 'ok');
  return html`${standing.map(({ name, detail, whatToDo }) =>
    alert(
      'warning',
      html`<strong>The cause persists: ${ownText(name)}</strong>: ${ownText(detail)} ${whatToDo !== undefined && ownText(whatToDo)}`,
    ),
  )}`;
}

function unreadableNote(letters: Plan['unreadable']): Html {
  const named = letters.slice(0, MAX_NAMED).map(({ id }) => html` ${links.to(links.letter(id), id)}`);
  const [are, rest] = [
    letters.length === 1 ? 'stays where it is' : 'stay where they are',
    letters.length - named.length,
  ];
  return alert(
    'warning',
    html`${amount(letters.length, 'letter')} cannot be understood, and ${are}:${named}${rest > 0 && `, and ${rest} more`}.`,
  );
}

function question(desk: DeskParts, id: string, plan: Plan): Html {
  const letters = plan.letters.length;
  const allTheSame = plan.causes.some(({ status }) => status !== 'ok') ? ' anyway' : '';
  if (letters === 0) return html`<p>Nothing would be replayed: no dead letter matches.</p>`;
  return html`
    <p>${amount(letters, 'letter')} would be sent to ${letters === 1 ? 'its queue' : 'their queues'} again on <strong>${desk.operations.stack.name}</strong>, in the order below. Nothing was sent yet.
    Each is removed from the dead letters once it is sent; one that is sent twice changes nothing twice.</p>
    ${form(
      desk,
      '/replays/send',
      html`${hidden([['id', id]])}
      <p><label for="rate">Letters per second, at most</label> <input id="rate" name="rate" type="number" min="${rates.min}" max="${rates.max}" value="${rates.default}" required></p>
      <p><button class="danger">Replay ${amount(letters, 'letter')}${allTheSame}</button></p>`,
    )}`;
}

function resultAlert(
  { resent, gone, notRemoved, unrecorded, isStopped }: ReplayResult,
  planned: number,
): Html {
  const isWhole = resent === planned;
  return html`
    ${alert(isWhole ? 'good' : 'warning', `${isStopped ? 'Stopped. ' : ''}Replayed ${resent} of ${amount(planned, 'letter')}.${isStopped ? ' The others are where they were.' : ''}`)}
    ${gone > 0 && alert('warning', `${amount(gone, 'letter')} of the plan had gone, or could not be seen, when it began: somebody else has replayed, removed or held them.`)}
    ${notRemoved > 0 && alert('warning', `${amount(notRemoved, 'letter')} were sent and are still here: sending them again changes nothing.`)}
    ${unrecorded > 0 && alert('warning', `${amount(unrecorded, 'replay')} could not be recorded on the commit, which reads dead-lettered until a worker begins it.`)}`;
}

function back(): Html {
  return html`<p>${links.to('/letters', 'Back to the dead letters')}</p>`;
}
