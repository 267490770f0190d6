/** English: the server's own words, which are made from the same table as its answers. */
import * as english from './english';
import type { Language } from './messages';

const en: Language = { tag: 'en', ...english };

export default en;
