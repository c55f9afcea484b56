// The progress of an upload: a bar and, below it, how much, how fast, how long.

import type { UploadProgress } from '../../src/features/jobs/messages';
import { h } from '../kit/elements';
import { drawProgress } from '../kit/progress';
import { formatBytes } from '../../src/base/format';
import { formatSpan } from './span';

/** Shows the progress, or nothing. */
export interface Upload {
  readonly element: HTMLElement;
  readonly update: (upload: UploadProgress | undefined) => void;
}

/** How much of it is done, in whole percent. */
export function percentOf({ doneBytes, totalBytes }: UploadProgress): number {
  return totalBytes > 0 ? Math.min(100, Math.floor((doneBytes / totalBytes) * 100)) : 0;
}

/** Draws it. A screen reader reads it when it is asked to: it is not announced at every step. */
export function drawUpload(): Upload {
  const bar = drawProgress('Upload');
  const words = h('p', { class: 'upload-words' });
  const name = h('p', { class: 'upload-file' });
  const element = h('div', { class: 'upload', hidden: true }, name, bar.element, words);
  return {
    element,
    update: (upload) => {
      element.hidden = upload === undefined;
      if (!upload) return;
      const { file, doneBytes, totalBytes, bytesPerSecond, remainingMs } = upload;
      const percent = percentOf(upload);
      const size = `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`;
      name.replaceChildren('Uploading ', h('bdi', { title: file }, file));
      bar.update(percent / 100, size);
      words.textContent = [
        `${percent}%`, size,
        ...(bytesPerSecond === undefined ? [] : [`${formatBytes(bytesPerSecond)} a second`]),
        ...(remainingMs === undefined ? [] : [`${formatSpan(remainingMs)} left`]),
      ].join(' · ');
    },
  };
}
