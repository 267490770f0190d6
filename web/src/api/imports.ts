/** Imports of files, for administrators. Their screens make this group of calls themselves. */
import { query, seg, type Asker } from './ask';
import { fileOf, type NamedFile } from './file';
import type { Page, Paging } from './list';
import type { ImportKind, ImportOutcome, ImportStatus, Reason } from './tables';

export interface Import {
  id: number;
  kind: ImportKind;
  status: ImportStatus;
  dry_run: boolean; // the rows are judged, but nothing is changed
  area: string | null; // that new bags belong to
  files: string; // names, with commas between
  user: string | null;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  rows: number | null; // null until all files were read once
  done: number;
  created: number; // bags and bills
  linked: number;
  skipped: number;
  errors: number;
  seconds: number | null;
  reason: Reason | null; // why a file could not be read
  params: Record<string, string | number> | null;
  detail: string | null; // the reason in English
}

export interface ImportRow {
  n: number;
  file: string | null;
  sheet: string;
  row: number;
  code: string;
  target: string | null;
  outcome: ImportOutcome;
  reason: Reason | null;
  params: Record<string, string | number> | null;
  detail: string | null;
}

export interface ImportOptions {
  dryRun?: boolean;
  area?: string;
}

/** Sending a file of 64 MiB from a slow line takes a while. */
const patience = 10 * 60 * 1000;

export class ImportsApi {
  constructor(private readonly api: Asker) {}

  start(
    kind: ImportKind,
    files: readonly File[],
    { dryRun = false, area = '' }: ImportOptions = {},
  ): Promise<{ id: number }> {
    const form = new FormData();
    for (const file of files) form.append('file', file, file.name);
    if (area !== '') form.append('area', area);
    return this.api.ask('POST', `/api/imports/${kind}${query({ dry_run: dryRun ? '1' : undefined })}`, form, {
      timeout: patience,
    });
  }

  list(paging: Paging = {}): Promise<Page<Import>> {
    return this.api.ask('GET', `/api/imports${query(paging)}`);
  }

  get(id: number): Promise<Import> {
    return this.api.ask('GET', `/api/imports/${seg(String(id))}`);
  }

  rows(id: number, filters: Paging & { outcome?: ImportOutcome } = {}): Promise<Page<ImportRow>> {
    return this.api.ask('GET', `/api/imports/${seg(String(id))}/rows${query(filters)}`);
  }

  /** What it has committed stays. */
  cancel(id: number): Promise<void> {
    return this.api.ask('POST', `/api/imports/${seg(String(id))}/cancel`);
  }

  /** A workbook of the refused rows, to be mended and imported again. */
  refused(id: number): Promise<NamedFile> {
    return fileOf(this.api, 'GET', `/api/imports/${seg(String(id))}/refused.xlsx`);
  }

  /** A workbook of all rows. */
  result(id: number): Promise<NamedFile> {
    return fileOf(this.api, 'GET', `/api/imports/${seg(String(id))}/result.xlsx`);
  }
}
