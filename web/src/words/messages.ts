/**
 * Messages: what the server says by key and parameters, in the reader's language.
 *
 * The server says everything in English as well, and that is shown until the language has come, and where a newer
 * server has words that this page does not know.
 */
import type { NoticeKind, Reason } from '../api';

/** All that one language has to say; a key that is missing does not compile. */
export interface Language {
  tag: string; // BCP 47
  reasons: Record<Reason, string>;
  noticeTitles: Record<NoticeKind, string>;
  noticeMessages: Record<NoticeKind, string>;
}

export type Params = Record<string, string | number>;

const languages = { en: () => import('./en') } as const;

let spoken: Language | null = null;
let coming: Promise<void> | null = null;

/** From now on in this language. It comes with the first message: a first load on a slow phone does without. */
export function speak(name: keyof typeof languages): Promise<void> {
  coming ??= fetchLanguage(name);
  return coming;
}

async function fetchLanguage(name: keyof typeof languages): Promise<void> {
  try {
    spoken = (await languages[name]()).default;
  } catch {
    coming = null; // no network: the next message tries again
  }
}

const piece = /\{\{|\{(\w+)(?:\|([^}]*))?\}/g;

/**
 * The message with its parameters filled in, written as in the server's words.def: {bill} is a parameter,
 * {bags|one:# bag|other:# bags} the form that goes with it, # the parameter itself, {{ a brace.
 */
export function fill(message: string, params: Params, tag: string): string {
  const number = new Intl.NumberFormat(`${tag}-IN`, { numberingSystem: 'latn' });
  const plain = (value: string | number) => (typeof value === 'number' ? number.format(value) : value);
  const filled = message.replace(piece, (whole, name: string | undefined, forms: string | undefined) => {
    if (name === undefined) return whole.slice(1);
    const value = params[name] ?? '';
    return forms === undefined ? plain(value) : chooseForm(forms, value, tag).replace(/#/g, plain(value));
  });
  return filled.trimEnd();
}

/** The form of a number is its plural's, that of a text the one of its very word; the last one otherwise. */
function chooseForm(forms: string, value: string | number, tag: string): string {
  const wanted = typeof value === 'number' ? new Intl.PluralRules(tag).select(value) : value;
  const all = forms.split('|').map((form) => /^([^:]*):(.*)$/s.exec(form) ?? ['', '', form]);
  const found = all.find(([, name]) => name === wanted) ?? all[all.length - 1];
  return found?.[2] ?? '';
}

function say(messages: Record<string, string> | undefined, key: string, params: Params, english: string): string {
  void speak('en');
  const message = messages?.[key];
  return message === undefined || spoken === null ? english : fill(message, params, spoken.tag);
}

/** Why something was refused: `english` is the server's own sentence. */
export const sayReason = (key: string | undefined, params: Params | undefined, english: string): string =>
  say(spoken?.reasons, key ?? '', params ?? {}, english);

export interface Said {
  kind: string;
  params: Params;
  title: string;
  message: string;
}

export const noticeTitle = ({ kind, params, title }: Said): string => say(spoken?.noticeTitles, kind, params, title);
export const noticeMessage = ({ kind, params, message }: Said): string =>
  say(spoken?.noticeMessages, kind, params, message);
