import { type Attachment, limits } from '@koreromai/contract';
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import { refusalOfFile } from './accepted.ts';
import { postFile } from './post-file.ts';
import { t } from './words.ts';

/** A file on its way to the server, or there and waiting to be sent. */
export interface Upload {
  readonly key: string;
  readonly file: File;
  /** A picture of it, from this machine; null for videos. */
  readonly preview: string | null;
  readonly status: 'uploading' | 'done' | 'failed';
  /** 0 … 1, never backwards. */
  readonly progress: number;
  /** Why it failed. Without `again` another try would end the same. */
  readonly problem: string | null;
  readonly again: boolean;
  readonly attachment: Attachment | null;
}

export interface Uploads {
  readonly list: Accessor<readonly Upload[]>;
  /** Uploads at once what is chosen. The sentence says why some of it was left out. */
  add(files: readonly File[]): string | null;
  cancel(key: string): void;
  retry(key: string): void;
  /** The file as the server keeps it now, with what its sender says it shows. */
  described(key: string, attachment: Attachment): void;
  /** They belong to a message now. */
  clear(): void;
}

/** The files beside what is being written. Leaving the chat ends what is still on its way. */
export function createUploads(post: typeof postFile = postFile): Uploads {
  const [list, setList] = createSignal<readonly Upload[]>([]);
  const aborts = new Map<string, () => void>();
  let made = 0;
  const change = (key: string, by: (held: Upload) => Partial<Upload>) =>
    setList((held) => held.map((each) => (each.key === key ? { ...each, ...by(each) } : each)));

  function start({ key, file }: Upload): void {
    const { done, abort } = post(file, (share) => change(key, (held) => ({ progress: Math.max(held.progress, share) })));
    aborts.set(key, abort);
    done
      .then((attachment) => change(key, () => ({ status: 'done', progress: 1, attachment })))
      .catch((error: unknown) => change(key, () => ({ status: 'failed', problem: error instanceof Error ? error.message : null })))
      .finally(() => aborts.delete(key));
  }
  function forget(gone: readonly Upload[]): void {
    for (const { key, preview } of gone) {
      aborts.get(key)?.();
      if (preview !== null) URL.revokeObjectURL(preview);
    }
    setList((held) => held.filter((each) => !gone.includes(each)));
  }
  onCleanup(() => forget(list()));

  return {
    list,
    add(files) {
      const room = limits.attachments.perMessage - list().length;
      const taken = files.slice(0, Math.max(0, room)).map((file): Upload => {
        const problem = refusalOfFile(file);
        const preview = problem === null && file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
        const status = problem === null ? 'uploading' : 'failed';
        return { key: `${++made}`, file, preview, status, progress: 0, problem, again: problem === null, attachment: null };
      });
      setList((held) => [...held, ...taken]);
      for (const upload of taken) if (upload.status === 'uploading') start(upload);
      return files.length > room ? t('tooMany', limits.attachments.perMessage) : null;
    },
    cancel: (key) => forget(list().filter((each) => each.key === key)),
    retry(key) {
      change(key, () => ({ status: 'uploading', progress: 0, problem: null }));
      const upload = list().find((each) => each.key === key);
      if (upload !== undefined) start(upload);
    },
    described: (key, attachment) => change(key, () => ({ attachment })),
    clear: () => forget(list()),
  };
}
