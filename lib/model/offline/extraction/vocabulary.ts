import { months } from '../calendar/when.ts';

const MONTH = `(?:${months.join('|')})`;
/** `Ewa`, `Anne-Marie`, `O'Brien`: the letters of each part can only be read in one way, so that nothing is tried twice. */
const WORD = "\\p{Lu}(?:[\\p{L}\\p{M}]+(?:['-][\\p{L}\\p{M}]{3,})*|(?:['-][\\p{L}\\p{M}]{3,})+)";
/** What has a capital, and names neither a person nor a place. */
const NO_NAME = `(?!(?:I|The|My|Our|Not|Just|Very|Your|You|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|${MONTH}|Christmas|Easter|Santa|God|Jesus)\\b)`;
/** Programs and worlds that people say they live in or move to. */
const NO_PLACE =
  '(?!(?:[\\p{Lu}\\d]{2,}|Linux|Windows|Mac|Python|Java|JavaScript|TypeScript|Rust|Go|Kotlin|Swift|Kubernetes|Docker|Terraform|Postgres|Mongo|Redis|Git|Vim|Neovim|Emacs|Excel|Outlook|Slack|Teams|Zoom|Notion|Obsidian|Jira|React|Vue|Svelte|Angular|Azure|Google|Chrome|Firefox|Android|Spotify|Netflix|Minecraft|Fear|Hope|Hell|Heaven|Beta|Alpha|Scrum|Kanban|Agile|Monorepo|Team|Plan|Phase|Stage|Level|Version|Mars|Venus|Narnia|Hogwarts|Gotham)\\b|\\p{L}+(?:\\.js|DB|SQL|Hub|Lab)\\b)';
const NAME = `${NO_NAME}${WORD}(?: ${NO_NAME}${WORD}){0,3}(?!['’\\p{L}])`;
const KIN =
  '(?:daughter|son|sister|brother|mother|mum|mom|father|dad|grandmother|grandma|grandfather|grandpa|aunt|uncle|cousin|niece|nephew)';
const LANGUAGE =
  '(?:English|Polish|Swedish|Norwegian|Danish|Finnish|German|French|Spanish|Italian|Portuguese|Dutch|Russian|Ukrainian|Czech|Greek|Turkish|Arabic|Hebrew|Hindi|Urdu|Bengali|Chinese|Mandarin|Cantonese|Japanese|Korean|Vietnamese|Thai|Indonesian|Swahili|Hungarian|Romanian|Persian)';

