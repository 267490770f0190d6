/**
 * Untranslated: texts stay the ones that the screen wrote.
 *
 * The page says that it is not to be translated, but some browsers and add-ons do it all the same: they put a <font> with
 * other words where a text stood. The screen goes on changing the text that it wrote, which nobody sees any more: a figure
 * stays as it was. So the text is put back wherever it was taken away.
 */

/** A translator that insists is let be after so many tries, or both would go on for ever. */
const triesMax = 5;

export function keepTexts(root: Node): () => void {
  const tries = new WeakMap<Node, number>();
  const observer = new MutationObserver((changes) => {
    for (const change of changes) putBack(change, tries);
  });
  observer.observe(root, { childList: true, subtree: true });
  return () => observer.disconnect();
}

function putBack({ addedNodes, removedNodes, target }: MutationRecord, tries: WeakMap<Node, number>): void {
  const fonts = [...addedNodes].filter(
    (node): node is Element => node.nodeName === 'FONT' && node.parentNode === target,
  );
  const texts = [...removedNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.parentNode === null);
  const [font] = fonts;
  if (font === undefined || texts.length === 0 || texts.some((text) => (tries.get(text) ?? 0) >= triesMax)) return;
  for (const text of texts) tries.set(text, (tries.get(text) ?? 0) + 1);
  font.replaceWith(...texts);
  for (const other of fonts.slice(1)) other.remove();
}
