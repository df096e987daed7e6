import { type MemoryCategory, memoryCategorySchema } from '../../../memory/index.ts';
import { vocabulary } from './vocabulary.ts';

/** What a clause of a certain form says; `{name}` stands for the group of its pattern with that name. */
export interface Rule {
  readonly category: MemoryCategory;
  /** Names the subject: the same in every conversation, whatever is said of it. */
  readonly key: string;
  /** Follows the name of the speaker. */
  readonly text: string;
  /** Of a clause that begins with `I` or `My`, without adverbs. */
  readonly pattern: RegExp;
  /** What the clause says of what was known: that it is otherwise (`!`), that it has ended (`†`). */
  readonly change: '!' | '†' | undefined;
}

/**
 * Category, key, text and pattern; words in capitals are of the vocabulary. A text with `!` at its end tells a change,
 * which counts where something was known, one with `†` an end. The group `what` is cut to a phrase and retold, `verb` gets an ending. In an event, ⏲ is its time.
 */
const table = String.raw`
profile    | name              | 's name is {name}                 | ^My name is (?<name>NAME)END
profile    | home              | lives in {place}                  | ^I (?:am based|am living|have been living|live|reside) in (?:an? [\p{Ll} ]{3,20} in )?(?<place>PLACE)END
profile    | home              | lives in {place}!                 | ^I (?:have )?moved (?:back )?(?:from NAME )?to (?<place>PLACE)(?=$|,| (?:with|last|this|yesterday|because|from|⏲)\b|⏲)
profile    | planned-home      | is moving to {place}              | ^I am moving to (?<place>PLACE)
profile    | origin            | comes from {place}                | ^I (?:am|come) (?:originally )?from (?<place>PLACE)END
profile    | origin            | grew up in {place}                | ^I grew up in (?<place>PLACE)END
profile    | birthplace        | was born in {place}               | ^I was born in (?<place>PLACE)END
profile    | nationality       | is {what}                         | ^I am (?<what>NATIONALITY)$
profile    | job               | is {what}                         | ^I am (?<what>(?:an? OCCUPATION|the (?:CEO|CTO|CFO|COO|head|owner|founder|director) of [\p{L} ]{1,60}?)(?: (?:at|in|for|with) (?!heart|training|name)\p{L}[^,]*)?)(?=$| and\b)
profile    | job               | works {what}                      | ^I work (?<what>(?:as an? OCCUPATION|(?:at|for|in) (?:an?|the) WORKPLACE|(?:at|for) PLACE)(?: in PLACE)?)END
profile    | job               | has left the job they had†        | ^I (?:have )?(?:quit|left|lost) my job\b
profile    | partner           | is divorced†                      | ^I (?:am|got) divorced\b
profile    | partner           | has a {kin}                       | OF[Mm]y (?<kin>husband|wife)\b(?! \p{Lu}| died| passed)
profile    | {kin}             | has a {kin}                       | OF[Mm]y (?<kin>daughter|son)\b(?! \p{Lu}| of\b| died| passed)
profile    | children          | has children                      | \bmy (?:kids|children)\b(?! (?:book|room|toy)s?\b)
profile    | children          | has {what}                        | ^I have (?<what>NUMBER (?:\p{L}+ )?(?:kids?|children|child|sons?|daughters?))END
profile    | pets              | has {pets}                        | ^I have (?<pets>NUMBER PETs?(?:(?:,| and) NUMBER PETs?){0,4})(?=$|,)
profile    | pet-{name}        | has a {pet} called {name}         | (?:\b[Mm]y|^The(?= \p{L}+ is (?:called|named))|^I (?:have|got|adopted) an?(?:other)?(?= [\p{L} ]{3,20} (?:called|named))) (?<pet>PET),?(?: is)?(?: called| named)? (?<name>NAME)(?=$|,| and\b| is\b| has\b)
profile    | maintains-{what}  | maintains {what}                  | ^I maintain (?<what>(?:the|my|an?)(?: \p{L}+){1,4})(?=$|,)
profile    | health-{what}     | has {what}                        | ^I (?:have|suffer from) (?<what>CONDITION)(?=$|,| and\b)
profile    | allergy-{what}    | is allergic to {what}             | ^I (?:am|have been) (?:\p{L}+ly )?allergic to (?<what>ALLERGEN(?:(?: and| or) ALLERGEN)?)(?=$|,)
profile    | diet              | is {what}                         | ^I am (?<what>(?:an? )?DIET)(?=$|,| and\b)
profile    | diet-{what}       | does not {deed} {what}            | ^I do not (?<deed>eat|drink) (?<what>meat|pork|beef|fish|dairy|gluten|eggs|alcohol|coffee|caffeine|nuts|sugar)(?=$|,| and\b)
profile    | speaks-{what}     | speaks {what}                     | ^I (?:speak|have spoken) (?:fluent )?(?<what>LANGUAGE)END
profile    | speaks-{what}     | 's {rank} language is {what}      | ^(?<what>LANGUAGE) is my (?<rank>first|second|native|third) language
profile    | studies-{what}    | is learning {what}                | ^I (?:am learning|am studying|study) (?<what>LANGUAGE)(?=$| (?:for|every|at|with|since|and)\b)
profile    | plays-{what}      | plays {what}                      | ^I (?:play|started playing|have been playing) (?<what>(?:the )?PLAYED)END
profile    | birthday          | 's birthday is {what}             | ^My birthday is (?<what>(?:on )?(?:the )?(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? MONTH|MONTH \d{1,2}))\b
profile    | age               | is {age} years old                | ^I am (?<age>[1-9]\d) years old$
preference | likes-{what}      | {verb} {what}                     | ^I (?<verb>love|like|enjoy|adore|prefer|hate|dislike|cannot stand|do not (?:like|enjoy)) (?<what>[^,]+)$
preference | likes-{what}      | is {how} {what}                   | ^I am (?:very )?(?<how>a (?:big |huge |great )?fan of|keen on|fond of|passionate about) (?<what>[^,]+)$
preference | favourite-{kind}  | 's favourite {kind} is {what}     | ^My (?:all-time )?favou?rite (?!one|part|thing|bit)(?<kind>\p{L}+(?: \p{L}+)?) (?:is|are) (?<what>[^,]+)$
preference | instead-of-{old}  | has switched from {old} to {what}! | ^I (?:have )?switched from (?<old>\p{L}+(?: \p{L}+)?) to (?<what>[^,]+)$
preference | style-{kind}      | wants {kind} kept {how}           | ^(?:[Pp]lease )?(?:[Aa]lways )?[Kk]eep (?:your|the) (?<kind>answers|replies|responses|explanations) (?<how>short|brief|concise|simple|detailed|formal|informal)
preference | answer-language   | wants answers in {what}           | ^(?:[Pp]lease )?[Aa]lways (?:answer|reply|respond|write)(?: to me)? in (?<what>LANGUAGE)$
preference | use-{what}        | wants no {what} used in {place}   | ^(?:[Pp]lease )?[Nn]ever use (?<what>\p{L}+(?: \p{L}+)?) in (?:your|my) (?<place>answers|replies|code|commits|texts|emails)$
entity     | {name}            | 's {relation} is {name}           | OF[Mm]y (?<relation>RELATION),? (?<name>NAME)
pattern    | {verb}-{what}     | {how} {verb} {what}               | ^I (?<how>usually|normally|typically) (?!have|am|like|love|want|know|think|feel|get|forget|end|do not|say|\p{L}+ed\b)(?<verb>\p{Ll}+) (?<what>.+)
pattern    | {verb}-{what}     | {verb} {what}                     | ^I (?<verb>run(?! (?:into|out|the|my|an?)\b)|swim|cycle|bike|walk|jog|train|exercise|meditate|practi[sc]e|study|write|cook|bake|go|visit|volunteer|commute|sing|dance|paint|draw|hike|climb|drink|eat) (?<what>.*HOW_OFTEN)
event      | {past}-{what}     | {past} {what}                     | ^I (?:have )?(?<past>PAST)(?<what> .*⏲.*)
event      | {verb}-{what}     | {verb} {what}                     | ^I (?<verb>am(?= (?:PROGRESS)\b)|get|take|have(?= an? | my | the )|fly|leave|start|move|travel|arrive|return|meet|begin|finish|marry) (?<what>.*⏲.*)
event      | {what}            | 's {what}                         | ^My (?<what>(?!birthday)HAPPENING.*⏲.*)
event      | {what}            | said that the {what}              | ^The (?<what>HAPPENING.*⏲.*)
`;

export const rules: readonly Rule[] = table
  .trim()
  .split('\n')
  .map((row) => {
    const [category, key = '', told = '', ...pattern] = row.split(' | ').map((cell) => cell.trim());
    const words = pattern.join(' | ').replace(/[A-Z]{2,}(?:_[A-Z]+)?/g, (word) => vocabulary[word] ?? word);
    return {
      category: memoryCategorySchema.parse(category),
      key,
      text: told.replace(/[!†]$/, ''),
      pattern: new RegExp(words, 'u'),
      change: told.endsWith('!') ? '!' : told.endsWith('†') ? '†' : undefined,
    };
  });