/** Parts of the rules' patterns, by the word in capitals that stands for them; all are for the flag `u`. */
export const vocabulary: Readonly<Record<string, string>> = {
  MONTH,
  NAME,
  PLACE: `${NO_PLACE}${NAME}(?:, ${NAME})?`,
  KIN,
  LANGUAGE,
  NATIONALITY: `(?:${LANGUAGE}|American|British|Canadian|Australian|Irish|Scottish|Belgian|Austrian|Swiss|Brazilian|Mexican|Indian)`,
  NUMBER: '(?:an?|one|two|three|four|five|six|\\d)',
  /** Where a phrase may end: with its clause, or before what is said about it besides. */
  END: '(?=$| (?:with|and|because|since|so|where|which|who|now|these days|at the moment|for (?:years|\\w+ years|ages))\\b)',
  /** Before `my sister Ann`: behind `gave` or `told`, Ann may be what was given or told. */
  OF: '(?:^|[Ww]ith |and |from |for |visit(?:ed|ing)? |, )',
  RELATION: `(?:husband|wife|partner|fianc[ée]e?|boyfriend|girlfriend|${KIN})`,
  PET: '(?:dog|cat|puppy|kitten|kitty|rabbit|hamster|guinea pig|parrot|budgie|horse|pony|tortoise|turtle|snake|lizard|goldfish|ferret)',
  /** By their ending, and those that have none. */
  OCCUPATION:
    '(?!(?:bad|terrible|awful|horrible|lousy|decent|good|great|born|natural|future|former|failed|real|true|big|huge|proud|aspiring|wannabe|total|complete)\\b)(?:\\p{L}+ ){0,2}?(?:\\p{L}*(?:ologist|therapist|chemist|physicist|economist|journalist|scientist|pharmacist|engineer|teacher|designer|manager|developer|programmer|photographer|plumber|carpenter|lawyer|librarian|electrician|technician|physician|statistician|mathematician|accountant|consultant|architect|analyst|translator|lecturer|nurse|surgeon)|dentist|artist|florist|musician|writer|painter|baker|farmer|driver|assistant|editor|doctor|professor|director|researcher|midwife|chef|cook|pilot|vet|student|firefighter|police officer|paramedic|tutor|barista|waiter|waitress|cashier|mechanic|welder|tailor|actor|actress|dancer|singer|composer|sailor|soldier|pastor|priest|judge|clerk|secretary|gardener|hairdresser|freelancer|nanny|carer|social worker|counsell?or|apprentice|trainee|intern)',
  WORKPLACE:
    '(?:\\p{L}+ ){0,3}?(?:company|firm|bank|school|clinic|hospital|university|college|start-?up|agency|library|bakery|bookshop|shop|restaurant|factory|museum|hotel|caf[ée]|theatre|studio|laborator(?:y|ies)|lab|kindergarten|nursery|pharmacy|ministry|council|charity)',
  ALLERGEN:
    '(?:(?:tree |pea|hazel|wal|chest|macadamia )?nuts?|\\p{L}*(?:nuts|berries)|almonds|cashews|pistachios|sesame|soya?|wheat|gluten|milk|dairy|lactose|eggs?|(?:shell)?fish|seafood|shrimps?|prawns|crab|kiwis?|apples|peaches|mustard|celery|(?:birch |grass )?pollen|(?:house )?dust(?: mites)?|mou?ld|latex|nickel|penicillin|amoxicillin|aspirin|ibuprofen|bees?|wasps?|(?:bee|wasp) stings|cats?|dogs?|horses)',
  CONDITION:
    '(?:asthma|diabetes|epilepsy|hay fever|ADHD|dyslexia|coeliac disease|celiac disease|arthritis|tinnitus|high blood pressure)',
  DIET: '(?:vegetarian|vegan|pescatarian|lactose intolerant|gluten intolerant|coeliac|celiac|diabetic)',
  PLAYED:
    '(?:(?:acoustic |electric |bass )?guitar|piano|violin|viola|cello|flute|clarinet|oboe|saxophone|trumpet|trombone|drums|ukulele|harp|organ|accordion|chess|football|soccer|tennis|table tennis|badminton|basketball|volleyball|handball|hockey|golf|cricket|rugby)',
  HOW_OFTEN:
    '\\b(?:every (?:other )?(?:day|morning|afternoon|evening|night|week|weekend|month|summer|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?:once|twice|two times|three times|four times|five times) (?:a|per) (?:day|week|month|year))\\b',
  /** What is done on a day, and remembered by it; of verbs with many senses, only the objects that leave one. */
  PAST: `(?:ordered|signed(?= (?:the|a|my|up for)\\b)|booked|bought(?= an? )|started(?= \\p{L}+ing\\b)|joined(?= an? )|passed(?=.* (?:exam|test|interview)s?\\b)|visited|graduated|retired|adopted|applied|registered|celebrated|submitted|released|published|attended|volunteered|completed|renewed|enrolled|went(?= to an? (?:\\p{L}+\\+? ){0,3}\\p{L}+| to \\p{Lu}| hiking| skiing| swimming| camping| climbing| sailing)|took(?= (?:my|our|the) (?:${KIN}|kids|children|family|fam|dog|cat)\\b)|had(?= an? (?:\\p{L}+ )*(?:interview|appointment|meeting|picnic|party|time|day out|baby)\\b)|got(?= married| engaged| hurt| promoted)|ran(?= a (?:\\p{L}+ )?(?:race|marathon)\\b)|gave(?= an? (?:talk|speech|presentation)\\b))`,
  PROGRESS:
    'going|flying|driving|travell?ing|moving|leaving|starting|meeting|visiting|having|getting married|hosting|giving|taking|running|joining|attending|presenting|putting together|off',
  HAPPENING:
    '(?!(?:world|sun|end|code|test|build|error)\\b)(?:\\p{Ll}+ ){0,2}\\p{Ll}+ (?:is|are|starts?|begins?|ends?|comes?|takes place|arrives?|leaves?)\\b',
};
