/** Labels for bags. Few people print them, so the screen that does makes this group of calls itself. */
import { query, type Asker } from './ask';
import { fileOf, type NamedFile } from './file';
import type { Page, Paging } from './list';
import type { LabelFormat, LabelPaper } from './tables';

/** A range of codes (`first`, `count`), or chosen `codes`, or a trial page. */
export interface LabelOrder {
  paper: LabelPaper;
  format: LabelFormat;
  skip?: number; // labels of the first sheet that are used up
  first?: string;
  count?: number;
  codes?: string[];
  again?: boolean; // a range even if it is in use, or was printed before
  trial?: boolean;
}

export interface LabelRun {
  id: number;
  at: string;
  user: string | null;
  family: string | null;
  first: string;
  last: string;
  labels: number;
  paper: LabelPaper;
  format: LabelFormat;
}

export class LabelsApi {
  constructor(private readonly api: Asker) {}

  list(paging: Paging = {}): Promise<Page<LabelRun>> {
    return this.api.ask('GET', `/api/labels${query(paging)}`);
  }

  /** The code behind the last one of a family; null when it has none yet. */
  next(family: string): Promise<{ code: string | null }> {
    return this.api.ask('GET', `/api/labels/next${query({ family })}`);
  }

  print(order: LabelOrder): Promise<NamedFile> {
    return fileOf(this.api, 'POST', '/api/labels', order);
  }
}

/** A text as an SVG picture; black on white, for paper. */
export const qrOf = async (api: Asker, text: string): Promise<string> =>
  (await api.ask<{ svg: string }>('GET', `/api/qr${query({ text })}`)).svg;
