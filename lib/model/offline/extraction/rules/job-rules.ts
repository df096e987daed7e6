import { phraseOf } from '../phrase-of.ts';
import { retell } from '../retell.ts';
import type { Rule } from '../rule.ts';
import { fromPattern } from './from-pattern.ts';

/** Occupations by their ending, and those that have none. */
const OCCUPATION =
  /(?:ologist|therapist|pist|dentist|chemist|physicist|economist|journalist|scientist|artist|pharmacist|florist|biologist|engineer|teacher|designer|manager|developer|programmer|writer|painter|photographer|plumber|carpenter|lawyer|baker|farmer|driver|librarian|electrician|technician|musician|physician|statistician|mathematician|politician|accountant|assistant|consultant|architect|analyst|translator|editor|doctor|professor|director|administrator|contractor|operator|researcher|lecturer|nurse|midwife|chef|cook|pilot|vet|surgeon|student|postman|firefighter|police officer|paramedic|tutor|barista|waiter|waitress|cashier|mechanic|welder|tailor|actor|actress|dancer|singer|composer|sailor|soldier|pastor|priest|judge|clerk|secretary|gardener|hairdresser|freelancer|entrepreneur|founder|nanny|carer|social worker|counsell?or|maintainer|apprentice|trainee|intern)$/;

/** What the speaker does for a living, or is responsible for. */
export const jobRules: readonly Rule[] = [
  occupation,
  fromPattern({
    category: 'profile',
    pattern:
      /^I (?:currently |now |still )?work (?<what>(?:as an?|at an?|at the|for an?|for the|at|for) (?!home|night|hours|the moment|least|first|weekends|work|years|a (?:while|few|couple|long))[\p{L}](?:(?! that\b).)*)/u,
    subject: () => 'job',
    text: (speaker, { what }) => `${speaker} works ${what}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'profile',
    pattern:
      /^I (?<verb>maintain|lead|manage|own|mentor|coach|teach|organi[sz]e) (?<what>(?:an?|the|our) (?!lot|bit)\p{L}.*)/u,
    subject: ({ verb, what }) => `${verb}s ${what}`,
    text: (speaker, { verb = '', what }) => `${speaker} ${verb}${/ch$/.test(verb) ? 'es' : 's'} ${what}`,
    confidence: 0.85,
  }),
  fromPattern({
    category: 'profile',
    pattern:
      /^I am the (?<what>(?:CEO|CTO|CFO|COO|head|owner|founder|co-founder|director|manager|leader|lead|maintainer|chair|secretary|treasurer) of \p{L}.*)/u,
    subject: () => 'job',
    text: (speaker, { what }) => `${speaker} is the ${what}`,
    confidence: 0.9,
  }),
];

function occupation({ text, speaker }: Parameters<Rule>[0]): ReturnType<Rule> {
  const what = /^I am (?:also |currently |now )?(an? .+)/.exec(text)?.[1];
  const phrase = what && phraseOf(what.replace(/ (?:living|working)\b.*/, ''));
  const told = phrase && retell(phrase);
  if (!told) return undefined;
  const [title = ''] = told.split(/ (?:at|in|for|with|from|on|of|by|to|and)\b/);
  if (!OCCUPATION.test(title) || /\b(?:bad|terrible|good|great|lousy|born|future|former)\b/.test(title)) {
    return undefined;
  }
  return { category: 'profile', subject: 'job', text: `${speaker} is ${told}.`, confidence: 0.95 };
}
