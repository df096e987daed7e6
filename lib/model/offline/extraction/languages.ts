/** Languages that people say they speak or learn; some of the words name where they come from, too. */
export const LANGUAGE =
  '(?:English|Polish|Swedish|Norwegian|Danish|Finnish|German|French|Spanish|Italian|Portuguese|Dutch|Russian|Ukrainian|Czech|Greek|Turkish|Arabic|Hebrew|Hindi|Urdu|Bengali|Chinese|Mandarin|Cantonese|Japanese|Korean|Vietnamese|Thai|Indonesian|Swahili|Hungarian|Romanian|Persian|Farsi)';
