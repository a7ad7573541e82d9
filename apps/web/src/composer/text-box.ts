const MAX_SHARE = 0.4;

/** As high as its words, up to a share of the window; from there on it scrolls (UI9). */
export function fitHeight(box: HTMLTextAreaElement): void {
  box.style.height = 'auto';
  const most = Math.round(window.innerHeight * MAX_SHARE);
  box.style.height = `${Math.min(box.scrollHeight, most)}px`;
  box.style.overflowY = box.scrollHeight > most ? 'auto' : 'hidden';
}

/** The words with `more` where the caret is; the caret then stands behind it. */
export function inserted(box: HTMLTextAreaElement, more: string): string {
  box.setRangeText(more, box.selectionStart, box.selectionEnd, 'end');
  return box.value;
}
