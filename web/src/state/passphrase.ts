/** A password that nobody guesses and that can be read out on the telephone: 'bado-ketu-mira-...'. */
const consonants = 'bdfghjklmnprstvz';
const vowels = 'aiou';
const groups = 5; // of two syllables, each one of 64: 60 bits

export function madeUp(random: Uint8Array = crypto.getRandomValues(new Uint8Array(groups * 2))): string {
  const syllables = Array.from(random, (byte) => `${consonants[byte & 15]}${vowels[(byte >> 4) & 3]}`);
  return syllables.map((syllable, i) => (i > 0 && i % 2 === 0 ? `-${syllable}` : syllable)).join('');
}
